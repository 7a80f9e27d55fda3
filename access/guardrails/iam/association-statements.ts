/** Statements about what an entry may be given: access policies, and what nodes need. */
import { CLUSTER_ADMIN_POLICY, harmlessPolicies, KUBE_NAMESPACES } from '../access-policies';
import { groupOf, policyOf, RIGHTS } from '../../rights/catalogue';
import { HARMLESS_RIGHTS } from '../rights';
import {
  allow,
  deny,
  entriesOf,
  EVERY_CLUSTER,
  EVERY_ENTRY,
  NODE_TYPES,
  OWNED,
  type PolicyTerm,
  type PolicyTerms,
  type Statement,
} from './statement';
import { arnBase, arnsOf, type Names, statementsIf, stringEquals } from './names';

const ASSOCIATE = 'eks:AssociateAccessPolicy';

export function accessPolicyStatements({ accessPolicies, ...terms }: PolicyTerms): unknown[] {
  const { clusters, allowClusterAdmin } = terms;
  const listed = accessPolicies.flatMap((term, index) =>
    listedStatement(term, `Policies${index + 1}`, clusters),
  );
  // Allowed beside the list: `system:masters` becomes cluster admin.
  const clusterAdmin = CLUSTER_ADMIN.map(({ sid, condition, keys }) =>
    allow(sid, ASSOCIATE, entriesOf(clusters), { ...condition, ...OWNED, ...stringEquals(clusters, keys) }),
  );
  return [...listed, ...statementsIf(allowClusterAdmin, clusterAdmin)];
}

/** Deny wins over every list: cluster admin is never allowed by a pattern. */
export function clusterAdminFence({ allowClusterAdmin }: PolicyTerms): unknown[] {
  const never = CLUSTER_ADMIN.map(({ sid, condition, keys }) =>
    deny(`Never${sid}`, ASSOCIATE, [EVERY_ENTRY], { ...condition, ...(keys ? { StringEquals: keys } : {}) }),
  );
  const groups = deny('NeverAdminGroups', 'eks:CreateAccessEntry', [EVERY_CLUSTER], {
    'ForAnyValue:StringLike': { 'eks:kubernetesGroups': ADMIN_GROUPS },
  });
  return statementsIf(allowClusterAdmin, [], [...never, groups]);
}

/** Groups of named rights that amount to cluster admin. */
const ADMIN_GROUPS = RIGHTS.filter((name) => !HARMLESS_RIGHTS.includes(name)).flatMap((name) =>
  policyOf(name) === CLUSTER_ADMIN_POLICY
    ? [`${groupOf(name)}*`]
    : [groupOf(name), groupOf(name, KUBE_NAMESPACES)],
);

function listedStatement({ policies, namespaces }: PolicyTerm, sid: string, clusters: Names): unknown[] {
  if (policies.given === true && policies.asParameter === undefined && policies.values.length === 0)
    return [];
  const scope = namespaces ? { 'eks:accessScope': 'namespace' } : {};
  const statement = allow(sid, ASSOCIATE, entriesOf(clusters), {
    ArnLike: { 'eks:policyArn': arnsOf(policies, [`${arnBase(policies, 'access-policy')}%`]) },
    ...OWNED,
    ...stringEquals(clusters, scope),
    // True of a request without namespaces, so only together with the scope.
    ...(namespaces ? { 'ForAllValues:StringLike': { 'eks:namespaces': namespaces } } : {}),
  });
  return statementsIf(policies.given, [statement]);
}

const policyArns = (names: readonly string[]): string[] =>
  names.map((name) => `arn:*:eks::aws:cluster-access-policy/${name}`);

/**
 * Scopes that could match a namespace kube-*: its beginnings followed by a wildcard, and itself. `${*}` is a literal
 * `*`, which is what the pattern that is asked for has there.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
const REACHES_KUBE = [
  ...['', 'k', 'ku', 'kub', 'kube'].map((beginning) => `${beginning}\${*}*`),
  KUBE_NAMESPACES,
];

/** What amounts to cluster admin, as three requests that can be told apart. */
const CLUSTER_ADMIN: readonly {
  readonly sid: string;
  readonly condition: Statement;
  readonly keys?: Statement;
}[] = [
  { sid: 'ClusterAdmin', condition: { ArnLike: { 'eks:policyArn': policyArns([CLUSTER_ADMIN_POLICY]) } } },
  {
    sid: 'AdminOfCluster',
    condition: { ArnNotLike: { 'eks:policyArn': policyArns(harmlessPolicies('inCluster')) } },
    keys: { 'eks:accessScope': 'cluster' },
  },
  {
    sid: 'AdminOfKube',
    condition: {
      ArnNotLike: { 'eks:policyArn': policyArns(harmlessPolicies('inKubeNamespaces')) },
      'ForAnyValue:StringLike': { 'eks:namespaces': REACHES_KUBE },
    },
  },
];

/** The type takes the place of the owner, and only where nodes are allowed at all. */
export function nodeStatements({ allowNodes, nodeRoles, clusters }: PolicyTerms): unknown[] {
  const remove = ['eks:DeleteAccessEntry', 'eks:DisassociateAccessPolicy'];
  const pass = allow('PassNodeRoles', 'iam:PassRole', nodeRoles.values, {
    StringEqualsIfExists: { 'iam:PassedToService': ['eks.amazonaws.com', 'ec2.amazonaws.com'] },
  });
  const hasRoles = nodeRoles.given === true ? nodeRoles.values.length > 0 : nodeRoles.given;
  return [
    ...statementsIf(allowNodes, [
      allow('RemoveNodes', remove, [EVERY_ENTRY], { StringEquals: { 'eks:accessEntryType': NODE_TYPES } }),
      // GT-98: the one policy that is not for STANDARD entries.
      allow('NodePolicy', ASSOCIATE, entriesOf(clusters), {
        ...stringEquals(clusters, { 'eks:accessEntryType': ['EC2'] }),
        ArnLike: { 'eks:policyArn': policyArns(['AmazonEKSAutoNodePolicy']) },
      }),
    ]),
    ...(allowNodes === false ? [] : statementsIf(hasRoles, [pass])),
  ];
}
