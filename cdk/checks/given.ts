/**
 * Props of the wrong kind, which TypeScript refuses and JavaScript and `any` let through: each gets a sentence instead
 * of CDK's or Node's own error about something inside.
 */
import { type Duration, Token, type aws_eks as eks, type aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
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

/** Throws unless there are props. */
export function checkThereAreProps(props: unknown): void {
  if (typeof props === 'object' && props !== null && !Array.isArray(props)) return;
  throw new Error(`the props are ${shown(props)}: give an object, { provider, cluster, … }`);
}

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

/** Throws for a prop that is none of `names`; `where`: of which prop it is a part, ` of rights[0]`. */
export function refuseOthers(names: readonly string[], props: object, where = ''): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || names.includes(name)) continue;
    const meant = closest(name, names);
    throw new Error(
      `unknown prop ${JSON.stringify(name)}${where}: ${meant === undefined ? `the props are ${[...names].sort().join(', ')}` : `did you mean ${meant}?`}`,
    );
  }
}

/** By property that is text: the prop that takes a construct in its place. */
const CONSTRUCTS: Readonly<Record<string, string>> = {
  Cluster: 'cluster',
  ClusterName: 'cluster',
  RoleArn: 'role',
  UserArn: 'user',
  PrincipalArn: 'role or user',
};

/** Throws for a construct or a Date in the place of its text. */
export function refuseObjects(properties: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value instanceof Date) throw new Error(`${name} is a Date: give its text, date.toISOString()`);
    if (!Construct.isConstruct(value)) continue;
    const instead = CONSTRUCTS[name];
    throw new Error(
      `${name} is ${shown(value)}, and takes text${instead === undefined ? '' : `: write ${instead} for a construct`}`,
    );
  }
}

/** Throws unless it is a provider. */
export function checkProvider(provider: unknown): void {
  // Other constructs have a service token too: cr.Provider of CDK, for one.
  const { serviceToken, leastServiceTimeout } = (provider ?? {}) as Partial<IEksAccessProvider>;
  if (typeof serviceToken === 'string' && leastServiceTimeout !== undefined) return;
  throw new Error(
    `provider is ${shown(provider)}: give the EksAccessProvider of this App, or one that was deployed elsewhere by EksAccessProvider.fromExport(this, 'Provider')`,
  );
}

/** Of a Duration; undefined where there is none. */
export function secondsOf(duration: Duration | undefined, prop: string): number | undefined {
  if (duration === undefined) return undefined;
  checkDuration(duration, prop);
  return duration.toSeconds({ integral: false });
}

/** Throws unless it is a Duration. */
export function checkDuration(value: unknown, prop: string): void {
  if (typeof (value as Duration | null | undefined)?.toSeconds === 'function') return;
  throw new Error(
    `${prop} is ${shown(value)}, which is not a Duration: give Duration.seconds(60), for instance`,
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
  if (typeof value === 'function')
    return value.name === '' ? 'a function' : `the class or function ${value.name}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  // CDK numbers some of its classes.
  const name = value.constructor?.name.replace(/\d+$/, '') ?? 'Object';
  if (name === 'Object') return 'an object';
  return `${/^([AEIO]|U(?!ser))/.test(name) ? 'an' : 'a'} ${name}`;
}
