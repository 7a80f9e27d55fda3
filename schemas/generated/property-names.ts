// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.
/** Title of a schema, then the path of an object in it (list indexes left out) → the names it may have. */
export const PROPERTY_NAMES: Readonly<Record<string, readonly string[]>> = {
  "EksAccessEntryProperties": [
    "ServiceToken",
    "ServiceTimeout",
    "ClusterName",
    "PrincipalArn",
    "PermissionSet",
    "AccountId",
    "Type",
    "Username",
    "KubernetesGroups",
    "AccessPolicies",
    "Rights",
    "Engine",
    "Tags",
    "ExistingEntry",
    "ExpiresAt",
    "WaitForEffect",
    "Revision"
  ],
  "EksAccessEntryProperties/AccessPolicies": [
    "PolicyArn",
    "AccessScope"
  ],
  "EksAccessEntryProperties/AccessPolicies/AccessScope": [
    "Type",
    "Namespaces"
  ],
  "EksAccessEntryProperties/Rights": [
    "Name",
    "Namespaces"
  ],
  "EksAccessEntryProperties/Tags": [
    "Key",
    "Value"
  ],
  "EksAuthenticationModeProperties": [
    "ServiceToken",
    "ServiceTimeout",
    "Cluster",
    "Mode",
    "PlanDigest",
    "Revision"
  ],
  "EksMapAccountsEntryProperties": [
    "ServiceToken",
    "ServiceTimeout",
    "Cluster",
    "AccountId",
    "ExistingEntry",
    "ExpiresAt",
    "WaitForEffect",
    "Revision"
  ],
  "EksMapRolesEntryProperties": [
    "ServiceToken",
    "ServiceTimeout",
    "Cluster",
    "RoleArn",
    "PermissionSet",
    "AccountId",
    "UserName",
    "Groups",
    "Type",
    "AccessPolicies",
    "Rights",
    "Engine",
    "AuthenticationMode",
    "ExistingEntry",
    "ExpiresAt",
    "WaitForEffect",
    "Revision"
  ],
  "EksMapRolesEntryProperties/AccessPolicies": [
    "PolicyArn",
    "AccessScope"
  ],
  "EksMapRolesEntryProperties/AccessPolicies/AccessScope": [
    "Type",
    "Namespaces"
  ],
  "EksMapRolesEntryProperties/Rights": [
    "Name",
    "Namespaces"
  ],
  "EksMapUsersEntryProperties": [
    "ServiceToken",
    "ServiceTimeout",
    "Cluster",
    "UserArn",
    "UserName",
    "Groups",
    "AccessPolicies",
    "Rights",
    "Engine",
    "AuthenticationMode",
    "ExistingEntry",
    "ExpiresAt",
    "WaitForEffect",
    "Revision"
  ],
  "EksMapUsersEntryProperties/AccessPolicies": [
    "PolicyArn",
    "AccessScope"
  ],
  "EksMapUsersEntryProperties/AccessPolicies/AccessScope": [
    "Type",
    "Namespaces"
  ],
  "EksMapUsersEntryProperties/Rights": [
    "Name",
    "Namespaces"
  ],
  "Guardrails": [
    "clusters",
    "principalAccounts",
    "groups",
    "userNames",
    "accessPolicies",
    "rights",
    "allowNodes",
    "allowClusterAdmin",
    "allowTakeover",
    "allowModeChange"
  ]
};
/** Title of a schema → properties of which exactly one must be given. */
export const EXACTLY_ONE: Readonly<Record<string, readonly string[]>> = {
  "EksAccessEntryProperties": [
    "PrincipalArn",
    "PermissionSet"
  ],
  "EksMapRolesEntryProperties": [
    "RoleArn",
    "PermissionSet"
  ]
};
