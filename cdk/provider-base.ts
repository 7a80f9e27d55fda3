/** What every provider can do, whether it is made in this App or was deployed elsewhere. */
import { type aws_eks as eks, type Duration, Resource, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { EVENT_METRICS, METRICS_NAMESPACE, RUN_METRICS } from '../access/contract';
import { shown } from './checks/given';
import { allowCluster } from './cluster-access';
import { grantAccess } from './grant-access';
import { type IMapping } from './mapping-interface';
import {
  type AllowClusterOptions,
  type GrantAccessOptions,
  type IEksAccessProvider,
} from './provider-interface';

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

  grantAccess(cluster: eks.IClusterRef, grantee: iam.IGrantable, options: GrantAccessOptions = {}): IMapping {
    return grantAccess(this, cluster, grantee, options);
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
    if ((grantee as iam.IGrantable | null | undefined)?.grantPrincipal === undefined)
      throw new Error(
        `${this.node.path}: grantInvoke: the grantee is ${shown(grantee)}: give a role, a user or what runs as one`,
      );
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
