/** What the local EKS service remembers of its clusters. Data only. */

export type AuthenticationMode = 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API';
export type ClusterStatus = 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING' | 'PENDING';

export interface PolicyState {
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  /** Empty for cluster scope (GT-97). */
  readonly namespaces: readonly string[];
  /** Milliseconds since the epoch. */
  readonly associatedAt: number;
  readonly modifiedAt: number;
  /** How many more lists show what was there before; default 0. */
  readsLeft?: number | undefined;
  /** What was there before; left out: nothing. */
  readonly before?: PolicyState | undefined;
}

export interface EntryState {
  readonly principalArn: string;
  /** Unique id of the role or user when the entry was made; a recreated one has another (GT-79). */
  readonly principalId: string;
  readonly accessEntryArn: string;
  readonly type: string;
  username: string;
  kubernetesGroups: readonly string[];
  tags: Record<string, string>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  modifiedAt: number;
  /** By policy ARN. */
  readonly policies: Map<string, PolicyState>;
  /** How many more Associate calls do not see the entry yet (GT-110). */
  associateMisses: number;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html */
export interface UpdateError {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly resourceIds?: readonly string[];
}

/** How an update ends. */
export type UpdateOutcome =
  | { readonly status: 'Successful' }
  | { readonly status: 'Failed' | 'Cancelled'; readonly errors?: readonly UpdateError[] };

export interface UpdateState {
  readonly id: string;
  readonly type: string;
  status: 'InProgress' | UpdateOutcome['status'];
  readonly params: readonly { readonly type: string; readonly value: string }[];
  errors: readonly UpdateError[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** How many more reads see it in progress. */
  readsLeft: number;
  /** How it will end. */
  readonly outcome: UpdateOutcome;
  /** Of an AccessConfigUpdate. */
  readonly target?: AuthenticationMode | undefined;
}

/** An OIDC provider by which people log in beside IAM. */
export interface IdentityProviderState {
  readonly name: string;
  /** Undefined: its tokens name no groups. */
  readonly groupsClaim?: string | undefined;
  /** Default: none. */
  readonly groupsPrefix?: string | undefined;
}

export interface ClusterState {
  readonly name: string;
  readonly arn: string;
  status: ClusterStatus;
  /** How many more DescribeCluster calls see CREATING or DELETING. */
  readsLeft: number;
  authenticationMode: AuthenticationMode;
  readonly endpoint: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly roleArn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** IAM principal that made the cluster and was given admin rights with it; undefined: none was. */
  readonly creatorArn: string | undefined;
  /** Roles of managed node groups, which EKS itself writes into aws-auth. */
  readonly managedNodeRoles: readonly string[];
  /** Pod execution roles of Fargate profiles, which EKS itself writes into aws-auth. */
  readonly fargateRoles: readonly string[];
  readonly identityProviders: readonly IdentityProviderState[];
  /** Of Kubernetes, as `1.34`. */
  readonly version: string;
  readonly subnetIds: readonly string[];
  /** As `eks.1`. */
  readonly platformVersion: string;
  /** Whether the control plane runs on an Outpost. */
  readonly isLocal: boolean;
  tags: Record<string, string>;
  /** By principal ARN. */
  readonly entries: Map<string, EntryState>;
  /** Counts the entries ever made, so that each gets an ARN of its own. */
  entriesMade: number;
  /** By id. */
  readonly updates: Map<string, UpdateState>;
  /** How updates that begin from now on end. */
  nextOutcome: UpdateOutcome;
  /** How many more reads do not see EKS's own entries yet; undefined: none are on their way. */
  entriesDue: number | undefined;
}
