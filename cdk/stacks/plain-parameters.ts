/** Parameters of the plain template: the props of the provider, for people without CDK. */
import { Aws, CfnCondition, CfnParameter, type CfnParameterProps, Fn, type Stack, Token } from 'aws-cdk-lib';
import { DEFAULT_EXPORT_NAME } from '../../access/contract';
import { type PolicyTerms } from '../policy/statement';
import { names } from '../policy/now-or-later';

export interface PlainParameters {
  /** Value of EKS_ACCESS_GUARDRAILS. */
  readonly guardrails: string;
  readonly terms: PolicyTerms;
  readonly logRetention: number;
  readonly exportName: string;
  readonly inVpc: CfnCondition;
  readonly vpcConfig: unknown;
  readonly permissionsBoundary: unknown;
}

/** Patterns keep quotes and backslashes out of the JSON that is joined from the values. */
const NAME_PATTERN = '[0-9A-Za-z_*?-]+';
const GROUP_PATTERN = '[^"\\\\\\s,]*';

export function plainParameters(stack: Stack): PlainParameters {
  const list = (id: string, props: CfnParameterProps): string[] =>
    new CfnParameter(stack, id, { type: 'CommaDelimitedList', default: '', ...props }).valueAsList;
  const isGiven = (id: string, values: string[]): CfnCondition =>
    new CfnCondition(stack, id, { expression: Fn.conditionNot(Fn.conditionEquals(Fn.join('', values), '')) });
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
    allowedPattern: GROUP_PATTERN,
    description:
      'Patterns of the Kubernetes groups that may be given. Empty: every group that does not begin with system:. system:masters needs AllowClusterAdmin.',
  });
  const policies = list('AccessPolicies', {
    allowedPattern: '[0-9A-Za-z*?]*',
    description:
      'Names or patterns of the EKS access policies that may be associated. Empty: all that are not cluster admin.',
  });
  const allowNodes = flag('AllowNodes', 'Whether node types, node user names and node groups may be given.');
  const allowClusterAdmin = flag(
    'AllowClusterAdmin',
    'Whether system:masters, AmazonEKSClusterAdminPolicy, and AmazonEKSAdminPolicy for a whole cluster may be given.',
  );
  const allowAdoption = flag(
    'AllowAdoption',
    'Whether access entries made by somebody else may be taken over.',
  );
  const nodeRoles = list('NodeRoles', {
    allowedPattern: '(arn:[a-z-]+:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+)?',
    description:
      'ARNs of the node roles that may be mapped as access entries of a node type; only with AllowNodes.',
  });
  const given = {
    accounts: isGiven('GivenPrincipalAccounts', accounts),
    groups: isGiven('GivenGroups', groups),
    policies: isGiven('GivenAccessPolicies', policies),
    nodeRoles: isGiven('GivenNodeRoles', nodeRoles),
  };
  const nodes = isOn('NodesAllowed', allowNodes);
  const passable = new CfnCondition(stack, 'NodeRolesPassable', {
    expression: Fn.conditionAnd(nodes, given.nodeRoles),
  });

  return {
    guardrails: Fn.join('', [
      `{"clusters":["${Fn.join('","', clusters)}"]`,
      optionalList('principalAccounts', given.accounts, accounts),
      optionalList('groups', given.groups, groups),
      optionalList('accessPolicies', given.policies, policies),
      `,"allowNodes":${allowNodes.valueAsString},"allowClusterAdmin":${allowClusterAdmin.valueAsString}}`,
    ]),
    terms: {
      clusters: names(clusters),
      principalAccounts: names(
        Token.asList(Fn.conditionIf(given.accounts.logicalId, accounts, [Aws.ACCOUNT_ID])),
      ),
      groups: names(groups, given.groups),
      accessPolicies: names(policies, given.policies),
      allowNodes: nodes,
      allowClusterAdmin: isOn('ClusterAdminAllowed', allowClusterAdmin),
      allowAdoption: isOn('AdoptionAllowed', allowAdoption),
      nodeRoles: names(nodeRoles, passable),
    },
    ...surroundings(stack),
  };
}

function optionalList(key: string, isGiven: CfnCondition, values: string[]): string {
  return Fn.conditionIf(isGiven.logicalId, `,"${key}":["${Fn.join('","', values)}"]`, '').toString();
}

function surroundings(stack: Stack): Omit<PlainParameters, 'guardrails' | 'terms'> {
  const retention = new CfnParameter(stack, 'LogRetentionDays', {
    type: 'Number',
    default: '365',
    allowedValues: ['30', '60', '90', '180', '365', '400', '545', '731', '1096', '1827', '3653'],
    description: 'How long logs are kept; they stay when the stack is deleted.',
  });
  const exportName = new CfnParameter(stack, 'ExportName', {
    default: DEFAULT_EXPORT_NAME,
    allowedPattern: '[0-9A-Za-z:-]{1,255}',
    description: 'Name of the export that templates import as ServiceToken.',
  });
  const boundary = new CfnParameter(stack, 'PermissionsBoundary', {
    default: '',
    allowedPattern: '(arn:[a-z-]+:iam::[0-9a-z]+:policy/[0-9A-Za-z_+=,.@/-]+)?',
    description: 'ARN of the permissions boundary of the execution role. Empty: none.',
  });
  const subnets = new CfnParameter(stack, 'SubnetIds', {
    type: 'CommaDelimitedList',
    default: '',
    allowedPattern: '(subnet-[0-9a-f]+)?',
    description:
      'Subnets of the function, for clusters without a public endpoint; give SecurityGroupIds as well. Empty: no VPC.',
  });
  const securityGroups = new CfnParameter(stack, 'SecurityGroupIds', {
    type: 'CommaDelimitedList',
    default: '',
    allowedPattern: '(sg-[0-9a-f]+)?',
    description: 'Security groups of the function, which must let HTTPS out; only with SubnetIds.',
  });
  const hasBoundary = new CfnCondition(stack, 'GivenPermissionsBoundary', {
    expression: Fn.conditionNot(Fn.conditionEquals(boundary.valueAsString, '')),
  });
  const inVpc = new CfnCondition(stack, 'InVpc', {
    expression: Fn.conditionNot(Fn.conditionEquals(Fn.join('', subnets.valueAsList), '')),
  });
  const nothing = { Ref: 'AWS::NoValue' };
  return {
    logRetention: retention.valueAsNumber,
    exportName: exportName.valueAsString,
    inVpc,
    vpcConfig: {
      'Fn::If': [
        inVpc.logicalId,
        { SubnetIds: subnets.valueAsList, SecurityGroupIds: securityGroups.valueAsList },
        nothing,
      ],
    },
    permissionsBoundary: { 'Fn::If': [hasBoundary.logicalId, boundary.valueAsString, nothing] },
  };
}
