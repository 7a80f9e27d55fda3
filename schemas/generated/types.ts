// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.
/**
 * Properties of Custom::EksAccessEntry: an access entry, property for property the native AWS::EKS::AccessEntry (GT-120)
 */
export interface EksAccessEntryProperties {
/**
 * ARN of the provider function; `!ImportValue EksAccessServiceToken` unless the provider stack was given another export name. CloudFormation does not allow it to change (CR-55).
 */
ServiceToken: string
/**
 * Seconds that CloudFormation waits for the answer. The constructs set 600, which covers all of Lambda's retries (CR-53).
 */
ServiceTimeout?: number
/**
 * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
 */
ClusterName: string
/**
 * ARN of the IAM role or user, with its path (GT-75). Changing the principal replaces the resource.
 */
PrincipalArn?: string
/**
 * Name of a permission set of IAM Identity Center, instead of `PrincipalArn`: the provider finds the role `AWSReservedSSO_<name>_…` that the set has in the account, and follows it when the set is provisioned anew. Exactly one of the two must be given. Refused by a provider that was not deployed with `permissionSets`. Changing it replaces the resource.
 */
PermissionSet?: string
/**
 * Account of the permission set's role, only with `PermissionSet`; the provider looks in its own account alone. Default: that account.
 */
AccountId?: string
/**
 * Type of the access entry (GT-80). Changing it deletes and re-creates the entry under the same physical id (GT-92).
 */
Type?: ("STANDARD" | "EC2_LINUX" | "EC2_WINDOWS" | "FARGATE_LINUX" | "HYBRID_LINUX" | "EC2" | "HYPERPOD_LINUX")
/**
 * Kubernetes user name. Default: the service's own (GT-81). Not with node types (GT-83).
 */
Username?: string
/**
 * Kubernetes groups; none may begin with `system:`, `eks:`, `aws:`, `amazon:` or `iam:` (GT-86). Not with node types (GT-83).
 * 
 * @maxItems 100
 */
KubernetesGroups?: string[]
/**
 * EKS access policies to associate, at most 20, each policy once. Only with an access entry of type STANDARD (or EC2 with AmazonEKSAutoNodePolicy). Where the mapping lives in aws-auth, a policy whose published rules RBAC can say exactly is given as the right of the same rules (see `Rights`); any other policy, and a namespace with a wildcard, is refused by name.
 * 
 * @maxItems 20
 */
AccessPolicies?: {
/**
 * ARN of the access policy (`arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`), or its bare name, which becomes the ARN of the cluster's partition (GT-94).
 */
PolicyArn: string
/**
 * Where the policy applies.
 */
AccessScope: {
/**
 * `cluster`, or `namespace` with at least one namespace (GT-97).
 */
Type: ("cluster" | "namespace")
/**
 * Namespaces, at most 25; `*` at the end is a wildcard (`dev-*`) (GT-112). Not with `Type: cluster`.
 * 
 * @maxItems 100
 */
Namespaces?: string[]
}
}[]
/**
 * Named rights, the same in every authentication mode: `view`, `edit`, `admin`, `secret-reader` and `cluster-admin` are exactly what the access policy of that name allows, and the others are what no access policy gives. Each right once, for the whole cluster or in some namespaces. Given by an access policy or by a group of RBAC, as `Engine` says; for a group the cluster needs `samples/rights-rbac.yaml`. Not with node types.
 * 
 * @maxItems 20
 */
Rights?: {
/**
 * Name of the right.
 */
Name: ("view" | "view-plus-nodes" | "view-plus-custom-resources" | "secret-reader" | "edit" | "edit-plus-custom-resources" | "admin" | "admin-plus-role-bindings" | "cluster-admin")
/**
 * Namespaces, at most 25, which must exist; no wildcards, because RBAC has none. Left out: the whole cluster.
 * 
 * @maxItems 25
 */
Namespaces?: string[]
}[]
/**
 * How `Rights` are given. `POLICY`: by an access policy that says exactly the same. `RBAC`: by a Kubernetes group that the provider binds, so that rules show in `kubectl auth can-i --list` and hold when the user is impersonated. `AUTO`: by the policy where the mapping is an access entry and there is one, else by the group.
 */
Engine?: ("AUTO" | "POLICY" | "RBAC")
/**
 * Tags of the access entry, at most 40 (the provider keeps its ownership record in tags beside them). Not with node types, which cannot be tagged.
 * 
 * @maxItems 40
 */
Tags?: {
/**
 * Tag key; not beginning with `aws:` or `cfn-eks-access:`.
 */
Key: string
/**
 * Tag value.
 */
Value: string
}[]
/**
 * What to do when another stack, a person or another tool has already mapped the principal. `FAIL`: fail and name the owner. `ADOPT`: take over; Delete and rollback put back what was there. `REPLACE`: take over; Delete removes it.
 */
ExistingEntry?: ("FAIL" | "ADOPT" | "REPLACE")
/**
 * When the mapping ends: a date and time in ISO 8601 with time zone (`2026-12-31T18:00:00Z`), or a date, which begins in UTC. The provider's schedule removes the mapping within 15 minutes of it, an access entry within an hour where the date was given less than an hour ahead; the resource stays in its stack, its Delete succeeds, and an Update with a later date maps the principal again. Refused in the past, for node types that are access entries, and by a provider without schedule.
 */
ExpiresAt?: string
/**
 * Seconds from the write to the answer, at most 40, so that what depends on the resource finds the mapping in effect (GT-110). Every 2 seconds the mapping is read until it reads as written; the rest of the time is for the API servers of the cluster. A Create waits, and an Update that changes the mapping; a Delete does not. The answer succeeds either way, and comes sooner where the time limit of the provider asks for it.
 */
WaitForEffect?: number
/**
 * Any text. Changing it makes CloudFormation send an Update, and does nothing else: the way to run a mapping again, for example after it was changed by hand.
 */
Revision?: string
}

