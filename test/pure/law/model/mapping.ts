/** What a template of the law asks for, its properties, and what it gives at login by the documents alone. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type Place } from '../../../../access/place';
import { ACCOUNT, type ClusterName, FIRST_MOMENT, plainArn, type PrincipalName, PRINCIPALS } from './names';
import {
  groupOfToken,
  partsOf,
  type PolicyName,
  policyOfRight,
  type RightWish,
  type Token,
  tokenOfGroup,
  tokensOf,
  tokensOfPolicy,
} from './rights';

/** One of `AccessPolicies`: for the namespaces, or for the whole cluster where none is named. */
export interface PolicyWish {
  readonly policy: PolicyName;
  readonly namespaces: readonly string[];
}

export interface Mapping {
  /** `Custom::EksMapRolesEntry` or `Custom::EksAccessEntry`. */
  readonly type: 'role' | 'entry';
  readonly principal: PrincipalName;
  readonly cluster?: ClusterName;
  readonly user: string;
  readonly groups: readonly string[];
  /** A node (`Type: EC2_LINUX`), without user name and groups of its own. */
  readonly node?: boolean;
  readonly forced?: 'CONFIG_MAP' | 'API';
  readonly existing?: 'ADOPT' | 'REPLACE';
  readonly policies?: readonly PolicyWish[];
  readonly rights?: readonly RightWish[];
  readonly engine?: 'POLICY' | 'RBAC';
  /** Of `Custom::EksAccessEntry` alone. */
  readonly tags?: Readonly<Record<string, string>>;
  /** `ExpiresAt`, in minutes after the first moment. */
  readonly expires?: number;
  /** Seconds more of ServiceTimeout: changes it, and nothing of the mapping. */
  readonly longer?: number;
}

export function resourceTypeOf({ type }: Mapping): string {
  return type === 'role' ? 'Custom::EksMapRolesEntry' : 'Custom::EksAccessEntry';
}

