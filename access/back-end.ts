/**
 * What a back end is: one place where mappings live, with its own words for them. The function, the command line and
 * every other face know the places by this interface alone. Types only.
 */
import { type EffectiveAccess } from './effective-access';
import { type Place } from './place';
import { type AuthenticationMode, type DesiredAccess, type ExistingEntry, type Kind } from './desired-access';
import { type Owner } from './owner';
import { type PermissionSet } from './permission-set';
import { type PutFacts } from './record-facts';
import { type Fate } from './ownership';
import { type Deadline } from './retry';
import { type Sighting } from './sighting';
import { type RoleOfName } from './role-of-name';
import { type OwnershipQuestions } from './surroundings';

/** What deciding needs to know of a cluster. */
export interface ClusterFacts {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly authenticationMode: AuthenticationMode;
}

/** One clause for the stack author where the place cannot say the mapping, with what to write instead. */
export type Translation<Target> =
  { readonly target: Target; readonly effective: EffectiveAccess } | { readonly unsupported: string };

/** The pure half of a back end. */
export interface Translator<Target> {
  readonly place: Place;
  /** Throws ProviderError InvalidRequest for what is wrong in every place. */
  translate(desired: DesiredAccess, cluster: ClusterFacts): Translation<Target>;
}

/** The mappings of one cluster in one place, for the time of one invocation. */
export interface BackEnd<Target = unknown> extends Translator<Target> {
  /**
   * Makes the place say `target`. Repeatable. Throws ProviderError: AlreadyExists when another owner's entry is in the
   * way, or what the service refused; `mayHaveActed` is true when something may have been left half-way.
   */
  put(request: PutRequest<Target>, deadline: Deadline): Promise<PutOutcome>;
  /**
   * Removes the mapping, or puts back what it had replaced. Not found, or not this owner's, is no error (CR-19, CR-20).
   * Throws ProviderError for what the service refused.
   */
  remove(request: RemoveRequest, deadline: Deadline): Promise<RemoveOutcome>;
  /** Reads what is there for the principal, without another try. Throws ProviderError. */
  look(request: LookRequest, deadline: Deadline): Promise<Sighting>;
  /**
   * Takes back that no other place holds anything of `owner`, where the record here says so. A place without it says no
   * such thing. Throws ProviderError.
   */
  unmark?(request: LookRequest & { readonly owner: Owner }, deadline: Deadline): Promise<void>;
  /**
   * Reads which roles of a permission set have a record here that concerns the owner: ARNs, as the place has them.
   * Without another try. Throws ProviderError.
   */
  recordedRoles(request: RecordedRolesRequest): Promise<readonly string[]>;
}

export interface RecordedRolesRequest {
  readonly cluster: ClusterFacts;
  readonly set: PermissionSet;
  readonly owner: Owner;
}

export interface LookRequest {
  readonly cluster: ClusterFacts;
  readonly key: string;
  /** The principal's real ARN; undefined for a whole account. */
  readonly principalArn: string | undefined;
}

export interface PutRequest<Target> {
  readonly cluster: ClusterFacts;
  /** What identifies the principal (`principalKey`). */
  readonly key: string;
  /** How the template calls its properties, for errors that name them. */
  readonly kind: Kind;
  readonly target: Target;
  readonly owner: Owner;
  /** When CloudFormation asked, in milliseconds since 1970; undefined where that is not known. */
  readonly requestedAt?: number | undefined;
  readonly existingEntry: ExistingEntry;
  /** True for a Create and for a replacement: then no entry that is already there is the resource's own. */
  readonly isNew: boolean;
  /**
   * Whether a new one may have been the resource's before: true for a replacement, because the way back from one looks the
   * same. Default: false.
   */
  readonly isReplacement?: boolean | undefined;
  /** Whether what the resource asked for last had ended (`ExpiresAt`): then nothing is its own without a record. Default: false. */
  readonly hadEnded?: boolean | undefined;
  /** What the target gives at login. */
  readonly effective: EffectiveAccess;
  /**
   * What the resource is known to have asked for here until now; unless that had ended, an entry equal to it is its own
   * without a record.
   */
  readonly previous: DesiredAccess | undefined;
  readonly ownership: OwnershipQuestions;
  /** What the record says beside whose the entry is. Default: what it said before. */
  readonly facts?: PutFacts | undefined;
  /** The same for every try of one event, so that a repeated call is recognised (CR-25). */
  readonly requestId: string;
  /**
   * Whether a principal or a right that IAM may not know yet is waited for (GT-74, CR-30). False for a caller that comes
   * back by itself. Default: true.
   */
  readonly waitsForIam?: boolean | undefined;
  /**
   * As of `RemoveRequest`, where nothing has to be written: an Update that gave up may still be writing what it asked for, or
   * come once more. So the record gets the date of this event, also where there are no versions. Default: none.
   */
  readonly leavesMark?: RemoveRequest['leavesMark'];
  /** What IAM shows of the role now; asked only where it has an entry (GT-79). Left out: it cannot be asked. */
  readonly roleOfName?: (() => Promise<RoleOfName | undefined>) | undefined;
}