/**
 * Properties of Custom::EksAuthenticationMode: takes a cluster one step on its one way from CONFIG_MAP over API_AND_CONFIG_MAP to API (GT-104). Needs the guardrail allowModeChange. EKS knows no way back: a rollback and a Delete change nothing. Not for a cluster whose mode another stack sets: change it there
 */
export interface EksAuthenticationModeProperties {
/**
 * ARN of the provider function; `!ImportValue EksAccessServiceToken` unless the provider stack was given another export name. CloudFormation does not allow it to change (CR-55).
 */
ServiceToken: string
/**
 * Seconds that CloudFormation waits for the answer. The constructs set 600, which covers all of Lambda's retries (CR-53).
 */
ServiceTimeout?: number
/**
 * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
 */
Cluster: string
/**
 * The authentication mode that the cluster is to have at least. A cluster that is there, or further, is left as it is. One step at a time: from `CONFIG_MAP` to `API` first deploy `API_AND_CONFIG_MAP`. `API` is refused while anyone who gets in by aws-auth would lose access.
 */
Mode: ("API_AND_CONFIG_MAP" | "API")
/**
 * Needed for the step to `API`, which ends what aws-auth gives: the digest of who gets in, from `eks-access plan-migration`, which says that a person has looked at it. Without it, or with another one, nothing is changed, and the stack event says the digest of now, once nobody would lose access.
 */
PlanDigest?: string
/**
 * Any text. Changing it makes CloudFormation send an Update, and does nothing else.
 */
Revision?: string
}

/**
 * Properties of Custom::EksMapAccountsEntry: lets every identity of an account log in under its own ARN, without groups (GT-34); aws-auth only (GT-36)
 */
