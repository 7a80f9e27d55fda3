/** Constructs of cfn-eks-access. `import { EksAccessProvider, EksMapRolesEntry } from 'cfn-eks-access'`. */
export { AccessPolicy, type AccessPolicyScope } from './access-policy';
export { type AllowClusterOptions } from './cluster-access';
export { EksAccessEntry, type EksAccessEntryProps } from './eks-access-entry';
export {
  ClusterAuthenticationMode,
  EksAuthenticationMode,
  type EksAuthenticationModeProps,
} from './eks-authentication-mode';
export { EksMapAccountsEntry, type EksMapAccountsEntryProps } from './eks-map-accounts-entry';
export { EksMapRolesEntry, type EksMapRolesEntryProps } from './eks-map-roles-entry';
export { EksMapUsersEntry, type EksMapUsersEntryProps } from './eks-map-users-entry';
export { FollowMode } from './follow-mode';
export { HealRecreatedRoles } from './heal-recreated-roles';
export { type ClusterRole } from './cluster-roles';
export { type EksAccessGuardrails } from './guardrails';
export { type ImportedProviderOptions } from './imported-provider';
export { Mapping } from './mapping';
export { EntryType, ExistingEntry, MappingAuthenticationMode, type MappingProps } from './mapping-props';
export { EksAccessProvider } from './provider';
export { type IEksAccessProvider, ProviderBase } from './provider-base';
export { type EksAccessProviderProps } from './provider-props';
