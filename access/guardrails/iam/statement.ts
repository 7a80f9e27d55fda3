/** Pieces that the statements of the execution policy are made of. */
import { TAGS } from '../../contract';
import { arnBase, arnsOf, type Names, type Toggle } from './names';
import { PLACE } from './place';

/** The guardrails, in IAM's terms. */
export interface PolicyTerms {
  /** Never empty; patterns become ARN wildcards. */
  readonly clusters: Names;
  /** Account ids, or `*`. Never empty: the default is the provider's own account. */
  readonly principalAccounts: Names;
  /** `given` false means the default: every group without a reserved prefix. */
  readonly groups: Names;
  /** `given` false means the default, which IAM does not limit: EKS refuses reserved names (GT-84). */
  readonly userNames: Names;
  /** Defaults filled in. */
  readonly accessPolicies: readonly PolicyTerm[];
  readonly allowNodes: Toggle;
  readonly allowClusterAdmin: Toggle;
  /** Whether any entry of another owner may be taken over: IAM does not tell those with a record from others. */
  readonly allowTakeover: Toggle;
  /** Whether the authentication mode of a cluster may be changed. */
  readonly allowModeChange: Toggle;
  /** ARNs of the node roles that may be passed to EKS (GT-117). */
  readonly nodeRoles: Names;
  /** ARNs of the roles as which named clusters are reached. */
  readonly clusterRoles: Names;
}

/** Access policies that may be given, and where; `given` false: no such statement. */
export interface PolicyTerm {
  /** Bare names or patterns. */
  readonly policies: Names;
  /** Undefined: with any scope. */
  readonly namespaces: readonly string[] | undefined;
}

/** One statement; a plain object, so that CDK neither merges nor reorders it under any feature flag. */
export type Statement = Readonly<Record<string, unknown>>;

/** Entries of these types carry no tags, so they have no owner (GT-80, aws/aws-cdk#29393). */
export const NODE_TYPES: readonly string[] = [
  'EC2_LINUX',
  'EC2_WINDOWS',
  'FARGATE_LINUX',
  'HYBRID_LINUX',
  'EC2',
  'HYPERPOD_LINUX',
];

/**
 * The ARN of an entry is `access-entry/CLUSTER/role|user/ACCOUNT/NAME/UUID` (GT-71), and `*` matches across slashes:
 * `access-entry/*-dev/*` would also match entries of roles called something-dev. Patterns as long as what they match
 * leave only one way to match.
 */
const ANY_KIND = '????';
const ANY_ACCOUNT = '????????????';

/** Owned by some stack of this product; a foreign entry has no such tag. */
export const OWNED = { Null: { [`aws:ResourceTag/${TAGS.owner}`]: 'false' } };

/** Entries of the allowed clusters, of any principal. */
export function entriesOf(clusters: Names): unknown {
  const base = `${arnBase(clusters, 'eks')}access-entry/%`;
  const isPattern =
    clusters.asParameter !== undefined || clusters.values.some((name) => /[*?]/.test(name) && name !== '*');
  return arnsOf(clusters, [isPattern ? `${base}/${ANY_KIND}/${ANY_ACCOUNT}/*` : `${base}/*`]);
}

/** Entries of every cluster of the account and Region: Deletes are not limited by `clusters` (CR-38). */
export const EVERY_ENTRY = `arn:${PLACE.partition}:eks:${PLACE.region}:${PLACE.accountId}:access-entry/*`;
export const EVERY_CLUSTER = `arn:${PLACE.partition}:eks:${PLACE.region}:${PLACE.accountId}:cluster/*`;

/** Entries of the allowed accounts' principals, as far as their ARNs tell. */
export function entriesOfAccounts(accounts: Names): unknown {
  return arnsOf(accounts, [`${arnBase(accounts, 'eks')}access-entry/*/${ANY_KIND}/%/*`]);
}

export function allow(sid: string, action: unknown, resource: unknown, condition: Statement = {}): Statement {
  const statement = { Sid: sid, Effect: 'Allow', Action: action, Resource: resource };
  return Object.keys(condition).length === 0 ? statement : { ...statement, Condition: condition };
}

export function deny(sid: string, action: unknown, resource: unknown, condition: Statement): Statement {
  return { Sid: sid, Effect: 'Deny', Action: action, Resource: resource, Condition: condition };
}