export interface EksMapAccountsEntryProperties {
/**
 * ARN of the provider function; `!ImportValue EksAccessServiceToken` unless the provider stack was given another export name. CloudFormation does not allow it to change (CR-55).
 */
ServiceToken: string
/**
 * Seconds that CloudFormation waits for the answer. The constructs set 600, which covers all of Lambda's retries (CR-53).
 */
ServiceTimeout?: number
/**
 * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
 */
Cluster: string
/**
 * The 12-digit account id, quoted in YAML. Changing it replaces the resource.
 */
AccountId: string
/**
 * What to do when another stack, a person or another tool has already mapped the principal. `FAIL`: fail and name the owner. `ADOPT`: take over; Delete and rollback put back what was there. `REPLACE`: take over; Delete removes it.
 */
ExistingEntry?: ("FAIL" | "ADOPT" | "REPLACE")
/**
 * When the mapping ends: a date and time in ISO 8601 with time zone (`2026-12-31T18:00:00Z`), or a date, which begins in UTC. The provider's schedule removes the mapping within 15 minutes of it, an access entry within an hour where the date was given less than an hour ahead; the resource stays in its stack, its Delete succeeds, and an Update with a later date maps the principal again. Refused in the past, for node types that are access entries, and by a provider without schedule.
 */
ExpiresAt?: string
/**
 * Seconds from the write to the answer, at most 40, so that what depends on the resource finds the mapping in effect (GT-110). Every 2 seconds the mapping is read until it reads as written; the rest of the time is for the API servers of the cluster. A Create waits, and an Update that changes the mapping; a Delete does not. The answer succeeds either way, and comes sooner where the time limit of the provider asks for it.
 */
WaitForEffect?: number
/**
 * Any text. Changing it makes CloudFormation send an Update, and does nothing else: the way to run a mapping again, for example after it was changed by hand.
 */
Revision?: string
}

/**
 * Properties of Custom::EksMapRolesEntry: maps one IAM role to a Kubernetes user name and groups
 */
