/**
 * Everything in an account that the provider consists of. The construct and the plain template are both made from
 * this, so that there is one source (CO-16).
 */
import { CfnOutput, type CfnResource, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { ENVIRONMENT, ROLE_EXPORT_SUFFIX } from '../access/contract';
import { type Bundle, describeBundle } from './bundle';
import { executionRole, type RoleOptions } from './policy/execution-role';
import { selfInvocation } from './policy/self-invocation';
import { type Following } from './following';
import { operations, type OperationsOptions } from './operations/operations';
import { schedule } from './schedule';
import { LOG_GROUP, OUTSIDE_VPC, PROVIDER_FUNCTION, skipInCheckov, UNDELIVERED_QUEUE } from './findings';

/** As `lambda.Runtime.NODEJS_24_X`, which older versions of aws-cdk-lib do not have. */
const NODEJS_24 = new lambda.Runtime('nodejs24.x', lambda.RuntimeFamily.NODEJS, { supportsInlineCode: true });

export interface ResourceOptions extends RoleOptions, Following, OperationsOptions {
  readonly bundle: Bundle;
  readonly code: lambda.Code;
  /** Value of EKS_ACCESS_GUARDRAILS. */
  readonly guardrails: string;
  /** Value of EKS_ACCESS_CLUSTER_ROLES; undefined: none. */
  readonly clusterRoles?: string | undefined;
  /** Value of EKS_ACCESS_PERMISSION_SETS. */
  readonly permissionSets: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memorySize: number;
  readonly timeout: Duration;
  /** How long CloudFormation waits for an answer; a later one is not read. */
  readonly serviceTimeout: Duration;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly functionName?: string;
  readonly role?: iam.IRole;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

export interface ProviderResources {
  readonly handler: lambda.Function;
  readonly role: iam.IRole;
  readonly queue: sqs.Queue;
  /** Undefined where the provider follows nothing by itself. */
  readonly scheduleRole: iam.CfnRole | undefined;
}

export function providerResources(scope: Construct, options: ResourceOptions): ProviderResources {
  const { removalPolicy, vpc } = options;
  // Logs and undelivered events outlive the stack: they are what explains its failed deletion (CR-51).
  const logGroup = new logs.LogGroup(scope, 'Logs', { retention: options.logRetention, removalPolicy });
  const queue = new sqs.Queue(scope, 'Undelivered', {
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
    removalPolicy,
  });
  const role = options.role ?? executionRole(scope, options, logGroup, queue);
  const handler = new lambda.Function(scope, 'Function', {
    description: describeBundle(options.bundle),
    runtime: NODEJS_24,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: options.code,
    // The policy is all that the role has: CDK adds nothing by itself.
    role: iam.Role.fromRoleArn(scope, 'FixedRole', role.roleArn, { mutable: false }),
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    environment: {
      ...options.environment,
      [ENVIRONMENT.guardrails]: options.guardrails,
      [ENVIRONMENT.followMode]: options.followMode,
      [ENVIRONMENT.permissionSets]: options.permissionSets,
      [ENVIRONMENT.healRecreatedRoles]: options.healRecreatedRoles,
      ...(options.clusterRoles === undefined ? {} : { [ENVIRONMENT.clusterRoles]: options.clusterRoles }),
      // The function depends on its role, and the role on nothing of the function.
      [ENVIRONMENT.roleArn]: role.roleArn,
    },
    memorySize: options.memorySize,
    timeout: options.timeout,
    // Each event once and as it was, with the reason beside it: what is run again is the message itself (CO-25).
    deadLetterQueue: queue,
    ...(options.functionName === undefined ? {} : { functionName: options.functionName }),
    ...(vpc ? { vpc, ...network(scope, vpc, options) } : {}),
  });
  handler.configureAsyncInvoke({
    maxEventAge: options.serviceTimeout,
    retryAttempts: 2,
  });
  const scheduleRole = schedule(scope, handler.functionArn, options);
  // A role of the owner's own has the rights that its owner gives it.
  if (!options.role) selfInvocation(scope, handler.functionArn, role, options.terms.allowModeChange);
  operations(scope, { handler, queue, timeout: options.timeout }, logGroup, options);
  skipInCheckov(logGroup.node.defaultChild as CfnResource, LOG_GROUP);
  skipInCheckov(queue.node.defaultChild as CfnResource, UNDELIVERED_QUEUE);
  const function_ = handler.node.defaultChild as CfnResource;
  skipInCheckov(function_, PROVIDER_FUNCTION, ...(options.inVpc === false ? [OUTSIDE_VPC] : []));
  return { handler, role, queue, scheduleRole };
}

/** CDK's own group would let everything out; EKS, Kubernetes and the answer bucket all speak HTTPS. */
function network(scope: Construct, vpc: ec2.IVpc, options: ResourceOptions): Partial<lambda.FunctionProps> {
  const securityGroups = options.securityGroups ?? [httpsOnly(scope, vpc)];
  return { securityGroups, ...(options.vpcSubnets ? { vpcSubnets: options.vpcSubnets } : {}) };
}

function httpsOnly(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'cfn-eks-access: HTTPS out, nothing in',
    allowAllOutbound: false,
  });
  group.addEgressRule(
    ec2.Peer.anyIpv4(),
    ec2.Port.HTTPS,
    'EKS, the cluster and the answer to CloudFormation',
  );
  return group;
}

/** What people need of the deployed stack; the exports are for templates and Apps that import the provider. */
export function providerOutputs(
  scope: Construct,
  { handler, role, queue }: ProviderResources,
  exportName: string,
): CfnOutput[] {
  return [
    new CfnOutput(scope, 'ServiceToken', {
      description: 'ServiceToken of the custom resources',
      value: handler.functionArn,
      exportName,
    }),
    new CfnOutput(scope, 'RoleArn', {
      description: 'The identity that needs rights in the clusters, see samples/provider-rbac.yaml',
      value: role.roleArn,
      exportName: `${exportName}${ROLE_EXPORT_SUFFIX}`,
    }),
    new CfnOutput(scope, 'UndeliveredQueueUrl', {
      description: 'Events that were never answered',
      value: queue.queueUrl,
    }),
  ];
}
