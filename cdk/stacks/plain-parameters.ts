/** Parameters of the plain template: the props of the provider, for people without CDK. */
import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { DEFAULT_EXPORT_NAME } from '../../access/contract';
import { type PolicyTerms } from '../../access/guardrails/iam/statement';
import { plainClusterRoles, type PlainClusterRoles } from './plain-cluster-roles';
import { plainGuardrails, type PlainGuardrails } from './plain-guardrails';

export interface PlainParameters extends PlainGuardrails, Omit<PlainClusterRoles, 'roleArns'> {
  readonly terms: PolicyTerms;
  readonly logRetention: number;
  readonly exportName: string;
  readonly followMode: string;
  readonly follows: CfnCondition;
  readonly everyMinutes: number;
  readonly permissionSets: string;
  readonly findsPermissionSets: CfnCondition;
  readonly healRecreatedRoles: string;
  readonly asksForRoles: CfnCondition;
  readonly hasAlarms: CfnCondition;
  readonly alarmTopicArn: string;
  readonly hasDashboard: CfnCondition;
  readonly inVpc: CfnCondition;
  readonly vpcConfig: unknown;
  readonly permissionsBoundary: unknown;
}

export function plainParameters(stack: Stack): PlainParameters {
  const { terms, guardrails } = plainGuardrails(stack);
  const { roleArns, ...clusterRoles } = plainClusterRoles(stack);
  return {
    guardrails,
    terms: { ...terms, clusterRoles: roleArns },
    ...clusterRoles,
    ...surroundings(stack),
  };
}

type Surroundings = Omit<PlainParameters, keyof PlainGuardrails | keyof PlainClusterRoles>;

function surroundings(stack: Stack): Surroundings {
  const retention = new CfnParameter(stack, 'LogRetentionDays', {
    type: 'Number',
    default: '365',
    allowedValues: ['30', '60', '90', '180', '365', '400', '545', '731', '1096', '1827', '3653'],
    description: 'How long logs are kept; they stay when the stack is deleted.',
  });
  const exportName = new CfnParameter(stack, 'ExportName', {
    default: DEFAULT_EXPORT_NAME,
    // With the suffix for the role, 255 characters at most.
    allowedPattern: '[0-9A-Za-z:-]{1,247}',
    description:
      'Name of the export that templates import as ServiceToken. The ARN of the role is exported as this name followed by -RoleArn.',
  });
  const followMode = new CfnParameter(stack, 'FollowMode', {
    default: 'true',
    allowedValues: ['true', 'report', 'false'],
    description:
      'What the provider does by itself with mappings whose cluster has changed its authentication mode: move them into access entries (true), only say what it would move (report), or nothing, without a schedule (false).',
  });
  const followEvery = new CfnParameter(stack, 'FollowEveryMinutes', {
    type: 'Number',
    default: '15',
    minValue: 5,
    maxValue: 1_440,
    description: 'How often it looks, in whole minutes.',
  });
  const permissionSets = new CfnParameter(stack, 'PermissionSets', {
    default: 'false',
    allowedValues: ['false', 'true'],
    description:
      'Whether templates may name a permission set of IAM Identity Center instead of the ARN of a role. The function then may do iam:ListRoles.',
  });
  const healRecreatedRoles = new CfnParameter(stack, 'HealRecreatedRoles', {
    default: 'false',
    allowedValues: ['false', 'report', 'true'],
    description:
      'What becomes of the access entry of a role that was deleted and made again under its name, which lets nobody in: the schedule makes it again (true), the schedule tells it and an Update of its resource makes it again (report), or nothing (false). With true and report the function may do iam:GetRole.',
  });
  const boundary = new CfnParameter(stack, 'PermissionsBoundary', {
    default: '',
    allowedPattern: '(arn:[a-z-]+:iam::[0-9a-z]+:policy/[0-9A-Za-z_+=,.@/-]+)?',
    description:
      'ARN of the permissions boundary of the execution role and of the role of the schedule. Empty: none.',
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
  const alarmTopic = new CfnParameter(stack, 'AlarmTopicArn', {
    default: '',
    allowedPattern: '(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_.-]+)?',
    description:
      'ARN of the SNS topic that is told when an alarm of the provider is raised; one that is encrypted with a key of your own needs a key policy that lets cloudwatch.amazonaws.com use it. Empty: no alarms.',
  });
  const dashboard = new CfnParameter(stack, 'Dashboard', {
    default: 'false',
    allowedValues: ['false', 'true'],
    description: 'Whether the provider has a dashboard in CloudWatch, and saved queries for its log.',
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
    followMode: followMode.valueAsString,
    follows: new CfnCondition(stack, 'Follows', {
      expression: Fn.conditionNot(Fn.conditionEquals(followMode.valueAsString, 'false')),
    }),
    everyMinutes: followEvery.valueAsNumber,
    permissionSets: permissionSets.valueAsString,
    findsPermissionSets: new CfnCondition(stack, 'FindsPermissionSets', {
      expression: Fn.conditionEquals(permissionSets.valueAsString, 'true'),
    }),
    healRecreatedRoles: healRecreatedRoles.valueAsString,
    asksForRoles: new CfnCondition(stack, 'AsksForRoles', {
      expression: Fn.conditionNot(Fn.conditionEquals(healRecreatedRoles.valueAsString, 'false')),
    }),
    hasAlarms: new CfnCondition(stack, 'HasAlarms', {
      expression: Fn.conditionNot(Fn.conditionEquals(alarmTopic.valueAsString, '')),
    }),
    alarmTopicArn: alarmTopic.valueAsString,
    hasDashboard: new CfnCondition(stack, 'HasDashboard', {
      expression: Fn.conditionEquals(dashboard.valueAsString, 'true'),
    }),
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
