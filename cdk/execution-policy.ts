/**
 * The execution role's policy, derived from the guardrails and nothing else, so that AWS refuses what the
 * guardrails refuse even if the function had a fault. What IAM cannot say, the function's own check says alone:
 * the groups of an Update (no request keys at all), and every content of aws-auth (Kubernetes RBAC knows the
 * ConfigMap, not its entries).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
import { TAGS } from '../lambda/contract';
import { arnBase, choose, dress, type Names, statementsIf, stringEquals, type Switch } from './policy-terms';

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
const ANY_KIND = '????';
const ANY_ACCOUNT = '????????????';

/** Owned by some stack of this product; a foreign entry has no such tag. */
const OWNED = { Null: { [`aws:ResourceTag/${TAGS.owner}`]: 'false' } };

/** All statements about EKS, in a fixed order: statements, or `Fn::If` around one where a term is a parameter. */
export function entryPolicy(terms: PolicyTerms): unknown[] {
  return [
    ...createStatements(terms),
    ownStatement(terms),
    tagNewStatement(terms),
    ...accessPolicyStatements(terms),
    ...nodeStatements(terms),
    ...accountFence(terms),
  ];
}

function createStatements({ clusters, principalAccounts, groups, allowNodes }: PolicyTerms): unknown[] {
  const cluster = dress(clusters, [`${arnBase(clusters, 'eks')}cluster/%`]);
  const iam = arnBase(principalAccounts, 'iam');
  const read = ['eks:DescribeAccessEntry', 'eks:ListAssociatedAccessPolicies'];
  return [
    allow('Cluster', 'eks:DescribeCluster', cluster, stringEquals(clusters)),
    allow('Read', read, entriesOf(clusters), stringEquals(clusters)),
    allow('Create', 'eks:CreateAccessEntry', cluster, {
      ...stringEquals(clusters, {
        'eks:accessEntryType': choose(allowNodes, ['STANDARD', ...NODE_TYPES], ['STANDARD']),
      }),
      ArnLike: {
        'eks:principalArn': dress(principalAccounts, [`${iam}%:role/*`, `${iam}%:user/*`, `${iam}%:root`]),
      },
      ...groupCondition(groups),
    }),
  ];
}

/** ForAllValues is true of a request without groups, which is wanted: no groups is harmless. */
function groupCondition({ given, values }: Names): Statement {
  const key = 'eks:kubernetesGroups';
  if (given === true && values.length === 0) return { Null: { [key]: 'true' } };
  if (given === true) return { 'ForAllValues:StringLike': { [key]: values } };
  if (given === false) return { 'ForAllValues:StringNotLike': { [key]: ['system:*'] } };
  // Both operators stand; the one that does not apply is made true: all is like `*`, and no group is empty.
  return {
    'ForAllValues:StringLike': { [key]: choose(given, values, ['*']) },
    'ForAllValues:StringNotLike': { [key]: choose(given, [''], ['system:*']) },
  };
}

/**
 * A foreign STANDARD entry can be neither updated nor deleted, whatever the function is told. What removes is
 * limited by cluster and owner only, because Deletes pass under all other guardrails.
 */
function ownStatement({ clusters }: PolicyTerms): unknown {
  const change = ['eks:UpdateAccessEntry', 'eks:TagResource', 'eks:UntagResource'];
  const remove = ['eks:DeleteAccessEntry', 'eks:DisassociateAccessPolicy'];
  return allow('Own', [...change, ...remove], entriesOf(clusters), { ...OWNED, ...stringEquals(clusters) });
}

/**
 * Creating an entry with tags needs TagResource on an entry that has none yet, and IAM cannot tell that from
 * tagging a foreign entry. It can tell what the function writes when it takes an entry over: the previous value.
 * So without `allowAdoption` the first tagging must bring an owner and must not bring a previous value.
 */
function tagNewStatement(terms: PolicyTerms): unknown {
  const owner = { [`aws:RequestTag/${TAGS.owner}`]: 'false' };
  const nothingBefore = { ...owner, [`aws:RequestTag/${TAGS.previous}`]: 'true' };
  return allow('TagNew', 'eks:TagResource', entriesOf(terms.clusters), {
    Null: choose(terms.allowAdoption, owner, nothingBefore),
    ...stringEquals(terms.clusters),
  });
}