export interface EksMapRolesEntryProperties {
/**
 * ARN of the provider function; `!ImportValue EksAccessServiceToken` unless the provider stack was given another export name. CloudFormation does not allow it to change (CR-55).
 */
ServiceToken: string
/**
 * Seconds that CloudFormation waits for the answer. The constructs set 600, which covers all of Lambda's retries (CR-53).
 */
ServiceTimeout?: number
/**
 * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
 */
Cluster: string
/**
 * ARN of the IAM role, with or without its path; an `sts` assumed-role ARN is turned into its role. Changing the role replaces the resource; another spelling of the same role does not.
 */
RoleArn?: string
/**
 * Name of a permission set of IAM Identity Center, instead of `RoleArn`: the provider finds the role `AWSReservedSSO_<name>_…` that the set has in the account, and follows it when the set is provisioned anew. Exactly one of the two must be given. Refused by a provider that was not deployed with `permissionSets`. Changing it replaces the resource.
 */
PermissionSet?: string
/**
 * Account of the permission set's role, only with `PermissionSet`; the provider looks in its own account alone. Default: that account.
 */
AccountId?: string
/**
 * Kubernetes user name; templates such as `{{SessionName}}` are filled in at login. Default: `arn:P:sts::A:assumed-role/<role>/{{SessionName}}`, the same on both back ends (GT-81); with a node `Type`, the node user name of that type.
 */
UserName?: string
/**
 * Kubernetes groups. `system:masters` becomes AmazonEKSClusterAdminPolicy where the mapping is an access entry; other `system:` groups have no form as an access entry and stay in aws-auth while the cluster reads it (GT-86).
 * 
 * @maxItems 100
 */
Groups?: string[]
/**
 * Type of the access entry (GT-80). On a CONFIG_MAP cluster a node type writes that type's node user name and groups. Default: `STANDARD`, or the node type that the user name and groups describe.
 */
Type?: ("STANDARD" | "EC2_LINUX" | "EC2_WINDOWS" | "FARGATE_LINUX" | "HYBRID_LINUX" | "EC2" | "HYPERPOD_LINUX")
/**
 * EKS access policies to associate, at most 20, each policy once. Only with an access entry of type STANDARD (or EC2 with AmazonEKSAutoNodePolicy). Where the mapping lives in aws-auth, a policy whose published rules RBAC can say exactly is given as the right of the same rules (see `Rights`); any other policy, and a namespace with a wildcard, is refused by name.
 * 
 * @maxItems 20
 */
AccessPolicies?: {
/**
 * ARN of the access policy (`arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`), or its bare name, which becomes the ARN of the cluster's partition (GT-94).
 */
PolicyArn: string
/**
 * Where the policy applies.
 */
AccessScope: {
/**
 * `cluster`, or `namespace` with at least one namespace (GT-97).
 */
Type: ("cluster" | "namespace")
/**
 * Namespaces, at most 25; `*` at the end is a wildcard (`dev-*`) (GT-112). Not with `Type: cluster`.
 * 
 * @maxItems 100
 */
Namespaces?: string[]
}
}[]
/**
 * Named rights, the same in every authentication mode: `view`, `edit`, `admin`, `secret-reader` and `cluster-admin` are exactly what the access policy of that name allows, and the others are what no access policy gives. Each right once, for the whole cluster or in some namespaces. Given by an access policy or by a group of RBAC, as `Engine` says; for a group the cluster needs `samples/rights-rbac.yaml`. Not with node types.
 * 
 * @maxItems 20
 */
Rights?: {
/**
 * Name of the right.
 */
Name: ("view" | "view-plus-nodes" | "view-plus-custom-resources" | "secret-reader" | "edit" | "edit-plus-custom-resources" | "admin" | "admin-plus-role-bindings" | "cluster-admin")
/**
 * Namespaces, at most 25, which must exist; no wildcards, because RBAC has none. Left out: the whole cluster.
 * 
 * @maxItems 25
 */
Namespaces?: string[]
}[]
/**
 * How `Rights` are given. `POLICY`: by an access policy that says exactly the same. `RBAC`: by a Kubernetes group that the provider binds, so that rules show in `kubectl auth can-i --list` and hold when the user is impersonated. `AUTO`: by the policy where the mapping is an access entry and there is one, else by the group.
 */
Engine?: ("AUTO" | "POLICY" | "RBAC")
/**
 * Where the mapping lives. `AUTO` follows the cluster: aws-auth on CONFIG_MAP clusters, an access entry on API and API_AND_CONFIG_MAP clusters. `CONFIG_MAP` and `API` force one.
 */
AuthenticationMode?: ("AUTO" | "CONFIG_MAP" | "API")
/**
 * What to do when another stack, a person or another tool has already mapped the principal. `FAIL`: fail and name the owner. `ADOPT`: take over; Delete and rollback put back what was there. `REPLACE`: take over; Delete removes it.
 */
ExistingEntry?: ("FAIL" | "ADOPT" | "REPLACE")
/**
 * When the mapping ends: a date and time in ISO 8601 with time zone (`2026-12-31T18:00:00Z`), or a date, which begins in UTC. The provider's schedule removes the mapping within 15 minutes of it, an access entry within an hour where the date was given less than an hour ahead; the resource stays in its stack, its Delete succeeds, and an Update with a later date maps the principal again. Refused in the past, for node types that are access entries, and by a provider without schedule.
 */
ExpiresAt?: string
/**
 * Seconds from the write to the answer, at most 40, so that what depends on the resource finds the mapping in effect (GT-110). Every 2 seconds the mapping is read until it reads as written; the rest of the time is for the API servers of the cluster. A Create waits, and an Update that changes the mapping; a Delete does not. The answer succeeds either way, and comes sooner where the time limit of the provider asks for it.
 */
WaitForEffect?: number
/**
 * Any text. Changing it makes CloudFormation send an Update, and does nothing else: the way to run a mapping again, for example after it was changed by hand.
 */
Revision?: string
}

/**
 * Properties of Custom::EksMapUsersEntry: maps one IAM user to a Kubernetes user name and groups
 */
