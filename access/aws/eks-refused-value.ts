/**
 * What EKS refuses of a request, as the stack author wrote it: property, value, the rule in EKS's own words, and what to
 * do. Pure.
 */
import { type Kind } from '../desired-access';
import { propertyNames } from '../property-names';

/** What was sent. */
export interface Asked {
  readonly do?: string | undefined;
  readonly type?: string | undefined;
  readonly username?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly policy?:
    | { readonly policyArn: string; readonly scope: string; readonly namespaces: readonly string[] }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Of the whole cluster. */
  readonly mode?: string | undefined;
}

export interface RefusedCall {
  readonly cluster: string;
  readonly principalArn?: string | undefined;
  /** How the template calls its properties; default: as a role's mapping does. */
  readonly kind?: Kind | undefined;
  readonly asked?: Asked | undefined;
}

/** `said`: by EKS; its words decide which property of several it is about. */
export function refusedValue(said: string, { cluster, principalArn, kind, asked = {} }: RefusedCall): string {
  const names = propertyNames(kind ?? 'role');
  const { policy, tags, groups, username, type, mode } = asked;
  const whom = principalArn === undefined ? '' : ` for ${principalArn} on cluster ${cluster}`;
  const is = (property: string, value: unknown, remedy: string): string =>
    `${property} is ${clip(JSON.stringify(value))}, which EKS refuses${whom}: ${said.replace(/\.$/, '')}; ${remedy}`;
  if (policy) {
    const { policyArn, scope, namespaces } = policy;
    const given = { PolicyArn: policyArn, AccessScope: { Type: scope, Namespaces: namespaces } };
    return is('AccessPolicies', given, 'correct it, or remove it');
  }
  if (mode !== undefined)
    return is('Mode', mode, `see what mode cluster ${cluster} has, and run the stack operation again`);
  if (principalArn === undefined) return is(names.cluster, cluster, 'write the name of a cluster');
  if (username !== undefined && /user ?name/i.test(said))
    return is(names.userName, username, 'write another one, or leave it out');
  if (groups && /group/i.test(said))
    return is(names.groups, groups, 'remove what it names, or write another group');
  if (type !== undefined && /\btypes?\b/i.test(said))
    return is('Type', type, 'write another Type, or map a role that may have it');
  if (tags && /\btag/i.test(said)) return is('Tags', Object.keys(tags), 'write fewer or other tags');
  return is(names.principal, principalArn, 'correct it, or map another principal');
}

function clip(value: string): string {
  return value.length > 400 ? `${value.slice(0, 400)}…` : value;
}
