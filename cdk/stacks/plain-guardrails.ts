/** Guardrails as parameters of the plain template: the text for the function, and the same as terms of the policy. */
import { Aws, CfnCondition, CfnParameter, type CfnParameterProps, Fn, type Stack, Token } from 'aws-cdk-lib';
import { type PolicyTerms } from '../policy/statement';
import { ifElse, names } from '../policy/now-or-later';

export interface PlainGuardrails {
  /** Value of EKS_ACCESS_GUARDRAILS. */
  readonly guardrails: string;
  readonly terms: PolicyTerms;
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
  'AllowNodes',
  'AllowClusterAdmin',
  'AllowTakeover',
];

/** Patterns keep quotes and backslashes out of the JSON that is joined from the values. */
const NAME_PATTERN = '[0-9A-Za-z_*?-]+';
const KUBERNETES_NAME_PATTERN = '[^"\\\\\\s,]*';
const NAMESPACE_PATTERN = '[0-9a-z*-]*';

export function plainGuardrails(stack: Stack): PlainGuardrails {
  const list = (id: string, props: CfnParameterProps): string[] =>
    new CfnParameter(stack, id, { type: 'CommaDelimitedList', default: '', ...props }).valueAsList;
  const isGiven = (values: string[]) => Fn.conditionNot(Fn.conditionEquals(Fn.join('', values), ''));
  const givenIf = (id: string, values: string[]): CfnCondition =>
    new CfnCondition(stack, id, { expression: isGiven(values) });
  const flag = (id: string, description: string): CfnParameter =>
    new CfnParameter(stack, id, { default: 'false', allowedValues: ['false', 'true'], description });
  const isOn = (id: string, { valueAsString }: CfnParameter): CfnCondition =>
    new CfnCondition(stack, id, { expression: Fn.conditionEquals(valueAsString, 'true') });

  const clusters = list('Clusters', {
    default: '*',
    allowedPattern: NAME_PATTERN,
    description:
      'Clusters that templates may ask for; * and ? are wildcards. An IAM policy has room for about five names: use patterns for more.',
  });
  const accounts = list('PrincipalAccounts', {
    allowedPattern: '([0-9]{12}|\\*)?',
    description: 'Accounts whose roles and users may be mapped, or *. Empty: this account.',
  });
  const groups = list('Groups', {
    allowedPattern: KUBERNETES_NAME_PATTERN,
    description:
      'Patterns of the Kubernetes groups that may be given. Empty: every group without a reserved prefix (system:, eks:, aws:, amazon:, iam:, cfn-eks-access). A pattern gives a reserved group only if it begins with that prefix itself; system:masters needs AllowClusterAdmin.',
  });
  const userNames = list('UserNames', {
    allowedPattern: KUBERNETES_NAME_PATTERN,
    description:
      "Patterns of the Kubernetes user names that may be given besides each principal's own default. Empty: every name without a reserved prefix (as in Groups, and arn:).",
  });
  const policies = list('AccessPolicies', {
    default: 'AmazonEKSViewPolicy',
    allowedPattern: '[0-9A-Za-z*?]*',
    description:
      'Names or patterns of the EKS access policies that may be associated with any scope. What amounts to cluster admin needs AllowClusterAdmin all the same. Empty: none.',
  });
  const editIn = list('EditNamespaces', {
    default: '*',
    allowedPattern: NAMESPACE_PATTERN,
    description:
      'Namespaces in which AmazonEKSEditPolicy may be given; * is a wildcard. What could match kube-* needs AllowClusterAdmin. Empty: none.',
  });
  const adminIn = list('AdminNamespaces', {
    default: '*',
    allowedPattern: NAMESPACE_PATTERN,
    description:
      'Namespaces in which AmazonEKSAdminPolicy may be given; * is a wildcard. What could match kube-* needs AllowClusterAdmin. Empty: none.',
  });
  const allowNodes = flag(
    'AllowNodes',
    'Whether node types, and the node user names with their groups, may be given.',
  );
  const allowClusterAdmin = flag(
    'AllowClusterAdmin',
    'Whether system:masters, AmazonEKSClusterAdminPolicy and what amounts to it may be given: every access policy but AmazonEKSViewPolicy for a whole cluster or in namespaces kube-*, and reserved user names.',
  );
  const allowTakeover = new CfnParameter(stack, 'AllowTakeover', {
    default: 'none',
    allowedValues: ['none', 'unrecorded', 'any'],
    description:
      'Which existing entries ExistingEntry ADOPT and REPLACE may take over: none, those without a record of an owner, or also those of other stacks.',
  });
  const nodeRoles = list('NodeRoles', {
    allowedPattern: '(arn:[a-z-]+:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+)?',
    description:
      'ARNs of the node roles that may be mapped as access entries of a node type; only with AllowNodes.',
  });
  const given = {
    accounts: givenIf('GivenPrincipalAccounts', accounts),
    groups: givenIf('GivenGroups', groups),
    userNames: givenIf('GivenUserNames', userNames),
    policies: givenIf('GivenAccessPolicies', policies),
    edit: givenIf('GivenEditNamespaces', editIn),
    admin: givenIf('GivenAdminNamespaces', adminIn),
  };
  const nodes = isOn('NodesAllowed', allowNodes);
  const passable = new CfnCondition(stack, 'NodeRolesPassable', {
    expression: Fn.conditionAnd(nodes, isGiven(nodeRoles)),
  });
  const takeover = new CfnCondition(stack, 'TakeoverAllowed', {
    expression: Fn.conditionNot(Fn.conditionEquals(allowTakeover.valueAsString, 'none')),
  });
  // Commas between those of the three parts that are given.
  const policiesAndMore = new CfnCondition(stack, 'GivenAccessPoliciesAndNamespaces', {
    expression: Fn.conditionAnd(given.policies, Fn.conditionOr(given.edit, given.admin)),
  });
  const editAndAdmin = new CfnCondition(stack, 'GivenEditAndAdminNamespaces', {
    expression: Fn.conditionAnd(given.edit, given.admin),
  });

  return {
    guardrails: Fn.join('', [
      `{"clusters":["${Fn.join('","', clusters)}"]`,
      textIf(given.accounts, `,"principalAccounts":["${Fn.join('","', accounts)}"]`),
      textIf(given.groups, `,"groups":["${Fn.join('","', groups)}"]`),
      textIf(given.userNames, `,"userNames":["${Fn.join('","', userNames)}"]`),
      ',"accessPolicies":[',
      textIf(given.policies, `"${Fn.join('","', policies)}"`),
      textIf(policiesAndMore, ','),
      textIf(given.edit, `"AmazonEKSEditPolicy@${Fn.join('","AmazonEKSEditPolicy@', editIn)}"`),
      textIf(editAndAdmin, ','),
      textIf(given.admin, `"AmazonEKSAdminPolicy@${Fn.join('","AmazonEKSAdminPolicy@', adminIn)}"`),
      `],"allowNodes":${allowNodes.valueAsString},"allowClusterAdmin":${allowClusterAdmin.valueAsString}`,
      `,"allowTakeover":"${allowTakeover.valueAsString}"}`,
    ]),
    terms: {
      clusters: names(clusters),
      principalAccounts: names(Token.asList(ifElse(given.accounts, accounts, [Aws.ACCOUNT_ID]))),
      groups: names(groups, given.groups),
      userNames: names(userNames, given.userNames),
      accessPolicies: [
        { policies: names(policies, given.policies), namespaces: undefined },
        { policies: names(['AmazonEKSEditPolicy'], given.edit), namespaces: editIn },
        { policies: names(['AmazonEKSAdminPolicy'], given.admin), namespaces: adminIn },
      ],
      allowNodes: nodes,
      allowClusterAdmin: isOn('ClusterAdminAllowed', allowClusterAdmin),
      allowTakeover: takeover,
      nodeRoles: names(nodeRoles, passable),
    },
  };
}

function textIf(condition: CfnCondition, text: string): string {
  return Fn.conditionIf(condition.logicalId, text, '').toString();
}
