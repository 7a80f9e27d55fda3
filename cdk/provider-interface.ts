/** A provider, as other constructs use it. */
import { type aws_eks as eks, type Duration, type IResource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type IMapping } from './mapping-interface';
import { type NamedRight } from './named-right';
import { type ExistingEntry } from './mapping-words';

/** How the provider is let into a cluster, and what is known of a cluster that was made elsewhere. */
export interface AllowClusterOptions {
  /**
   * Whether the cluster's authentication mode is CONFIG_MAP, in which it has no access entries.
   *
   * @default - read from the cluster where it is made in this App; otherwise false
   */
  readonly configMapOnly?: boolean;

  /**
   * What lets the provider edit aws-auth. `rbac`: the Role and RoleBinding of `samples/provider-rbac.yaml`, which
   * an admin applies once and which give aws-auth and nothing else. `policy`: AmazonEKSEditPolicy in the namespace
   * kube-system, so that nobody has to run kubectl. It costs: the provider can then also read and write every
   * Secret, ConfigMap and workload of kube-system and use the ServiceAccounts there, which amounts to cluster
   * admin. Only for clusters of mode API_AND_CONFIG_MAP.
   *
   * @default "rbac"
   */
  readonly awsAuth?: string;
}

/** What a role or user gets in a cluster. */
export interface GrantAccessOptions {
  /**
   * Kubernetes groups.
   *
   * @default []
   */
  readonly groups?: string[];

  /**
   * EKS access policies. Only where the mapping is an access entry.
   *
   * @default []
   */
  readonly policies?: eks.IAccessPolicy[];

  /**
   * Named rights, the same on every cluster.
   *
   * @default []
   */
  readonly rights?: NamedRight[];

  /**
   * Kubernetes user name.
   *
   * @default - `arn:P:sts::A:assumed-role/<role>/{{SessionName}}` for a role, its ARN for a user
   */
  readonly userName?: string;

  /**
   * What to do when another stack, a person or another tool has already mapped the principal.
   *
   * @default ExistingEntry.FAIL
   */
  readonly existingEntry?: ExistingEntry;

  /**
   * Where the mapping is made, where not beside the role or user: needed where the stack of the cluster refers to that
   * of the role or user.
   *
   * @default - the role or user; of one that the cluster makes for itself: beside the cluster
   */
  readonly scope?: Construct;
}

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

  /**
   * Maps a role or user on a cluster: the role of a function, for instance, by the function itself. The mapping is made
   * beside the role or user, so in its stack.
   */
  grantAccess(cluster: eks.IClusterRef, grantee: iam.IGrantable, options?: GrantAccessOptions): IMapping;

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
