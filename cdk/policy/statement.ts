/** Pieces that the statements of the execution policy are made of. */
import { TAGS } from '../../access/contract';
import { arnBase, dress, type Names, type Switch } from './now-or-later';

/** The guardrails, in IAM's terms. */
export interface PolicyTerms {
  /** Never empty; patterns become ARN wildcards. */
  readonly clusters: Names;
  /** Account ids, or `*`. Never empty: the default is the provider's own account. */
  readonly principalAccounts: Names;
  /** `given` false means the default: every group that does not begin with `system:`. */
  readonly groups: Names;
  /** `given` false means the default: every policy that is not cluster admin. Bare names or patterns. */
  readonly accessPolicies: Names;
  readonly allowNodes: Switch;
  readonly allowClusterAdmin: Switch;
  readonly allowAdoption: Switch;
  /** ARNs of the node roles that may be passed to EKS (GT-117). */
  readonly nodeRoles: Names;
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
 * `access-entry/*-dev/*` would also match entries of roles called something-dev. Patterns as long as what they stand
 * for leave only one way to match.
 */
export const ANY_KIND = '????';
const ANY_ACCOUNT = '????????????';

/** Owned by some stack of this product; a foreign entry has no such tag. */
export const OWNED = { Null: { [`aws:ResourceTag/${TAGS.owner}`]: 'false' } };

/** Entries of the allowed clusters, whoever the principal is. */
export function entriesOf(clusters: Names): unknown {
  const base = `${arnBase(clusters, 'eks')}access-entry/%`;
  const isPattern = clusters.isParameter || clusters.values.some((name) => /[*?]/.test(name) && name !== '*');
  return dress(clusters, [isPattern ? `${base}/${ANY_KIND}/${ANY_ACCOUNT}/*` : `${base}/*`]);
}

export function allow(sid: string, action: unknown, resource: unknown, condition: Statement = {}): Statement {
  const statement = { Sid: sid, Effect: 'Allow', Action: action, Resource: resource };
  return Object.keys(condition).length === 0 ? statement : { ...statement, Condition: condition };
}
