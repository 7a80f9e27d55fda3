/**
 * What the execution role may do (fences.ts: and never does), derived from the guardrails and nothing else, so that AWS refuses what the
 * guardrails refuse even if the function had a fault. What IAM cannot say, the function's own check says alone:
 * the groups of an Update (no request keys at all), and every content of aws-auth (Kubernetes RBAC knows the
 * ConfigMap, not its entries).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
import { PROVIDER_GROUP, TAGS } from '../../contract';
import { RESERVED_GROUP_PREFIXES } from '../given-names';
import { couldBeginWith } from '../pattern';
import { accessPolicyStatements, nodeStatements } from './association-statements';
import { arnBase, arnsOf, ifElse, type Names, statementsIf, stringEquals } from './names';
import {
  allow,
  entriesOf,
  EVERY_CLUSTER,
  EVERY_ENTRY,
  NODE_TYPES,
  OWNED,
  type PolicyTerms,
  type Statement,
} from './statement';

/** The provider's own group has kin, and the groups of named rights begin as it does as well. */
function likeReserved(prefix: string): readonly string[] {
  return prefix === PROVIDER_GROUP ? [prefix, `${prefix}-*`] : [`${prefix}*`];
}

/** Groups that stand for named rights. */
const OF_RIGHTS = `${PROVIDER_GROUP}:*`;

/** What is allowed, in a fixed order: statements, or `Fn::If` around one where a term is a parameter. */
export function allowedStatements(terms: PolicyTerms): unknown[] {
  return [
    ...deleteStatements(),
    createStatement(terms),
    changeStatement(terms),
    tagNewStatement(terms),
    ...accessPolicyStatements(terms),
    ...nodeStatements(terms),
    ...clusterRoleStatements(terms),
    ...modeStatements(terms),
  ];
}

/**
 * What a Delete needs passes under all guardrails, `clusters` included: a narrowed list must not leave stacks that
 * cannot be deleted. A foreign STANDARD entry cannot be removed, whatever the function is told.
 */
function deleteStatements(): unknown[] {
  const read = ['eks:DescribeAccessEntry', 'eks:ListAssociatedAccessPolicies'];
  return [
    // The list is asked for when a Delete has no ARN to go by: properties of an older provider (CR-23).
    allow('Cluster', ['eks:DescribeCluster', 'eks:ListAccessEntries'], [EVERY_CLUSTER]),
    allow('Read', read, [EVERY_ENTRY]),
    allow('RemoveOwn', ['eks:DeleteAccessEntry', 'eks:DisassociateAccessPolicy'], [EVERY_ENTRY], OWNED),
  ];
}

function createStatement(terms: PolicyTerms): unknown {
  const { clusters, principalAccounts, groups, userNames, allowNodes } = terms;
  const iam = arnBase(principalAccounts, 'iam');
  const cluster = arnsOf(clusters, [`${arnBase(clusters, 'eks')}cluster/%`]);
  return allow('Create', 'eks:CreateAccessEntry', cluster, {
    ...stringEquals(clusters, {
      'eks:accessEntryType': ifElse(allowNodes, ['STANDARD', ...NODE_TYPES], ['STANDARD']),
    }),
    ArnLike: {
      'eks:principalArn': arnsOf(principalAccounts, [`${iam}%:role/*`, `${iam}%:user/*`, `${iam}%:root`]),
    },
    ...groupCondition(groups),
    ...userNameCondition(userNames),
  });
}

/**
 * Set operators are true of a request without groups, which is wanted: no groups is harmless. Reserved groups are
 * refused even if they are listed, as EKS refuses them (GT-86); the function may write them to aws-auth.
 */
function groupCondition(list: Names): Statement {
  const { given, values, asParameter } = list;
  const key = 'eks:kubernetesGroups';
  const isListed = (prefix: string): boolean =>
    asParameter === undefined &&
    !prefix.endsWith(':') &&
    values.some((pattern) => couldBeginWith(pattern, prefix));
  const reserved = RESERVED_GROUP_PREFIXES.filter((prefix) => !isListed(prefix));
  return {
    // All groups are like `*`; those of named rights are no groups of the list.
    ...(given === false
      ? {}
      : { 'ForAllValues:StringLike': { [key]: ifElse(given, arnsOf(list, ['%'], [OF_RIGHTS]), ['*']) } }),
    'ForAllValues:StringNotLike': { [key]: reserved.flatMap(likeReserved) },
  };
}

/**
 * Default user names are ARNs, and that each is the principal's own only the function can see. Node types have no user
 * name.
 */
function userNameCondition(userNames: Names): Statement {
  const { given } = userNames;
  if (given === false) return {};
  return {
    StringLikeIfExists: { 'eks:username': ifElse(given, arnsOf(userNames, ['%'], ['arn:*']), ['*']) },
  };
}

/** A foreign STANDARD entry cannot be changed, whatever the function is told. */
function changeStatement({ clusters }: PolicyTerms): unknown {
  const change = ['eks:UpdateAccessEntry', 'eks:TagResource', 'eks:UntagResource'];
  return allow('ChangeOwn', change, entriesOf(clusters), { ...OWNED, ...stringEquals(clusters) });
}

/**
 * Creating an entry with tags needs TagResource on an entry that has none yet, and IAM cannot tell that from
 * tagging a foreign entry. It can tell what the function writes when it adopts an entry: what it found.
 * So without `allowTakeover` the first tagging must bring an owner and must not bring what was found.
 */
function tagNewStatement(terms: PolicyTerms): unknown {
  const owner = { [`aws:RequestTag/${TAGS.owner}`]: 'false' };
  const nothingBefore = { ...owner, [`aws:RequestTag/${TAGS.found}`]: 'true' };
  return allow('TagNew', 'eks:TagResource', entriesOf(terms.clusters), {
    Null: ifElse(terms.allowTakeover, owner, nothingBefore),
    ...stringEquals(terms.clusters),
  });
}

/** Exactly the roles that the owner names; for the Kubernetes API alone, since the session asks for no right in AWS. */
function clusterRoleStatements({ clusterRoles: { given, values } }: PolicyTerms): unknown[] {
  return statementsIf(given, [allow('ReachClusters', 'sts:AssumeRole', values)]);
}

/** The two modes on the one way, and nothing else that UpdateClusterConfig could change: it has the key for the mode alone. */
function modeStatements({ clusters, allowModeChange }: PolicyTerms): unknown[] {
  const cluster = arnsOf(clusters, [`${arnBase(clusters, 'eks')}cluster/%`]);
  return statementsIf(allowModeChange, [
    allow('ChangeMode', 'eks:UpdateClusterConfig', cluster, {
      ...stringEquals(clusters, { 'eks:authenticationMode': ['API_AND_CONFIG_MAP', 'API'] }),
    }),
    allow('FollowModeChange', ['eks:DescribeUpdate', 'eks:ListUpdates'], cluster, stringEquals(clusters)),
  ]);
}