export interface RemoveRequest {
  readonly cluster: ClusterFacts;
  readonly key: string;
  readonly owner: Owner;
  /** As of `PutRequest`. */
  readonly requestedAt?: number | undefined;
  /** What the resource last asked for; undefined where it cannot be read. */
  readonly lastKnown: DesiredAccess | undefined;
  /** Whether an entry without record that equals `lastKnown` is the resource's own. */
  readonly equalIsOwn: boolean;
  /** Name of the permission set that the mapping is of; one under the role's own ARN is another mapping. */
  readonly set?: string | undefined;
  /** The entry goes, no matter who owns it: one in another place has replaced it (`ExistingEntry: REPLACE`). */
  readonly isReplaced?: boolean;
  /** Whether the principal is how the provider itself reaches the cluster: then its entry stays. Default: false. */
  readonly isProvidersRole?: boolean | undefined;
  /** Whether CloudFormation no longer has a resource; without it everybody gets back what the record keeps for them. */
  readonly isGone?: ((owner: Owner) => Promise<boolean>) | undefined;
  /**
   * The mark that a place with versions gets where nothing is found, so that a write which is still under way meets a
   * conflict: when (ISO 8601) and for which request. Default: none.
   */
  readonly leavesMark?: { readonly at: string; readonly requestId: string } | undefined;
  /**
   * The same where something is removed, so that a copy of this Delete, which finds nothing, knows that it has been carried
   * out. Default: none.
   */
  readonly marksRemoval?: RemoveRequest['leavesMark'];
}

/** What a `put` came to. `before` and `after` are the one entry, for the log and nothing else (CR-52). */
export interface PutOutcome {
  readonly changed: boolean;
  /** Whether the principal had no entry here when the place was first looked at. */
  readonly isMade: boolean;
  /** Whether this put itself has made an access entry. */
  readonly hasCreated?: boolean | undefined;
  /** Whether it had one then that is recorded as this resource's. */
  readonly wasOwn: boolean;
  /** True while a previous owner's entry is kept to be put back on Delete. */
  readonly adopted: boolean;
  /** User name and groups as the cluster now gives them at login. */
  readonly userName: string;
  readonly groups: readonly string[];
  /** Empty for aws-auth. */
  readonly accessEntryArn: string;
  /** Whether the entry was made again because its role had been deleted and made again. */
  readonly isBoundAgain?: boolean | undefined;
  /** Whether it is certain that no other place holds anything of this resource. */
  readonly isNowhereElse: boolean;
  /** What becomes of the entry in the other place, now that this one is in force. */
  readonly elsewhere: Fate;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Takes back what this put wrote; used when the resource turns out to be no longer wanted (CR-17, CR-28). */
  readonly undo: () => Promise<void>;
}

export interface RemoveOutcome {
  readonly removed: boolean;
  /** As in `PutOutcome`, of the entry that was removed. */
  readonly isNowhereElse: boolean;
  /** Whether the principal had an entry, or a record, here. */
  readonly wasThere: boolean;
  /**
   * Whether the mapping lived here and is another resource's now, as the record showed, whose link to this one is gone; or
   * this Delete has removed it before.
   */
  readonly hasPassed?: boolean | undefined;
  /** Whose the mapping here is by its record, where that is another resource and keeps no link to this one. */
  readonly holder?: Owner | undefined;
  /** Why nothing was removed, for the log: `not found`, `owned by …`. */
  readonly note?: string | undefined;
  /** What the cluster's administrators should look at, for the log. */
  readonly warning?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
}
