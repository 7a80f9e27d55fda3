/** What every provider can do, whether it is made in this App or was deployed elsewhere. */
import { type Duration, type IResource, Resource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** A provider: what mappings need of it. */
export interface IEksAccessProvider extends IResource {
  /** ARN of the function, the `ServiceToken` of the mappings. */
  readonly serviceToken: string;

  /** The function. */
  readonly function: lambda.IFunction;

  /** How long CloudFormation waits for an answer unless a mapping says otherwise. */
  readonly serviceTimeout: Duration;

  /** The shortest time that CloudFormation may wait for an answer. */
  readonly leastServiceTimeout: Duration;

  /**
   * Lets a deployer's role use the provider through CloudFormation, and not call the function itself.
   * CloudFormation invokes it with the rights of the principal that creates the stack.
   */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;

  /** A metric of the function in the namespace AWS/Lambda. */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Invocations that failed: answers that were not delivered, because the function throws nothing else. */
  metricErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Events that Lambda dropped: stacks that wait until their ServiceTimeout. */
  metricEventsDropped(props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** The part that is the same for both. */
export abstract class ProviderBase extends Resource implements IEksAccessProvider {
  abstract readonly serviceToken: string;
  abstract readonly function: lambda.IFunction;
  abstract readonly serviceTimeout: Duration;
  abstract readonly leastServiceTimeout: Duration;

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
}