export interface EksMapUsersEntryProperties {
/**
 * ARN of the provider function; `!ImportValue EksAccessServiceToken` unless the provider stack was given another export name. CloudFormation does not allow it to change (CR-55).
 */
ServiceToken: string
/**
 * Seconds that CloudFormation waits for the answer. The constructs set 600, which covers all of Lambda's retries (CR-53).
 */
ServiceTimeout?: number
/**
 * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
 */
Cluster: string
/**
 * ARN of the IAM user, with its path (GT-31). Changing the user replaces the resource.
 */
UserArn: string
/**
 * Kubernetes user name. Default: the user's ARN, the same on both back ends (GT-81).
 */
UserName?: string
/**
 * Kubernetes groups. `system:masters` becomes AmazonEKSClusterAdminPolicy where the mapping is an access entry; other `system:` groups have no form as an access entry and stay in aws-auth while the cluster reads it (GT-86).
 * 
 * @maxItems 100
 */
Groups?: string[]
/**
 * EKS access policies to associate, at most 20, each policy once. Only with an access entry of type STANDARD (or EC2 with AmazonEKSAutoNodePolicy). Where the mapping lives in aws-auth, a policy whose published rules RBAC can say exactly is given as the right of the same rules (see `Rights`); any other policy, and a namespace with a wildcard, is refused by name.
 * 
 * @maxItems 20
 */
AccessPolicies?: {
/**
 * ARN of the access policy (`arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`), or its bare name, which becomes the ARN of the cluster's partition (GT-94).
 */
PolicyArn: string
/**
 * Where the policy applies.
 */
AccessScope: {
/**
 * `cluster`, or `namespace` with at least one namespace (GT-97).
 */
Type: ("cluster" | "namespace")
/**
 * Namespaces, at most 25; `*` at the end is a wildcard (`dev-*`) (GT-112). Not with `Type: cluster`.
 * 
 * @maxItems 100
 */
Namespaces?: string[]
}
}[]
/**
 * Named rights, the same in every authentication mode: `view`, `edit`, `admin`, `secret-reader` and `cluster-admin` are exactly what the access policy of that name allows, and the others are what no access policy gives. Each right once, for the whole cluster or in some namespaces. Given by an access policy or by a group of RBAC, as `Engine` says; for a group the cluster needs `samples/rights-rbac.yaml`. Not with node types.
 * 
 * @maxItems 20
 */
Rights?: {
/**
 * Name of the right.
 */
Name: ("view" | "view-plus-nodes" | "view-plus-custom-resources" | "secret-reader" | "edit" | "edit-plus-custom-resources" | "admin" | "admin-plus-role-bindings" | "cluster-admin")
/**
 * Namespaces, at most 25, which must exist; no wildcards, because RBAC has none. Left out: the whole cluster.
 * 
 * @maxItems 25
 */
Namespaces?: string[]
}[]
/**
 * How `Rights` are given. `POLICY`: by an access policy that says exactly the same. `RBAC`: by a Kubernetes group that the provider binds, so that rules show in `kubectl auth can-i --list` and hold when the user is impersonated. `AUTO`: by the policy where the mapping is an access entry and there is one, else by the group.
 */
Engine?: ("AUTO" | "POLICY" | "RBAC")
/**
 * Where the mapping lives. `AUTO` follows the cluster: aws-auth on CONFIG_MAP clusters, an access entry on API and API_AND_CONFIG_MAP clusters. `CONFIG_MAP` and `API` force one.
 */
AuthenticationMode?: ("AUTO" | "CONFIG_MAP" | "API")
/**
 * What to do when another stack, a person or another tool has already mapped the principal. `FAIL`: fail and name the owner. `ADOPT`: take over; Delete and rollback put back what was there. `REPLACE`: take over; Delete removes it.
 */
ExistingEntry?: ("FAIL" | "ADOPT" | "REPLACE")
/**
 * When the mapping ends: a date and time in ISO 8601 with time zone (`2026-12-31T18:00:00Z`), or a date, which begins in UTC. The provider's schedule removes the mapping within 15 minutes of it, an access entry within an hour where the date was given less than an hour ahead; the resource stays in its stack, its Delete succeeds, and an Update with a later date maps the principal again. Refused in the past, for node types that are access entries, and by a provider without schedule.
 */
ExpiresAt?: string
/**
 * Seconds from the write to the answer, at most 40, so that what depends on the resource finds the mapping in effect (GT-110). Every 2 seconds the mapping is read until it reads as written; the rest of the time is for the API servers of the cluster. A Create waits, and an Update that changes the mapping; a Delete does not. The answer succeeds either way, and comes sooner where the time limit of the provider asks for it.
 */
WaitForEffect?: number
/**
 * Any text. Changing it makes CloudFormation send an Update, and does nothing else: the way to run a mapping again, for example after it was changed by hand.
 */
Revision?: string
}

