/** The EKS API as this folder needs it; `store.ts` is the real one. Types only. */
import { type Kind } from '../desired-access';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import { type Write } from './plan';

export interface EntryAddress {
  readonly cluster: string;
  readonly principalArn: string;
  /** Of the mapping, for errors that name its properties. Default: a role's. */
  readonly kind?: Kind | undefined;
}

/** What only the service knows of a new entry. */
export type MadeEntry = Pick<CurrentAccessEntry, 'accessEntryArn' | 'username' | 'groups' | 'createdAt'>;

/** The tags of an entry by one call. */
export interface EntryTags {
  /** Undefined when the principal has no entry. Throws ProviderError. */
  readTags(address: EntryAddress): Promise<CurrentAccessEntry['tags'] | undefined>;
}

/** The EKS API as this folder needs it; `store.ts` is the real one. Every failure is a ProviderError. */
export interface AccessEntryStore {
  /** Undefined when the principal has no entry, or the cluster (mode CONFIG_MAP) has none at all. */
  read(address: EntryAddress): Promise<CurrentAccessEntry | undefined>;
  /** The policies of an entry by one call; undefined as of `read`. */
  readPolicies(address: EntryAddress): Promise<readonly AssociatedPolicy[] | undefined>;
  /** ARNs of all principals that have an entry. */
  listPrincipals(cluster: string): Promise<readonly string[]>;
  /**
   * One call; gives the new entry for a create. Throws AlreadyExists when a create meets an entry; NotFound when
   * there is none to change; NotStabilized for what may pass by itself (a principal or an entry made just now,
   * GT-74, GT-110); InternalFailure when the service failed or could not be heard, so that it may have acted.
   */
  apply(address: EntryAddress, action: Write, clientRequestToken?: string): Promise<MadeEntry | undefined>;
}
