/**
 * Props of the wrong kind, which TypeScript refuses and JavaScript and `any` let through: each gets a sentence instead
 * of CDK's or Node's own error about something inside.
 */
import { Token, type aws_eks as eks, type aws_iam as iam } from 'aws-cdk-lib';
import { closest } from '../../access/closest';
import { type IEksAccessProvider } from '../provider-interface';
import { propNamesOf } from './prop-names';

/** Props that no property of the template stands for. */
const PROPS_ALONE = ['provider', 'cluster', 'removalPolicy'];

/** Props that take text, and those that take a construct in their place. */
const PRINCIPALS = [
  ['roleArn', 'role'],
  ['userArn', 'user'],
  ['principalArn', 'role'],
  ['principalArn', 'user'],
] as const;

/** Throws for a prop that the construct of this resource type does not have. */
export function refuseUnknownProps(resourceType: string, props: object): void {
  const own = propNamesOf(resourceType).filter((name) => name !== 'serviceToken');
  const names = [
    ...own,
    ...PROPS_ALONE,
    ...PRINCIPALS.filter(([text]) => own.includes(text)).map(([, prop]) => prop),
  ];
  refuseOthers(names, props);
}

/** Throws for a prop that is none of `names`. */
export function refuseOthers(names: readonly string[], props: object): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || names.includes(name)) continue;
    const meant = closest(name, names);
    throw new Error(
      `unknown prop ${JSON.stringify(name)}: ${meant === undefined ? `the props are ${[...names].sort().join(', ')}` : `did you mean ${meant}?`}`,
    );
  }
}

/** Throws unless it is a provider. */
export function checkProvider(provider: unknown): void {
  if (typeof (provider as IEksAccessProvider | null | undefined)?.serviceToken === 'string') return;
  throw new Error(
    `provider is ${shown(provider)}: give the EksAccessProvider of this App, or one that was deployed elsewhere by EksAccessProvider.fromExport(this, 'Provider')`,
  );
}

export function clusterNameOf(cluster: eks.IClusterRef | undefined): string | undefined {
  return partOf(cluster, cluster?.clusterRef?.clusterName, 'cluster', 'a cluster', 'clusterName');
}

/** `arnProp`: the prop that takes text instead. */
export function roleArnOf(role: iam.IRoleRef | undefined, arnProp: string): string | undefined {
  const hint = (role as { readonly role?: unknown } | undefined)?.role ? ', or its own role: x.role' : '';
  return partOf(role, role?.roleRef?.roleArn, 'role', `an IAM role${hint}`, arnProp);
}

export function userArnOf(user: iam.IUserRef | undefined, arnProp: string): string | undefined {
  return partOf(user, user?.userRef?.userArn, 'user', 'an IAM user', arnProp);
}

function partOf(
  given: unknown,
  part: string | undefined,
  prop: string,
  wanted: string,
  textProp: string,
): string | undefined {
  if (given === undefined || part !== undefined) return part;
  const instead =
    typeof given === 'string' ? `write ${textProp} for text` : `give ${wanted}, or ${textProp} with its text`;
  throw new Error(`${prop} is ${shown(given)}, which is not ${wanted.replace(/,.*/, '')}: ${instead}`);
}

/** Text as it is; of anything else what it is, because it may be large. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return Token.isUnresolved(value) ? 'a token' : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  // CDK numbers some of its classes.
  const name = value.constructor?.name.replace(/\d+$/, '') ?? 'Object';
  if (name === 'Object') return 'an object';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