function accessPolicyStatements(terms: PolicyTerms): unknown[] {
  const { accessPolicies, allowClusterAdmin, clusters } = terms;
  const base = arnBase(accessPolicies, 'access-policy');
  const listed = choose(accessPolicies.given, dress(accessPolicies, [`${base}%`]), [`${base}*`]);
  const isEmpty =
    accessPolicies.given === true && !accessPolicies.isParameter && accessPolicies.values.length === 0;
  const associate = (sid: string, policies: unknown, keys: Statement = {}, more: Statement = {}): Statement =>
    allow(sid, 'eks:AssociateAccessPolicy', entriesOf(clusters), {
      ArnLike: { 'eks:policyArn': policies },
      ...OWNED,
      ...stringEquals(clusters, keys),
      ...more,
    });
  const clusterWide = { 'eks:accessScope': 'cluster' };
  // `*` as a namespace is the whole cluster under another name.
  const everywhere = { 'ForAnyValue:StringEquals': { 'eks:namespaces': ['*'] } };
  const [clusterAdmin, admin] = [`${base}AmazonEKSClusterAdminPolicy`, `${base}AmazonEKSAdminPolicy`];
  const never = (sid: string, policy: string, more: Statement = {}): Statement => ({
    Sid: sid,
    Effect: 'Deny',
    Action: 'eks:AssociateAccessPolicy',
    Resource: `${arnBase({ ...clusters, isParameter: false }, 'eks')}access-entry/*`,
    Condition: { ArnLike: { 'eks:policyArn': [policy] }, ...more },
  });
  return [
    ...(isEmpty ? [] : [associate('Policies', listed)]),
    ...statementsIf(
      allowClusterAdmin,
      // Allowed beside the list: `system:masters` becomes cluster admin.
      accessPolicies.given === false
        ? []
        : [
            associate('ClusterAdmin', [clusterAdmin]),
            associate('AdminOfCluster', [admin], clusterWide),
            associate('AdminOfAll', [admin], {}, everywhere),
          ],
      [
        never('NeverClusterAdmin', clusterAdmin),
        // Admin of some namespaces is no cluster admin.
        never('NeverAdminOfCluster', admin, { StringEquals: clusterWide }),
        never('NeverAdminOfAll', admin, everywhere),
      ],
    ),
  ];
}

/** The type stands in for the owner, and only where nodes are allowed at all. */
function nodeStatements({ allowNodes, nodeRoles, clusters }: PolicyTerms): unknown[] {
  const type = (types: readonly string[]): Statement =>
    stringEquals(clusters, { 'eks:accessEntryType': types });
  const remove = ['eks:DeleteAccessEntry', 'eks:DisassociateAccessPolicy'];
  const pass = allow('PassNodeRoles', 'iam:PassRole', nodeRoles.values);
  const hasRoles = nodeRoles.given === true ? nodeRoles.values.length > 0 : nodeRoles.given;
  return [
    ...statementsIf(allowNodes, [
      allow('RemoveNodes', remove, entriesOf(clusters), type(NODE_TYPES)),
      // GT-98: the one policy that is not for STANDARD entries.
      allow('NodePolicy', 'eks:AssociateAccessPolicy', entriesOf(clusters), {
        ...type(['EC2']),
        ArnLike: { 'eks:policyArn': [`${arnBase(nodeRoles, 'access-policy')}AmazonEKSAutoNodePolicy`] },
      }),
    ]),
    ...(allowNodes === false ? [] : statementsIf(hasRoles, [pass])),
  ];
}

/**
 * Nothing is written to entries of other accounts' principals: a Deny, because clusters × accounts as a list of ARNs
 * would not fit into a policy, and cannot be written at all where they are parameters.
 */
function accountFence({ principalAccounts }: PolicyTerms): unknown[] {
  if (!principalAccounts.isParameter && principalAccounts.values.includes('*')) return [];
  return [
    {
      Sid: 'OtherAccounts',
      Effect: 'Deny',
      Action: ['eks:UpdateAccessEntry', 'eks:TagResource', 'eks:AssociateAccessPolicy'],
      NotResource: dress(principalAccounts, [
        `${arnBase(principalAccounts, 'eks')}access-entry/*/${ANY_KIND}/%/*`,
      ]),
    },
  ];
}

/** Entries of the allowed clusters, whoever the principal is. */
function entriesOf(clusters: Names): unknown {
  const base = `${arnBase(clusters, 'eks')}access-entry/%`;
  const isPattern = clusters.isParameter || clusters.values.some((name) => /[*?]/.test(name) && name !== '*');
  return dress(clusters, [isPattern ? `${base}/${ANY_KIND}/${ANY_ACCOUNT}/*` : `${base}/*`]);
}

function allow(sid: string, action: unknown, resource: unknown, condition: Statement = {}): Statement {
  const statement = { Sid: sid, Effect: 'Allow', Action: action, Resource: resource };
  return Object.keys(condition).length === 0 ? statement : { ...statement, Condition: condition };
}
