/**
 * Who a caller is to the cluster: the authenticator's webhook. The sources are asked in the order of the authentication
 * mode (GT-47 to GT-51). Pure.
 */
import { type AuthenticationMode, type EntryState, type PolicyState } from '../eks/cluster-state';
import { type CallerIdentity } from '../identity/iam';
import { canonicalCallerArn, mappingInForce, readAwsAuth } from './aws-auth-lookup';
import { renderTemplate } from './login-template';

export interface Login {
  readonly username: string;
  readonly groups: readonly string[];
  readonly source: 'access-entry' | 'aws-auth' | 'creator';
  /** Access policies of the entry; empty for the other sources. */
  readonly policies: readonly PolicyState[];
  /** GT-40. */
  readonly uid: string;
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export interface LoginSources {
  readonly authenticationMode: AuthenticationMode;
  readonly entries: Iterable<EntryState>;
  /** `data` of aws-auth as it is stored; undefined when there is no such ConfigMap. */
  readonly awsAuthData: Readonly<Record<string, string>> | undefined;
  /** Who made the cluster and has the hidden mapping of mode CONFIG_MAP (GT-51). */
  readonly creatorArn: string | undefined;
  readonly region: string;
}

interface Match {
  readonly username: string;
  readonly groups: readonly string[];
  readonly source: Login['source'];
  readonly policies: readonly PolicyState[];
}

/** Undefined: no source knows the caller, or the mapping that is in force cannot be rendered. */
export function login(caller: CallerIdentity, sources: LoginSources): Login | undefined {
  // GT-29: an ARN that has no canonical form fails authentication.
  const canonicalArn = canonicalCallerArn(caller.arn);
  if (canonicalArn === undefined) return undefined;
  const match = findMatch(caller, canonicalArn, sources);
  if (!match) return undefined;
  const session = sessionNameOf(caller);
  const rendered = [match.username, ...match.groups].map((template) =>
    renderTemplate(template, caller, session, sources.region),
  );
  const [username, ...groups] = rendered;
  if (username === undefined || groups.includes(undefined)) return undefined;
  return {
    username,
    groups: groups.filter((group): group is string => group !== undefined),
    source: match.source,
    policies: match.policies,
    uid: `aws-iam-authenticator:${caller.accountId}:${principalIdOf(caller)}`,
    extra: {
      accessKeyId: [caller.accessKeyId],
      arn: [caller.arn],
      canonicalArn: [canonicalArn],
      principalId: [principalIdOf(caller)],
      sessionName: [session],
    },
  };
}

function findMatch(caller: CallerIdentity, canonicalArn: string, sources: LoginSources): Match | undefined {
  const { authenticationMode } = sources;
  const fromEntries = authenticationMode === 'CONFIG_MAP' ? matchCreator : matchEntry;
  return (
    fromEntries(caller, canonicalArn, sources) ??
    (authenticationMode === 'API' ? undefined : matchAwsAuth(canonicalArn, sources))
  );
}

/** The entry of a role that was deleted and made again belongs to the old one and is not found (GT-48, GT-79). */
function matchEntry(
  caller: CallerIdentity,
  canonicalArn: string,
  { entries }: LoginSources,
): Match | undefined {
  for (const entry of entries) {
    if (withoutRolePath(entry.principalArn) !== canonicalArn.toLowerCase()) continue;
    if (entry.principalId !== principalIdOf(caller)) continue;
    return {
      username: entry.username,
      groups: entry.kubernetesGroups,
      source: 'access-entry',
      policies: [...entry.policies.values()],
    };
  }
  return undefined;
}

function matchCreator(
  _caller: CallerIdentity,
  canonicalArn: string,
  { creatorArn }: LoginSources,
): Match | undefined {
  if (creatorArn === undefined || withoutRolePath(creatorArn) !== canonicalArn.toLowerCase())
    return undefined;
  return { username: 'kubernetes-admin', groups: ['system:masters'], source: 'creator', policies: [] };
}

/** A winner that is random at each lookup (GT-22) counts as no match here: no test may depend on luck. */
function matchAwsAuth(canonicalArn: string, { awsAuthData }: LoginSources): Match | undefined {
  if (!awsAuthData) return undefined;
  const mapping = mappingInForce(readOnce(awsAuthData), canonicalArn);
  if (mapping === undefined || mapping === 'ambiguous') return undefined;
  const common = { source: 'aws-auth', policies: [] } as const;
  // GT-34.
  if (mapping.section === 'mapAccounts') return { ...common, username: canonicalArn, groups: [] };
  return { ...common, username: mapping.username, groups: mapping.groups };
}

/** Stored data never changes, so that each version of the ConfigMap is read once and not at every request. */
const readings = new WeakMap<Readonly<Record<string, string>>, ReturnType<typeof readAwsAuth>>();

function readOnce(data: Readonly<Record<string, string>>): ReturnType<typeof readAwsAuth> {
  const known = readings.get(data) ?? readAwsAuth(data);
  readings.set(data, known);
  return known;
}

function withoutRolePath(arn: string): string {
  return arn.replace(/^(arn:[^:]+:iam::\d+:role)\/.*\//, '$1/').toLowerCase();
}

function principalIdOf({ userId }: CallerIdentity): string {
  return userId.split(':')[0] ?? '';
}

function sessionNameOf({ arn }: CallerIdentity): string {
  return /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1] ?? '';
}