/**
 * What templates may ask of the provider; fixed when the provider is deployed, in EKS_ACCESS_GUARDRAILS. Never consulted for a Delete (CR-38).
 */
export interface Guardrails {
/**
 * Cluster names that may be asked for; `*` and `?` are wildcards. Never limits a Delete.
 */
clusters?: string[]
/**
 * Account ids whose principals may be mapped, or `["*"]`. Default: the provider's own account.
 */
principalAccounts?: string[]
/**
 * Patterns of the Kubernetes groups that may be given. Default: every group that does not begin with `system:`, `eks:`, `aws:`, `amazon:`, `iam:` or `cfn-eks-access`. A pattern gives such a group only if it begins with that prefix itself: `*` does not, `system:auth*` does. `system:masters` needs allowClusterAdmin; `cfn-eks-access` itself is never given, and the groups of named rights (`cfn-eks-access:view`) by `Rights` alone.
 */
groups?: string[]
/**
 * Patterns of the Kubernetes user names that may be given besides each principal's own default. Default: every name that does not begin with `arn:`, `cfn-eks-access` or a prefix that needs allowClusterAdmin. A pattern gives a name with `arn:` or `cfn-eks-access` only if it begins with that prefix itself.
 */
userNames?: string[]
/**
 * Access policies that may be associated, with their scope: `Name` with any scope, `Name@namespaces` in these namespaces only; the name or ARN and the namespaces may be patterns with `*`. What is not listed is refused, and what amounts to cluster admin needs allowClusterAdmin however it is listed.
 */
accessPolicies?: string[]
/**
 * Named rights that may be given, as `accessPolicies` lists policies: `name` in any scope, `name@namespaces` in these namespaces only, both with `*` for patterns. Asked for `Rights`, and for `AccessPolicies` where the mapping lives in aws-auth; where a right is given by an access policy, `accessPolicies` must allow that as well.
 */
rights?: string[]
/**
 * Whether node types, and the node user names with their groups, may be given.
 */
allowNodes?: boolean
/**
 * Whether `system:masters`, AmazonEKSClusterAdminPolicy and what amounts to it may be given: every access policy but AmazonEKSViewPolicy for the whole cluster or in namespaces that could be `kube-*`, every named right that writes or reads Secrets in the same places, and user names that begin with `system:`, `eks:`, `aws:`, `amazon:` or `iam:`.
 */
allowClusterAdmin?: boolean
/**
 * Which existing entries `ExistingEntry: ADOPT` and `REPLACE` may take over: `none`, those that have no record of an owner (`unrecorded`), or also those of other stacks (`any`).
 */
allowTakeover?: ("none" | "unrecorded" | "any")
/**
 * Whether `Custom::EksAuthenticationMode` may take a cluster to `API_AND_CONFIG_MAP` and to `API`, from where there is no way back. The function then may do eks:UpdateClusterConfig for these two modes, read the updates of clusters, and invoke itself.
 */
allowModeChange?: boolean
}
