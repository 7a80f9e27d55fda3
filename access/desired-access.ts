/**
 * What one custom resource asks for, once its properties have passed the door
 * (`cloudformation/properties.ts`), and what both back ends answer. Types only: the words that the whole
 * function speaks.
 */
import { type ResourceType } from './contract';
import { type PrincipalArn } from './principal';

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

export type ExistingEntry = 'FAIL' | 'ADOPT' | 'REPLACE';

/** First part of the physical id; which section of aws-auth, or the native shape. */
export type Kind = 'role' | 'user' | 'account' | 'access-entry';

/** Who is mapped: an IAM role or user, or (mapAccounts) a whole account. */
export type Principal = PrincipalArn | { readonly type: 'account'; readonly accountId: string };

/** The desired mapping, in neither back end's words. Properties that were left out are absent. */
export interface DesiredAccess {
  readonly resourceType: ResourceType;
  readonly kind: Kind;
  readonly cluster: string;
  readonly principal: Principal;
  readonly userName?: string;
  /** In the template's order, without duplicates. */
  readonly groups: readonly string[];
  readonly type?: EntryType;
  readonly accessPolicies: readonly AccessPolicyAssociation[];
  readonly tags: Readonly<Record<string, string>>;
  readonly authenticationMode: 'AUTO' | 'CONFIG_MAP' | 'API';
  readonly existingEntry: ExistingEntry;
}

/** Who answers for an entry: one logical resource of one stack (CR-20). */
export interface Owner {
  /** ARN of the stack. */
  readonly stackId: string;
  readonly logicalId: string;
}

/** What a `put` came to. `before` and `after` are the one entry, for the log and nothing else (CR-52). */
export interface PutOutcome {
  readonly changed: boolean;
  /** True while a previous owner's entry is kept to be put back on Delete. */
  readonly adopted: boolean;
  /** User name and groups as the cluster now gives them at login. */
  readonly userName: string;
  readonly groups: readonly string[];
  /** Empty for aws-auth. */
  readonly accessEntryArn: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Takes back what this put wrote; used when the resource turns out to be no longer wanted, or a later step fails (CR-17, CR-28). */
  readonly undo: () => Promise<void>;
}

export interface RemoveOutcome {
  readonly removed: boolean;
  /** Why nothing was removed, for the log: `not found`, `owned by …`. */
  readonly note?: string;
  /** What somebody should look at, for the log. */
  readonly warning?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
