/** The function's identity: what the guardrails allow, and its own logs, queue and network interfaces. */
import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { allowedStatements } from '../../access/guardrails/iam/execution-policy';
import { deniedStatements } from '../../access/guardrails/iam/fences';
import { type Names, statementsIf } from '../../access/guardrails/iam/names';
import { packPolicies } from '../../access/guardrails/iam/policy-size';
import { type PolicyTerms, type Statement } from '../../access/guardrails/iam/statement';
import { acknowledgeWildcards, IN_VPC, skipInCheckov } from '../findings';
import { inStack, type Toggle } from './now-or-later';

export interface RoleOptions {
  readonly terms: PolicyTerms;
  readonly inVpc: Toggle;
  /** Whether the function looks by itself at the clusters that it may serve. */
  readonly follows: Toggle;
  /** Whether the function may look for the roles of permission sets. */
  readonly findsPermissionSets: Toggle;
  /** Whether the function may ask IAM about roles. */
  readonly asksForRoles: Toggle;
  readonly permissionsBoundary?: iam.IManagedPolicy;
  /** Whether the queue and the environment are encrypted with a key of the owner's own, and its ARN. */
  readonly encrypts: Toggle;
  readonly encryptionKeyArn: string;
  readonly traces: Toggle;
}

/** Managed policies that the role refers to, so that they are deleted after the role and the function (CR-54). */
export function executionRole(
  scope: Construct,
  options: RoleOptions,
  logGroup: logs.LogGroup,
  queue: sqs.Queue,
): iam.Role {
  const statements = [
    ...inStack(allowedStatements(options.terms)),
    ...ownStatements(options, logGroup, queue),
  ];
  // How long parameters are is not known here; IAM says so when they are too long for one policy.
  const policies = options.terms.clusters.asParameter ? [statements] : packPolicies(statements);
  const parts = [
    ...policies.map((part, index) => [index === 0 ? 'Policy' : `Policy${index + 1}`, part] as const),
    ['Fences', inStack(deniedStatements(options.terms))] as const,
  ];
  const managedPolicies = parts.map(([id, part]) => {
    const policy = new iam.CfnManagedPolicy(scope, id, {
      description:
        id === 'Fences'
          ? 'What the guardrails of cfn-eks-access deny, in terms of IAM'
          : 'What the guardrails of cfn-eks-access allow, in terms of IAM',
      policyDocument: { Version: '2012-10-17', Statement: part },
    });
    acknowledgeWildcards(policy, part);
    if (options.inVpc === true) skipInCheckov(policy, IN_VPC);
    return iam.ManagedPolicy.fromManagedPolicyArn(scope, `${id}Ref`, policy.ref);
  });
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Execution role of the cfn-eks-access provider',
    managedPolicies,
    ...(options.permissionsBoundary ? { permissionsBoundary: options.permissionsBoundary } : {}),
  });
}

function ownStatements(options: RoleOptions, logGroup: logs.LogGroup, queue: sqs.Queue): unknown[] {
  const { inVpc, follows, findsPermissionSets, asksForRoles, encrypts, encryptionKeyArn, traces } = options;
  const { clusters } = options.terms;
  const allow = (Sid: string, Action: unknown, Resource: string): Statement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  const stacks = `arn:${Aws.PARTITION}:cloudformation:${Aws.REGION}:${Aws.ACCOUNT_ID}:stack/*/*`;
  const roles = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/*`;
  return [
    // CR-28: is the resource still wanted after its Create? Every stack of the account may use the provider.
    allow('StillWanted', ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], stacks),
    allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    allow('Undelivered', 'sqs:SendMessage', queue.queueArn),
    // Names without wildcards need no list. EKS takes no resource for it but `*`.
    ...(hasPatterns(clusters) ? statementsIf(follows, [allow('ListClusters', 'eks:ListClusters', '*')]) : []),
    // IAM takes no resource for it but `*`, and no condition on the path that is asked for: names of roles can be read.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    ...statementsIf(findsPermissionSets, [allow('PermissionSets', 'iam:ListRoles', '*')]),
    // Which roles templates will name is not known; of another account IAM would tell nothing.
    ...statementsIf(asksForRoles, [allow('RecreatedRoles', 'iam:GetRole', roles)]),
    // Lambda puts undelivered events into the queue as this role.
    ...statementsIf(encrypts, [
      allow('EncryptionKey', ['kms:Decrypt', 'kms:GenerateDataKey'], encryptionKeyArn),
    ]),
    ...statementsIf(traces, [allow('Tracing', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*')]),
    // As in AWSLambdaVPCAccessExecutionRole: network interfaces have no names to limit them by.
    ...statementsIf(inVpc, [allow('NetworkInterfaces', NETWORK_INTERFACES, '*')]),
  ];
}

/** Whether the list may have wildcards; of a parameter that is not known here. */
function hasPatterns({ asParameter, values }: Names): boolean {
  return asParameter !== undefined || values.some((name) => /[*?]/.test(name));
}

const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];
