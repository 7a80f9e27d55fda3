/**
 * What the provider's own schedule does with a mapping that it finds in aws-auth, when its cluster's authentication mode
 * has moved on (GT-108). It moves what it wrote itself and what the guardrails allow, and leaves everything else where
 * it is, with a sentence. Pure.
 *
 * | the mapping                                   | in API_AND_CONFIG_MAP and API                        |
 * | --------------------------------------------- | ---------------------------------------------------- |
 * | is the provider's own way in                  | stays                                                |
 * | is forced into aws-auth by its template       | stays                                                |
 * | is gone, or not as it was written             | stays: the provider moves what it wrote, not more    |
 * | has no form as an access entry                | stays                                                |
 * | is of another account's role, path not known  | stays: nobody can say whether the ARN is the real one |
 * | gives what the guardrails refuse              | stays                                                |
 * | any other                                     | moves                                                |
 */
import { type ClusterFacts, type Translation, type Translator } from '../back-end';
import { type DesiredAccess } from '../desired-access';
import { hasCode, undefinedIfRefused } from '../errors';
import { checkGuardrails, type Guardrails } from '../guardrails/guardrails';
import { canonicalArn, parsePrincipalArn, type PrincipalArn } from '../principal';
import { splitGroups } from '../rights/granted';
import { type OwnedMapping } from './owned-mapping';

export interface FollowedCluster {
  readonly cluster: ClusterFacts;
  /** The words of access entries. */
  readonly accessEntries: Translator<unknown>;
  readonly guardrails: Guardrails;
  readonly provider: { readonly accountId: string };
  /** Whether the principal is how the provider itself reaches the cluster. */
  readonly isProvidersRole: (key: string) => boolean;
}

export type FollowVerdict =
  | {
      readonly kind: 'move';
      readonly desired: DesiredAccess;
      readonly translation: Exclude<Translation<unknown>, { readonly unsupported: string }>;
    }
  /** One clause for the log. */
  | { readonly kind: 'stays'; readonly why: string };

/** Of a mapping on a cluster that has access entries. */
export function followVerdict(mapping: OwnedMapping, followed: FollowedCluster): FollowVerdict {
  const why = whyItStays(mapping, followed);
  if (why !== undefined) return stays(why);
  try {
    return move(mapping, followed);
  } catch (error) {
    // What is wrong in every place, and what the guardrails refuse.
    if (hasCode(error, 'InvalidRequest', 'AccessDenied')) return stays(error.message);
    throw error;
  }
}

function stays(why: string): FollowVerdict {
  return { kind: 'stays', why };
}

function whyItStays(
  { key, facts, sighting, hasDrifted }: OwnedMapping,
  { isProvidersRole }: FollowedCluster,
): string | undefined {
  if (isProvidersRole(key) || sighting.entry?.protects === 'provider')
    return 'it is how the provider itself reaches the cluster: give the provider an access entry, then remove this one';
  if (facts.forced) return 'its template forces it into aws-auth (AuthenticationMode: CONFIG_MAP)';
  if (!sighting.entry)
    return 'another tool has removed its entry: run the mapping again with another Revision';
  if (hasDrifted)
    return 'another tool has changed its entry since it was written: run the mapping again with another Revision';
  return undefined;
}

function move(mapping: OwnedMapping, followed: FollowedCluster): FollowVerdict {
  const { cluster, accessEntries, guardrails, provider } = followed;
  const desired = desiredOf(mapping, cluster);
  const translation = accessEntries.translate(desired, cluster);
  if ('unsupported' in translation) return stays(translation.unsupported);
  checkGuardrails(desired, translation, guardrails, provider);
  const { principal } = desired;
  if (principal.type === 'role' && principal.path === '/' && principal.accountId !== cluster.accountId) {
    return stays(
      `${principal.arn} is of another account, where nobody can say for the provider whether the role has a path, and a wrong ARN would let nobody in: run the mapping again with another Revision`,
    );
  }
  return { kind: 'move', desired, translation };
}

/** What the entry says, in neither back end's words. Throws ProviderError for what cannot be a principal. */
export function desiredOf({ key, facts, entry }: OwnedMapping, { name }: ClusterFacts): DesiredAccess {
  const common = {
    cluster: name,
    accessPolicies: [],
    tags: {},
    authenticationMode: 'AUTO',
    existingEntry: 'FAIL',
  } as const;
  if (!entry) throw new TypeError('a mapping that is gone has no desired access');
  if (entry.section === 'mapAccounts') {
    return {
      ...common,
      resourceType: 'Custom::EksMapAccountsEntry',
      kind: 'account',
      principal: { type: 'account', accountId: entry.accountId },
      groups: [],
    };
  }
  const principal = principalOf(facts.arn, key) ?? parsePrincipalArn(entry.arn, 'aws-auth');
  return {
    ...common,
    resourceType: principal.type === 'role' ? 'Custom::EksMapRolesEntry' : 'Custom::EksMapUsersEntry',
    kind: principal.type === 'role' ? 'role' : 'user',
    principal,
    userName: entry.username,
    ...splitGroups(entry.groups),
    ...(facts.rbac ? { engine: 'RBAC' } : {}),
    ...(facts.expires === undefined ? {} : { expiresAt: facts.expires }),
  };
}

/** As the template gave it; undefined where the record does not say, or says another principal. */
function principalOf(arn: string | undefined, key: string): PrincipalArn | undefined {
  if (arn === undefined) return undefined;
  const principal = undefinedIfRefused(() => parsePrincipalArn(arn, 'arn'));
  return principal && canonicalArn(principal) === key ? principal : undefined;
}
