/**
 * The execution role's policy, derived from the guardrails and nothing else, so that AWS refuses what the
 * guardrails refuse even if the function had a fault. What IAM cannot say, the function's own check says alone:
 * the groups of an Update (no request keys at all), and every content of aws-auth (Kubernetes RBAC knows the
 * ConfigMap, not its entries).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
import { TAGS } from '../../access/contract';
import { accessPolicyStatements, nodeStatements } from './association-statements';
import { allow, ANY_KIND, entriesOf, NODE_TYPES, OWNED, type PolicyTerms, type Statement } from './statement';
import { arnBase, choose, dress, type Names, stringEquals } from './now-or-later';

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
    // The list is asked for when a Delete has no ARN to go by: properties of an older provider (CR-23).
    allow('Cluster', ['eks:DescribeCluster', 'eks:ListAccessEntries'], cluster, stringEquals(clusters)),
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
 * tagging a foreign entry. It can tell what the function writes when it adopts an entry: what it found.
 * So without `allowAdoption` the first tagging must bring an owner and must not bring what was found.
 */
function tagNewStatement(terms: PolicyTerms): unknown {
  const owner = { [`aws:RequestTag/${TAGS.owner}`]: 'false' };
  const nothingBefore = { ...owner, [`aws:RequestTag/${TAGS.found}`]: 'true' };
  return allow('TagNew', 'eks:TagResource', entriesOf(terms.clusters), {
    Null: choose(terms.allowAdoption, owner, nothingBefore),
    ...stringEquals(terms.clusters),
  });
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
