/** Guardrails as parameters of the plain template: the text for the function, and the same as terms of the policy. */
import { Aws, CfnCondition, CfnParameter, Fn, type Stack, Token } from 'aws-cdk-lib';
import { ifElse } from '../../access/guardrails/iam/names';
import { DEFAULT_RIGHTS } from '../../access/guardrails/rights';
import { type PolicyTerms } from '../../access/guardrails/iam/statement';
import { names } from '../policy/now-or-later';
import { plainAccessPolicies } from './plain-access-policies';
import { conditionIfGiven, isGiven, listParameter, textIf } from './plain-lists';

export interface PlainGuardrails {
  /** Value of EKS_ACCESS_GUARDRAILS. */
  readonly guardrails: string;
  readonly terms: Omit<PolicyTerms, 'clusterRoles'>;
}

/** As the console shows them. */
export const GUARDRAIL_PARAMETERS: readonly string[] = [
  'Clusters',
  'PrincipalAccounts',
  'Groups',
  'UserNames',
  'AccessPolicies',
  'EditNamespaces',
  'AdminNamespaces',
  'Rights',
  'AllowNodes',
  'AllowClusterAdmin',
  'AllowTakeover',
  'AllowModeChange',
];

/** Patterns keep quotes and backslashes out of the JSON that is joined from the values. */
const NAME_PATTERN = '[0-9A-Za-z_*?-]+';
const KUBERNETES_NAME_PATTERN = '[^"\\\\\\s,]*';

export function plainGuardrails(stack: Stack): PlainGuardrails {
  const flag = (id: string, description: string): CfnParameter =>
    new CfnParameter(stack, id, { default: 'false', allowedValues: ['false', 'true'], description });
  const isOn = (id: string, { valueAsString }: CfnParameter): CfnCondition =>
    new CfnCondition(stack, id, { expression: Fn.conditionEquals(valueAsString, 'true') });

  const clusters = listParameter(stack, 'Clusters', {
    default: '*',
    allowedPattern: NAME_PATTERN,
    description:
      'Clusters that templates may ask for; * and ? are wildcards. An IAM policy has room for about five names: use patterns for more.',
  });
  const accounts = listParameter(stack, 'PrincipalAccounts', {
    allowedPattern: '([0-9]{12}|\\*)?',
    description: 'Accounts whose roles and users may be mapped, or *. Empty: this account.',
  });
  const groups = listParameter(stack, 'Groups', {
    allowedPattern: KUBERNETES_NAME_PATTERN,
    description:
      'Patterns of the Kubernetes groups that may be given. Empty: every group without a reserved prefix (system:, eks:, aws:, amazon:, iam:, cfn-eks-access). A pattern gives a reserved group only if it begins with that prefix itself; system:masters needs AllowClusterAdmin.',
  });
  const userNames = listParameter(stack, 'UserNames', {
    allowedPattern: KUBERNETES_NAME_PATTERN,
    description:
      "Patterns of the Kubernetes user names that may be given besides each principal's own default. Empty: every name without a reserved prefix (as in Groups, and arn:).",
  });
  const accessPolicies = plainAccessPolicies(stack);
  const rights = listParameter(stack, 'Rights', {
    default: DEFAULT_RIGHTS.join(','),
    allowedPattern: '[0-9a-z*?@-]*',
    description:
      'Named rights that may be given: NAME with any scope, or NAME@NAMESPACES; * is a wildcard in both. What amounts to cluster admin needs AllowClusterAdmin all the same. Empty: none.',
  });
  const allowNodes = flag(
    'AllowNodes',
    'Whether node types, and the node user names with their groups, may be given.',
  );
  const allowClusterAdmin = flag(
    'AllowClusterAdmin',
    'Whether system:masters, AmazonEKSClusterAdminPolicy and what amounts to it may be given: every access policy but AmazonEKSViewPolicy and every named right that writes or reads Secrets, for a whole cluster or in namespaces kube-*; and reserved user names.',
  );
  const allowTakeover = new CfnParameter(stack, 'AllowTakeover', {
    default: 'none',
    allowedValues: ['none', 'unrecorded', 'any'],
    description:
      'Which existing entries ExistingEntry ADOPT and REPLACE may take over: none, those without a record of an owner, or also those of other stacks.',
  });
  const allowModeChange = flag(
    'AllowModeChange',
    'Whether Custom::EksAuthenticationMode may take a cluster to API_AND_CONFIG_MAP and to API, from where there is no way back. The function then may do eks:UpdateClusterConfig for these modes, and invoke itself.',
  );
  const nodeRoles = listParameter(stack, 'NodeRoles', {
    allowedPattern: '(arn:[a-z-]+:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+)?',
    description:
      'ARNs of the node roles that may be mapped as access entries of a node type; only with AllowNodes.',
  });
  const given = {
    accounts: conditionIfGiven(stack, 'GivenPrincipalAccounts', accounts),
    groups: conditionIfGiven(stack, 'GivenGroups', groups),
    userNames: conditionIfGiven(stack, 'GivenUserNames', userNames),
    rights: conditionIfGiven(stack, 'GivenRights', rights),
  };
  const nodes = isOn('NodesAllowed', allowNodes);
  const passable = new CfnCondition(stack, 'NodeRolesPassable', {
    expression: Fn.conditionAnd(nodes, isGiven(nodeRoles)),
  });
  const takeover = new CfnCondition(stack, 'TakeoverAllowed', {
    expression: Fn.conditionNot(Fn.conditionEquals(allowTakeover.valueAsString, 'none')),
  });

  return {
    guardrails: Fn.join('', [
      `{"clusters":["${Fn.join('","', clusters)}"]`,
      textIf(given.accounts, `,"principalAccounts":["${Fn.join('","', accounts)}"]`),
      textIf(given.groups, `,"groups":["${Fn.join('","', groups)}"]`),
      textIf(given.userNames, `,"userNames":["${Fn.join('","', userNames)}"]`),
      `,"accessPolicies":[${accessPolicies.entries}]`,
      `,"rights":[${textIf(given.rights, `"${Fn.join('","', rights)}"`)}]`,
      `,"allowNodes":${allowNodes.valueAsString},"allowClusterAdmin":${allowClusterAdmin.valueAsString}`,
      `,"allowTakeover":"${allowTakeover.valueAsString}","allowModeChange":${allowModeChange.valueAsString}}`,
    ]),
    terms: {
      clusters: names(clusters),
      principalAccounts: names(Token.asList(ifElse(given.accounts, accounts, [Aws.ACCOUNT_ID]))),
      groups: names(groups, given.groups),
      userNames: names(userNames, given.userNames),
      accessPolicies: accessPolicies.terms,
      allowNodes: nodes,
      allowClusterAdmin: isOn('ClusterAdminAllowed', allowClusterAdmin),
      allowTakeover: takeover,
      allowModeChange: isOn('ModeChangeAllowed', allowModeChange),
      nodeRoles: names(nodeRoles, passable),
    },
  };
}
