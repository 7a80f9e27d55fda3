/**
 * Names that the function, the constructs, the local AWS and the documents share, so that a drift is a compile
 * error. No behaviour.
 */

/** The four resource types that map principals, in the order of the documents. */
export const RESOURCE_TYPES = [
  'Custom::EksMapRolesEntry',
  'Custom::EksMapUsersEntry',
  'Custom::EksMapAccountsEntry',
  'Custom::EksAccessEntry',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** The one that changes the authentication mode of a cluster. */
export const MODE_RESOURCE_TYPE = 'Custom::EksAuthenticationMode';

/** Keys for `Fn::GetAtt`; the same set on every Create and Update (CR-10). */
export const ATTRIBUTES = [
  'PrincipalArn',
  'UserName',
  'Groups',
  'AuthenticationMode',
  'AccessEntryArn',
  'Adopted',
] as const;
export type Attributes = Readonly<Record<(typeof ATTRIBUTES)[number], string>>;

/** What `Fn::GetAtt` gives of it: the mode that the cluster has. */
export type ModeAttributes = Pick<Attributes, 'AuthenticationMode'>;

/** Environment variables of the function beside the SDK's own. */
export const ENVIRONMENT = {
  /** JSON, `schemas/guardrails.schema.json`; unset means `{}`, which denies by default (CR-38). */
  guardrails: 'EKS_ACCESS_GUARDRAILS',
  /** Extra allowed answer hosts as `scheme://host:port`, comma-separated; for local runs only (CR-36). */
  responseHosts: 'EKS_ACCESS_RESPONSE_HOSTS',
  /** ARN of the function's own role, path included: its mappings are the provider's own, whatever group they have. */
  roleArn: 'EKS_ACCESS_ROLE_ARN',
  /** `true`, `report` or `false`; what the provider's own schedule may do. Unset means `false`. */
  followMode: 'EKS_ACCESS_FOLLOW_MODE',
  /** `true` where templates may name permission sets, for which the function may do iam:ListRoles. Unset means `false`. */
  permissionSets: 'EKS_ACCESS_PERMISSION_SETS',
  /** `true`, `report` or `false`; whether roles that were made again are looked for, and healed by the schedule. Unset means `false`. */
  healRecreatedRoles: 'EKS_ACCESS_HEAL_RECREATED_ROLES',
  /** JSON: by which role the Kubernetes API of a named cluster is reached; unset: by the function's own. */
  clusterRoles: 'EKS_ACCESS_CLUSTER_ROLES',
  /** What of `samples/rights-rbac.yaml` the function may apply to clusters of `clusterRoles`: `cdk/rights-setup.ts`; unset: nothing. */
  setUpRights: 'EKS_ACCESS_RIGHTS_SETUP',
} as const;

/** What the provider's own schedule sends to the function: `kind` tells it from the events of CloudFormation. */
export interface ScheduledEvent {
  readonly kind: 'cfn-eks-access/scheduled-run';
  /** How often the schedule sends it. */
  readonly everyMinutes: number;
  /** How long a new access entry is left to reach the API servers before the mapping leaves aws-auth (GT-110). Default 10. */
  readonly settleSeconds?: number;
}

/** CloudWatch namespace of the provider's own metrics; their one dimension `Service` is the name of the function (CO-23). */
export const METRICS_NAMESPACE = 'cfn-eks-access';

/** What each run of the schedule counts; `docs/moving-a-cluster.md` says what each means. */
export const RUN_METRICS = [
  'ClustersLookedAt',
  'ClustersNotLookedAt',
  'ClustersInNextRun',
  'AwsAuthNotLookedAt',
  'AccessEntriesNotLookedAt',
  'AccessEntriesMissing',
  'MappingsMoved',
  'MappingsLeft',
  'MappingsDrifted',
  'MappingsOrphaned',
  'MappingsExpired',
  'MappingsOverdue',
  'RunsCutShort',
  'RunsFailed',
] as const;
export type RunMetric = (typeof RUN_METRICS)[number];

/** What each stack event counts, with its unit; `docs/operations.md` says what each means. */
export const EVENT_METRICS = {
  EventsSucceeded: 'Count',
  EventsFailed: 'Count',
  EventsRefused: 'Count',
  EventsDenied: 'Count',
  EventsLate: 'Count',
  EventsOutOfTime: 'Count',
  EventAge: 'Seconds',
  AnswersUndelivered: 'Count',
  Conflicts: 'Count',
  MappingsAdopted: 'Count',
  MappingsNotMoved: 'Count',
  AwsAuthNotChecked: 'Count',
} as const;
export type EventMetric = keyof typeof EVENT_METRICS;

/** Export name of the provider's function ARN unless the provider stack is told another. */
export const DEFAULT_EXPORT_NAME = 'EksAccessServiceToken';

/** Put after that name, it is the export name of the ARN of the provider's role. */
export const ROLE_EXPORT_SUFFIX = '-RoleArn';

/** The ConfigMap that the authenticator reads (GT-1). */
export const AWS_AUTH = { namespace: 'kube-system', name: 'aws-auth' } as const;

/** Annotation on aws-auth that holds the ownership records (CR-20). */
export const OWNERS_ANNOTATION = 'cfn-eks-access/owners';

/**
 * Annotation on aws-auth of a Delete that found nothing under a real id, so that a write which is under way meets a conflict
 * (CR-28), or that removed what an access entry may equal, so that a copy of it sees that: when and for which request.
 */
export const LAST_DELETE_ANNOTATION = 'cfn-eks-access/last-delete';

/**
 * Tags on access entries that hold the ownership record (CR-20). Tag values: at most 256 characters (GT-72), so what is
 * longer goes on under `<key>.1`, `<key>.2`, …
 */
export const TAGS = {
  /** `v<version of the record>/<stack ARN>/<logical id>`. */
  owner: 'cfn-eks-access:owner',
  /** The entry as it was before it was adopted or renamed; its presence is what IAM sees of an adoption (CR-39). */
  found: 'cfn-eks-access:found',
  /** When CloudFormation asked for the event that wrote last, in milliseconds since 1970. */
  at: 'cfn-eks-access:at',
  /** `none` once it is certain that aws-auth holds nothing of this resource, so that Delete need not look. */
  awsAuth: 'cfn-eks-access:aws-auth',
  /** Digest of what the entry gave when the provider last wrote it, by which drift is seen. */
  wrote: 'cfn-eks-access:wrote',
  /** Name of the permission set that the template names, with colons for its commas. */
  set: 'cfn-eks-access:set',
  /** When the mapping ends (ISO 8601). */
  expires: 'cfn-eks-access:expires',
  /** While the schedule moves the mapping: the request of its run, until aws-auth no longer has it or an event goes on. */
  run: 'cfn-eks-access:run',
  /** Digests of the template's own tags, on an entry that goes back to another owner. */
  tags: 'cfn-eks-access:tags',
} as const;

/** Kubernetes group that `samples/provider-rbac.yaml` binds to the least rights on aws-auth (GT-63). */
export const PROVIDER_GROUP = 'cfn-eks-access';

/** The manifest that error messages name when the rights in the cluster are missing. */
export const RBAC_MANIFEST = 'samples/provider-rbac.yaml';

/** Physical id of a Create that wrote nothing, followed by the RequestId; its Delete does nothing (CR-13). */
export const CREATE_FAILED_MARKER = 'create-failed|';
