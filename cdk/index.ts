/** Constructs of cfn-eks-access. `import { EksAccessProvider, EksMapRolesEntry } from 'cfn-eks-access'`. */
export { AccessPolicy, type AccessPolicyScope } from './access-policy';
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
export { type IMapping } from './mapping-interface';
export { type MappingProps } from './mapping-props';
export { EntryType, ExistingEntry, MappingAuthenticationMode } from './mapping-words';
export { type NamedRight, RightName, RightsEngine } from './named-right';
export { EksAccessProvider } from './provider';
export { ProviderBase } from './provider-base';
export {
  type AllowClusterOptions,
  type GrantAccessOptions,
  type IEksAccessProvider,
} from './provider-interface';
export { type EksAccessProviderProps } from './provider-props';
