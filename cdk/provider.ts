/** The provider as a construct: one privilege broker per account and Region, deployed once, used by every stack. */
import { Annotations, Duration, Fn, RemovalPolicy, Stack, Stage, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { DEFAULT_EXPORT_NAME, ROLE_EXPORT_SUFFIX } from '../access/contract';
import { readBundle } from './bundle';
import { checkExportName, refuseSecondExport } from './checks/one-export';
import { atPath } from './checks/naming-path';
import { checkProps } from './checks/provider-props';
import { rememberProvider } from './checks/known-providers';
import { clusterRolesJson, trustOutputs } from './cluster-roles';
import { FollowMode } from './follow-mode';
import { guardrailsJson } from './guardrails';
import { following } from './following';
import { importedProvider, type ImportedProviderOptions } from './imported-provider';
import { guardrailTerms } from './policy/guardrail-terms';
import { operating } from './operating';
import { type EksAccessProviderProps } from './provider-props';
import { providerOutputs, providerResources, type ProviderResources } from './provider-resources';
import { ProviderBase } from './provider-base';
import { RIGHTS_SETUP } from './rights-setup';
import { type IEksAccessProvider } from './provider-interface';
import { leastServiceTimeout, serviceTimeoutFor } from './checks/service-timeout';
import { pinNestedStacks, pinReferences } from './strong-reference';

/** The function that serves the mappings, with its role, logs, queue of undelivered events and exported service token. */
export class EksAccessProvider extends ProviderBase implements ec2.IConnectable {
  /** A provider that was deployed elsewhere, by the ARN of its function. */
  static fromServiceToken(
    scope: Construct,
    id: string,
    serviceToken: string,
    options: ImportedProviderOptions = {},
  ): IEksAccessProvider {
    return importedProvider(scope, id, serviceToken, options);
  }

  /**
   * A provider of the same account and Region, by the name of its export. The ARN of its role is imported where it is
   * used, under that name followed by `-RoleArn`.
   */
  static fromExport(
    scope: Construct,
    id: string,
    exportName: string = DEFAULT_EXPORT_NAME,
  ): IEksAccessProvider {
    checkExportName(exportName);
    const roleArn = Fn.importValue(`${exportName}${ROLE_EXPORT_SUFFIX}`);
    return importedProvider(scope, id, Fn.importValue(exportName), { roleArn });
  }

  /**
   * The provider of this App (or Stage) for the account and Region of `scope`, in a stack of its own that is made
   * on the first call; with the default guardrails. For tests and small apps: elsewhere, say what is allowed.
   */
  static getOrCreate(scope: Construct): EksAccessProvider {
    const { account, region } = Stack.of(scope);
    const root = Stage.of(scope) ?? scope.node.root;
    const known = [account, region].filter((part) => !Token.isUnresolved(part));
    const id = ['EksAccessProvider', ...known].join('-');
    const env = {
      ...(Token.isUnresolved(account) ? {} : { account }),
      ...(Token.isUnresolved(region) ? {} : { region }),
    };
    const stack = (root.node.tryFindChild(id) as Stack | undefined) ?? new Stack(root, id, { env });
    const existing = stack.node.tryFindChild('Provider') as EksAccessProvider | undefined;
    return existing ?? new EksAccessProvider(stack, 'Provider');
  }

  /** Whether `x` is a provider made in this App. */
  static isEksAccessProvider(x: unknown): x is EksAccessProvider {
    return x instanceof EksAccessProvider;
  }

  readonly serviceToken: string;
  readonly function: lambda.IFunction;
  readonly serviceTimeout: Duration;
  readonly leastServiceTimeout: Duration;

  readonly role: iam.IRole;

  private readonly resources: ProviderResources;
  private readonly timeout: Duration;
  private readonly exportName: string;

  constructor(scope: Construct, id: string, props: EksAccessProviderProps = {}) {
    super(scope, id);
    atPath(this, () => checkProps(this, props));
    this.timeout = props.timeout ?? Duration.seconds(60);
    this.exportName = props.exportName ?? DEFAULT_EXPORT_NAME;
    this.serviceTimeout = serviceTimeoutFor(this.timeout);
    this.leastServiceTimeout = leastServiceTimeout(this.timeout);
    rememberProvider(this, {
      guardrails: props.guardrails ?? {},
      permissionSets: props.permissionSets ?? false,
      followMode: props.followMode ?? FollowMode.MOVE,
      inVpc: props.vpc !== undefined,
    });
    refuseSecondExport(this, this.exportName);
    const bundle = readBundle();
    this.resources = providerResources(this, {
      ...optional(props),
      bundle,
      code: lambda.Code.fromAsset(bundle.directory),
      guardrails: atPath(this, () => guardrailsJson(props.guardrails ?? {})),
      clusterRoles: atPath(this, () => clusterRolesJson(props.clusterRoles)),
      rightsSetup: props.setUpRights ? RIGHTS_SETUP : undefined,
      terms: guardrailTerms(props.guardrails ?? {}, props),
      environment: props.environment ?? {},
      memorySize: props.memorySize ?? 512,
      timeout: this.timeout,
      serviceTimeout: this.serviceTimeout,
      logRetention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      inVpc: props.vpc !== undefined,
      permissionSets: String(props.permissionSets ?? false),
      findsPermissionSets: props.permissionSets ?? false,
      ...atPath(this, () => following(props)),
      hasAlarms: props.alarmTopic !== undefined,
      alarmActions: props.alarmTopic ? [new SnsAction(props.alarmTopic)] : [],
      hasDashboard: props.dashboard ?? false,
      ...operating(props),
    });
    this.function = this.resources.handler;
    this.role = this.resources.role;
    this.serviceToken = this.function.functionArn;
    providerOutputs(this, this.resources, this.exportName);
    pinReferences(this.function);
    pinReferences(this.role);
    pinNestedStacks(this);
    trustOutputs(this, this.role.roleArn, props.clusterRoles);
    if (props.guardrails?.allowNodes && (props.nodeRoles ?? []).length === 0) {
      Annotations.of(this).addWarningV2(
        'cfn-eks-access:node-roles',
        'the guardrails allow nodes but nodeRoles names none: access entries of type EC2_LINUX and EC2_WINDOWS need iam:PassRole on the node role; list the roles in nodeRoles',
      );
    }
  }

  /** Network connections of the function, when it has a `vpc`: `cluster.connections.allowFrom(provider, Port.HTTPS)`. */
  get connections(): ec2.Connections {
    return this.function.connections;
  }

  /** Events that wait in the queue of undelivered events. */
  metricUndelivered(props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.undelivered.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...props });
  }

  /** Events that Lambda gave up on, each once and as it was; attributes of the message say why. */
  get undelivered(): sqs.IQueue {
    return this.resources.queue;
  }

  /**
   * @internal
   */
  protected override _roleArnInShell(stack: Stack): string {
    if (stack === Stack.of(this)) return this.roleArn;
    const query = `Exports[?Name=='${this.exportName}${ROLE_EXPORT_SUFFIX}'].Value`;
    return `"$(aws cloudformation list-exports --region ${stack.region} --query "${query}" --output text)"`;
  }
}

type Passed = 'functionName' | 'role' | 'permissionsBoundary' | 'vpc' | 'vpcSubnets' | 'securityGroups';

/** The props that go through as they are, without those that were left out. */
function optional(props: EksAccessProviderProps): {
  readonly [key in Passed]?: NonNullable<EksAccessProviderProps[key]>;
} {
  const { functionName, role, permissionsBoundary, vpc, vpcSubnets, securityGroups } = props;
  const passed = { functionName, role, permissionsBoundary, vpc, vpcSubnets, securityGroups };
  return Object.fromEntries(Object.entries(passed).filter(([, value]) => value !== undefined));
}
