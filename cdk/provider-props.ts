/** Everything that can be said of a provider when it is made. */
import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { type FollowMode } from './follow-mode';
import { type HealRecreatedRoles } from './heal-recreated-roles';
import { type ClusterRole } from './cluster-roles';
import { type EksAccessGuardrails } from './guardrails';

/** Properties of an EksAccessProvider. All are optional: without any, it denies what is dangerous. */
export interface EksAccessProviderProps {
  /**
   * What templates may ask for. Mirrored in the execution role where IAM can (docs/security.md).
   *
   * @default - own account's principals, no reserved names, no nodes, no cluster admin, no takeover, on every cluster
   */
  readonly guardrails?: EksAccessGuardrails;

  /**
   * Roles of self-managed nodes that templates may map with a node type; EKS asks for `iam:PassRole` on them
   * (GT-117). Only used when the guardrails allow nodes.
   *
   * @default - none: node types can be mapped in aws-auth only
   */
  readonly nodeRoles?: iam.IRoleRef[];

  /**
   * Roles as which the provider reaches the Kubernetes API of named clusters, by the name of the cluster. So a template
   * can make a cluster and map its node role in aws-auth before anybody has run kubectl: name the role that makes the
   * cluster. The calls to the EKS API stay the function's own. No stack may map such a role on its cluster.
   *
   * @default - every cluster is reached as the execution role, which must be mapped there (samples/provider-rbac.yaml)
   */
  readonly clusterRoles?: { [clusterName: string]: ClusterRole };

  /**
   * Whether the provider may apply what named rights need to the clusters of `clusterRoles`, so that nobody has to apply
   * `samples/rights-rbac.yaml` there: of it the ClusterRoles and the ClusterRoleBinding of each right that a mapping
   * asks for, as the role of `clusterRoles`, which must be an administrator of the cluster. Never by force, and nothing is
   * ever removed (docs/reference/rights.md).
   *
   * @default false
   */
  readonly setUpRights?: boolean;

  /**
   * Name under which the service token is exported for stacks that are not written with CDK. The ARN of the role is
   * exported beside it, under this name followed by `-RoleArn`.
   *
   * @default "EksAccessServiceToken"
   */
  readonly exportName?: string;

  /**
   * Name of the function. Stacks refer to it: it cannot change while a mapping exists (CR-55).
   *
   * @default - chosen by CloudFormation
   */
  readonly functionName?: string;

  /**
   * Network of the function, for clusters without a public endpoint. Access entries never need it.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the function; they need a route to EKS, CloudFormation and the answer bucket in S3.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the function.
   *
   * @default - one of its own: HTTPS out, nothing in
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether VPC endpoints are made in `vpc` for what the function calls: EKS, CloudFormation and the S3 bucket that takes
   * its answers, and STS, Lambda and X-Ray where it calls them. They have private DNS names, so that the whole VPC uses
   * them, and let in the function's security groups and principals of this account alone: for a VPC that is the
   * provider's own. docs/operations.md names the services for endpoints of yours.
   *
   * @default false
   */
  readonly vpcEndpoints?: boolean;

  /**
   * Whether the function calls AWS by its FIPS endpoints. EKS has them in the Regions of the United States and in GovCloud.
   *
   * @default false
   */
  readonly fipsEndpoints?: boolean;

  /**
   * Further environment variables of the function.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * What the provider does by itself with mappings whose cluster has changed its authentication mode: CloudFormation
   * sends no event for that. A schedule of its own invokes the function (docs/moving-a-cluster.md).
   *
   * @default FollowMode.MOVE
   */
  readonly followMode?: FollowMode;

  /**
   * How often it looks, in whole minutes; 5 minutes to one day.
   *
   * @default Duration.minutes(15)
   */
  readonly followEvery?: Duration;

  /**
   * Whether templates may name a permission set of IAM Identity Center (`PermissionSet`) instead of a role's ARN. The
   * execution role then may do `iam:ListRoles`, by which the provider finds the role that the set has in this account.
   *
   * @default false
   */
  readonly permissionSets?: boolean;

  /**
   * What becomes of the access entry of a role that was deleted and made again under its name. EKS binds an entry to the
   * unique id of the role, so that it lets nobody in then; `HEAL` lets the schedule make it again, and so gives up a
   * safety: everyone who may make a role of that name then gets the access of the deleted one. The execution role then may do `iam:GetRole`.
   *
   * @default HealRecreatedRoles.OFF
   */
  readonly healRecreatedRoles?: HealRecreatedRoles;

  /**
   * Memory in MB; CPU comes in proportion.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * Time limit of one invocation; the answer is sent before it ends.
   *
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Topic that is told when an alarm of the provider is raised: docs/operations.md has the alarms. A topic that is
   * encrypted with a key of your own needs a key policy that lets `cloudwatch.amazonaws.com` use it.
   *
   * @default - no alarms
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Topic that is told when others than the provider create, change or delete access entries, or associate an admin
   * policy, by a rule of EventBridge. Needs a trail of CloudTrail that records management events in this Region. What
   * the topic's policy must allow is added to a topic of this App; of an imported one it is its owner's to add
   * (docs/operations.md).
   *
   * @default - nobody is told
   */
  readonly foreignChangesTopic?: sns.ITopic;

  /**
   * Whether the provider has a dashboard in CloudWatch, and saved queries for its log.
   *
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * Whether Lambda sends traces of the invocations to X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * Key that encrypts the log, the queue of undelivered events and the environment of the function. What its key policy
   * must allow is added to a key of this App; of an imported one it is its owner's to add (docs/operations.md).
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Reserved concurrency of the function; 0 stops all changes. Throttled events wait, and so do their stacks.
   *
   * @default - none is reserved
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * What becomes of the logs and the queue of undelivered events when the provider is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Permissions boundary of the execution role, and of the role of the schedule.
   *
   * @default - none
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Execution role of your own. Nothing is attached to it. Other stacks that refer to it import an export, so that it
   * cannot be deleted while a cluster lets it in.
   *
   * @default - a role with a managed policy made from the guardrails, which is what yours must allow
   */
  readonly role?: iam.IRole;
}
