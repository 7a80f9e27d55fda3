/** What every provider can do, whether it is made in this App or was deployed elsewhere. */
import { type aws_eks as eks, type Duration, type IResource, Resource, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { EVENT_METRICS, METRICS_NAMESPACE, RUN_METRICS } from '../access/contract';
import { allowCluster, type AllowClusterOptions } from './cluster-access';

/** A provider: what mappings need of it. */
export interface IEksAccessProvider extends IResource {
  /** ARN of the function, the `ServiceToken` of the mappings. */
  readonly serviceToken: string;

  /** The function. */
  readonly function: lambda.IFunction;

  /**
   * Execution role of the function: the identity that needs rights in a cluster. Throws where it is not known: for
   * `EksAccessProvider.fromServiceToken` without `roleArn`.
   */
  readonly role: iam.IRole;

  /** ARN of the execution role, with its path. Throws where `role` does. */
  readonly roleArn: string;

  /** How long CloudFormation waits for an answer unless a mapping says otherwise. */
  readonly serviceTimeout: Duration;

  /** The shortest time that CloudFormation may wait for an answer. */
  readonly leastServiceTimeout: Duration;

  /**
   * Lets a deployer's role use the provider through CloudFormation, and not call the function itself.
   * CloudFormation invokes it with the rights of the principal that creates the stack.
   */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;

  /**
   * Lets the provider into a cluster: a native access entry with the Kubernetes group that
   * `samples/provider-rbac.yaml` binds to the least rights on aws-auth. It is made in the stack of the cluster, or
   * in the provider's where that one needs the cluster's. A cluster that reads aws-auth only has no access entries;
   * for one, the command that maps the role is an output.
   */
  allowCluster(cluster: eks.IClusterRef, options?: AllowClusterOptions): void;

  /** A metric of the function in the namespace AWS/Lambda. */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Invocations that failed: answers that were not delivered, because the function throws nothing else. */
  metricErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Events that Lambda dropped: stacks that wait until their ServiceTimeout. */
  metricEventsDropped(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * What the runs of the provider's schedule count, `MappingsLeft` for instance: docs/moving-a-cluster.md has all names.
   * Namespace `cfn-eks-access`, statistic Maximum. Throws for another name.
   */
  metricRun(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * What the stack events count, `EventsDenied` for instance: docs/operations.md has all names. Namespace
   * `cfn-eks-access`, statistic Sum. Throws for another name.
   */
  metricEvent(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Events that the guardrails refused: a template asked for more than the provider was deployed to give. */
  metricDenied(props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** The part that is the same for both. */
export abstract class ProviderBase extends Resource implements IEksAccessProvider {
  abstract readonly serviceToken: string;
  abstract readonly function: lambda.IFunction;
  abstract readonly role: iam.IRole;
  abstract readonly serviceTimeout: Duration;
  abstract readonly leastServiceTimeout: Duration;

  get roleArn(): string {
    return this.role.roleArn;
  }

  allowCluster(cluster: eks.IClusterRef, options: AllowClusterOptions = {}): void {
    const { serviceToken, roleArn } = this;
    const roleArnInShell = (stack: Stack): string => this._roleArnInShell(stack);
    allowCluster({ construct: this, serviceToken, roleArn, roleArnInShell }, cluster, options);
  }

  /**
   * What a command in an output of this stack writes for the role's ARN.
   *
   * @internal
   */
  protected _roleArnInShell(_stack: Stack): string {
    return this.roleArn;
  }

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.serviceToken],
      // CR-42: true for the calls that CloudFormation makes on behalf of the deployer.
      conditions: { Bool: { 'aws:ViaAWSService': 'true' } },
    });
  }

  metric(metricName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.function.metric(metricName, props);
  }

  metricErrors(props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Errors', { statistic: 'Sum', ...props });
  }

  metricEventsDropped(props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('AsyncEventsDropped', { statistic: 'Sum', ...props });
  }

  metricRun(metricName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.ownMetric('a run', RUN_METRICS, metricName, { statistic: 'Maximum', ...props });
  }

  metricEvent(metricName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const names = Object.keys(EVENT_METRICS);
    return this.ownMetric('a stack event', names, metricName, { statistic: 'Sum', ...props });
  }

  metricDenied(props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metricEvent('EventsDenied', props);
  }

  private ownMetric(
    of: string,
    names: readonly string[],
    metricName: string,
    options: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    if (!names.includes(metricName))
      throw new Error(`there is no metric "${metricName}" of ${of}: write one of ${names.join(', ')}`);
    const dimensionsMap = { Service: this.function.functionName };
    return new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap,
      ...options,
    }).attachTo(this);
  }
}
