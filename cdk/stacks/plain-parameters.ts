/** Parameters of the plain template: the props of the provider, for people without CDK. */
import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { DEFAULT_EXPORT_NAME } from '../../access/contract';
import { type PolicyTerms } from '../../access/guardrails/iam/statement';
import { plainClusterRoles, type PlainClusterRoles } from './plain-cluster-roles';
import { plainGuardrails, type PlainGuardrails } from './plain-guardrails';
import { plainNetwork, type PlainNetwork } from './plain-network';
import { plainOperations, type PlainOperations } from './plain-operations';

export interface PlainParameters
  extends PlainGuardrails, Omit<PlainClusterRoles, 'roleArns'>, PlainNetwork, PlainOperations {
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
    ...plainNetwork(stack),
    ...plainOperations(stack),
  };
}

type Surroundings = Omit<
  PlainParameters,
  keyof PlainGuardrails | keyof PlainClusterRoles | keyof PlainNetwork | keyof PlainOperations
>;

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
  const hasBoundary = new CfnCondition(stack, 'GivenPermissionsBoundary', {
    expression: Fn.conditionNot(Fn.conditionEquals(boundary.valueAsString, '')),
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
    permissionsBoundary: { 'Fn::If': [hasBoundary.logicalId, boundary.valueAsString, nothing] },
  };
}