export function propertiesOf(mapping: Mapping): Record<string, unknown> {
  const { type, principal, user, groups, node, forced, existing } = mapping;
  const expiry = expiryOf(mapping);
  const base = {
    ServiceToken: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:provider`,
    ServiceTimeout: String(600 + (mapping.longer ?? 0)),
    ...(existing ? { ExistingEntry: existing } : {}),
    ...(node ? { Type: 'EC2_LINUX' } : {}),
    ...(mapping.policies ? { AccessPolicies: mapping.policies.map(propertyOf) } : {}),
    ...(mapping.rights ? { Rights: mapping.rights.map(rightProperty) } : {}),
    ...(mapping.engine ? { Engine: mapping.engine } : {}),
    ...(type === 'entry' && mapping.tags ? { Tags: tagListOf(mapping.tags) } : {}),
    ...(expiry === undefined ? {} : { ExpiresAt: new Date(expiry).toISOString() }),
  };
  const cluster = mapping.cluster ?? 'prod';
  if (type === 'entry') {
    const identity = node ? {} : { Username: user, KubernetesGroups: groups };
    return { ...base, ClusterName: cluster, PrincipalArn: PRINCIPALS[principal], ...identity };
  }
  const identity = node ? {} : { UserName: user, Groups: groups };
  const mode = forced ? { AuthenticationMode: forced } : {};
  return { ...base, Cluster: cluster, RoleArn: PRINCIPALS[principal], ...identity, ...mode };
}

function propertyOf({ policy, namespaces }: PolicyWish): Record<string, unknown> {
  const Type = scopeOf(namespaces);
  const AccessScope = Type === 'cluster' ? { Type } : { Type, Namespaces: namespaces };
  return { PolicyArn: policyArnOf(policy), AccessScope };
}

function rightProperty({ name, namespaces }: RightWish): Record<string, unknown> {
  return { Name: name, ...(namespaces.length === 0 ? {} : { Namespaces: namespaces }) };
}

export function scopeOf(namespaces: readonly string[]): 'cluster' | 'namespace' {
  return namespaces.length === 0 ? 'cluster' : 'namespace';
}

export function policyArnOf(policy: string): string {
  return `arn:aws:eks::aws:cluster-access-policy/${policy}`;
}

/** A stack that updates another kind of resource to such a template drops them. */
export function askedTags({ type, tags = {} }: Mapping): Readonly<Record<string, string>> {
  return type === 'entry' ? tags : {};
}

function tagListOf(tags: Readonly<Record<string, string>>): readonly Record<string, string>[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function expiryOf({ expires }: Mapping): number | undefined {
  return expires === undefined ? undefined : FIRST_MOMENT + expires * 60_000;
}

/** Whether its `ExpiresAt` has come. */
export function hasEnded(mapping: Mapping, now: number): boolean {
  return (expiryOf(mapping) ?? Infinity) <= now;
}

/** Where the mapping goes on a cluster of this mode. */
export function placeOf({ type, forced, user, node }: Mapping, mode: AuthenticationMode): Place {
  if (mode === 'CONFIG_MAP' || (type === 'role' && forced === 'CONFIG_MAP')) return 'CONFIG_MAP';
  // An access entry cannot say it.
  const isUnsaid = type === 'role' && !node && user === '{{SessionName}}';
  return isUnsaid && mode !== 'API' && forced !== 'API' ? 'CONFIG_MAP' : 'API';
}

export function physicalIdOf(mapping: Mapping): string {
  const kind = mapping.type === 'role' ? 'role' : 'access-entry';
  return `${kind}|${mapping.cluster ?? 'prod'}|${plainArn(mapping.principal)}`;
}

/** What somebody is once logged in, in one canonical text; `node` for every node of EC2. */
export type Login = string;

export const NODE_LOGIN: Login = 'node';
const CLUSTER_ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy cluster ';

/**
 * `policies`: one text each. system:masters and the policy of cluster admins are the same thing (GT-81), and so are the group of
 * a right in one namespace and its access policy there.
 */
export function loginOf(user: string, groups: readonly string[], policies: readonly string[] = []): Login {
  if (user === 'system:node:{{EC2PrivateDNSName}}' && groups.includes('system:nodes')) return NODE_LOGIN;
  const isAdmin = groups.includes('system:masters');
  const named = groups.flatMap((group) => policyOfGroup(group) ?? []);
  const others = groups.filter((group) => group !== 'system:masters' && policyOfGroup(group) === undefined);
  const all = new Set([...policies.flatMap(oneByOne), ...named, ...(isAdmin ? [CLUSTER_ADMIN] : [])]);
  return `${user} [${[...new Set(others)].sort().join(',')}] {${[...all].sort().join(';')}}`;
}

/** The text of the access policy that says the same in the same place. */
function policyOfGroup(group: string): string | undefined {
  const token = tokenOfGroup(group);
  if (token === undefined) return undefined;
  const [name, place] = partsOf(token);
  const policy = policyOfRight(name);
  const namespaces = place === '*' ? [] : [place];
  return policy && policyText(policyArnOf(policy), scopeOf(namespaces), namespaces);
}

/** In each of its namespaces. */
function oneByOne(policy: string): readonly string[] {
  const [arn = '', scope = '', ...namespaces] = policy.split(' ');
  return scope === 'namespace' ? namespaces.map((name) => policyText(arn, scope, [name])) : [policy];
}

/** User name and groups alone. */
export function loginWithoutPolicies(login: Login | undefined): Login | undefined {
  return login?.replace(/ \{.*\}$/, '');
}

export function askedLogin({ user, groups, node, policies = [], rights = [] }: Mapping): Login {
  if (node) return NODE_LOGIN;
  return loginOf(user, [...groups, ...tokensOf(rights).map(groupOfToken)], policies.map(askedPolicy));
}

/** What the template asks for by name, as `Rights` or as `AccessPolicies`. */
export function askedRights({ policies = [], rights = [] }: Mapping): readonly Token[] {
  return [
    ...tokensOf(rights),
    ...policies.flatMap(({ policy, namespaces }) => tokensOfPolicy(policy, namespaces)),
  ];
}

/** Those that it has by groups in this place. */
export function rightsByGroup(mapping: Mapping, place: Place): readonly Token[] {
  if (place === 'CONFIG_MAP') return askedRights(mapping);
  const { rights = [], engine } = mapping;
  return tokensOf(rights.filter(({ name }) => engine === 'RBAC' || policyOfRight(name) === undefined));
}

function askedPolicy({ policy, namespaces }: PolicyWish): string {
  return policyText(policyArnOf(policy), scopeOf(namespaces), namespaces);
}

/** As logins and the contents of access entries have it. */
export function policyText(policyArn: string, scope: string, namespaces: readonly string[]): string {
  return `${policyArn} ${scope} ${[...namespaces].sort().join(' ')}`;
}
