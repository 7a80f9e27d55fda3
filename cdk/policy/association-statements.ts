/** Statements about what an entry may be given: access policies, and what nodes need. */
import { allow, entriesOf, NODE_TYPES, OWNED, type PolicyTerms, type Statement } from './statement';
import { arnBase, choose, dress, statementsIf, stringEquals } from './now-or-later';

/** Deny wins over every list: cluster admin is never allowed by a pattern. */
export function accessPolicyStatements(terms: PolicyTerms): unknown[] {
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
export function nodeStatements({ allowNodes, nodeRoles, clusters }: PolicyTerms): unknown[] {
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
