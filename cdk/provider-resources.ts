/**
 * Everything in an account that the provider consists of. The construct and the plain template are both made from
 * this, so that there is one source (CO-16).
 */
import { CfnOutput, Duration, type RemovalPolicy } from 'aws-cdk-lib';
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
import { network, type NetworkOptions } from './network';
import { operations, type OperationsOptions } from './operations/operations';
import { applySettings, fipsEnvironment, type SettingsOptions } from './operations/settings';
import { schedule } from './schedule';
import { type EndpointOptions, vpcEndpoints } from './vpc-endpoints';
import { explainFindings } from './provider-findings';
import { type Toggle } from './policy/now-or-later';

/** As `lambda.Runtime.NODEJS_24_X`, which older versions of aws-cdk-lib do not have. */
const NODEJS_24 = new lambda.Runtime('nodejs24.x', lambda.RuntimeFamily.NODEJS, { supportsInlineCode: true });

export interface ResourceOptions
  extends RoleOptions, Following, OperationsOptions, SettingsOptions, NetworkOptions {
  readonly bundle: Bundle;
  readonly code: lambda.Code;
  /** Value of EKS_ACCESS_GUARDRAILS. */
  readonly guardrails: string;
  /** Value of EKS_ACCESS_CLUSTER_ROLES; undefined: none. */
  readonly clusterRoles?: string | undefined;
  /** Value of EKS_ACCESS_RIGHTS_SETUP; undefined: none. */
  readonly rightsSetup?: string | undefined;
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
  /** Undefined: none are made. Asked for when the function is there. */
  readonly endpoints?: (handler: lambda.Function) => EndpointOptions;
}

export interface ProviderResources {
  readonly handler: lambda.Function;
  readonly role: iam.IRole;
  readonly queue: sqs.Queue;
  /** Undefined where the provider follows nothing by itself. */
  readonly scheduleRole: iam.CfnRole | undefined;
}

export function providerResources(scope: Construct, options: ResourceOptions): ProviderResources {
  const { removalPolicy } = options;
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
      ...fipsEnvironment(options.usesFips),
      [ENVIRONMENT.guardrails]: options.guardrails,
      [ENVIRONMENT.followMode]: options.followMode,
      [ENVIRONMENT.permissionSets]: options.permissionSets,
      [ENVIRONMENT.healRecreatedRoles]: options.healRecreatedRoles,
      ...(options.clusterRoles === undefined ? {} : { [ENVIRONMENT.clusterRoles]: options.clusterRoles }),
      ...(options.rightsSetup === undefined ? {} : { [ENVIRONMENT.setUpRights]: options.rightsSetup }),
      // The function depends on its role, and the role on nothing of the function.
      [ENVIRONMENT.roleArn]: role.roleArn,
    },
    memorySize: options.memorySize,
    timeout: options.timeout,
    // Each event once and as it was, with the reason beside it: what is run again is the message itself (CO-25).
    deadLetterQueue: queue,
    ...(options.functionName === undefined ? {} : { functionName: options.functionName }),
    ...network(scope, options),
  });
  handler.configureAsyncInvoke({
    maxEventAge: options.serviceTimeout,
    retryAttempts: 2,
  });
  const scheduleRole = schedule(scope, handler.functionArn, options);
  // A role of the owner's own has the rights that its owner gives it.
  if (!options.role) selfInvocation(scope, handler.functionArn, role, options.terms.allowModeChange);
  operations(scope, { handler, queue, roleArn: role.roleArn, timeout: options.timeout }, logGroup, options);
  applySettings({ handler, logGroup, queue }, options);
  if (options.endpoints) {
    const { clusterRoles, allowModeChange } = options.terms;
    const needs = {
      sts: clusterRoles.given as Toggle,
      lambda: allowModeChange as Toggle,
      xray: options.traces,
    };
    vpcEndpoints(scope, options.endpoints(handler), needs);
  }
  explainFindings({ handler, logGroup, queue }, options);
  return { handler, role, queue, scheduleRole };
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
