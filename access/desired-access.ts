/**
 * What one mapping asks for, in neither back end's words; for a custom resource, once its properties have been
 * validated (`lambda/cloudformation/properties.ts`). Types only.
 */
import { type ResourceType } from './contract';
import { type PermissionSet } from './permission-set';
import { type Principal } from './principal';
import { type RightsName } from './rights/catalogue';

export type AuthenticationMode = 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API';

/** Access-entry types (GT-80). */
export type EntryType =
  'STANDARD' | 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX' | 'HYBRID_LINUX' | 'EC2' | 'HYPERPOD_LINUX';

export interface AccessPolicyAssociation {
  /** ARN, or the bare name of the policy, as the template has it (GT-94). */
  readonly policy: string;
  readonly scope: 'cluster' | 'namespace';
  /** Empty for cluster scope (GT-97). */
  readonly namespaces: readonly string[];
}

/** A named right, the same on every cluster. */
export interface Right {
  readonly name: RightsName;
  /** Empty: in the whole cluster. Names, without wildcards. */
  readonly namespaces: readonly string[];
}

/** How named rights are given: `POLICY`, by an access policy; `RBAC`, by a group; `AUTO`, by the policy where it can be. */
export type RightsEngine = 'AUTO' | 'POLICY' | 'RBAC';

export type ExistingEntry = 'FAIL' | 'ADOPT' | 'REPLACE';

/** First part of the physical id; which section of aws-auth, or the native shape. */
export type Kind = 'role' | 'user' | 'account' | 'access-entry';

/** The desired mapping, in neither back end's words. Properties that were left out are absent or undefined. */
export interface DesiredAccess {
  readonly resourceType: ResourceType;
  readonly kind: Kind;
  readonly cluster: string;
  /** Of a permission set: its role once IAM has named it, and `principalOfSet` until then. */
  readonly principal: Principal;
  /** Given where the template names a permission set instead of a principal. */
  readonly permissionSet?: PermissionSet | undefined;
  readonly userName?: string | undefined;
  /** In the template's order, without duplicates. */
  readonly groups: readonly string[];
  readonly type?: EntryType | undefined;
  readonly accessPolicies: readonly AccessPolicyAssociation[];
  /** Default: none. */
  readonly rights?: readonly Right[] | undefined;
  /** Default: `AUTO`. */
  readonly engine?: RightsEngine | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly authenticationMode: 'AUTO' | 'CONFIG_MAP' | 'API';
  readonly existingEntry: ExistingEntry;
  /** When it ends, in milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
  /** How long the caller waits, after a change, for the mapping to take effect. Default 0. */
  readonly waitSeconds?: number | undefined;
}
