/**
 * What the places of a cluster show of one principal, as the ownership table looks at it: who recorded it, what it
 * gives, and whether it may be touched at all. Types only.
 */
import { type LoginIdentity } from './login-identity';
import { type Owner } from './owner';
import { type Place } from './place';

export interface Sighting {
  readonly place: Place;
  /** Who recorded the entry; undefined without a record. */
  readonly owner: Owner | undefined;
  /** `at` of that record. */
  readonly at: number | undefined;
  /** Whether that record keeps an entry of an owner outside the stack. */
  readonly isAdopted: boolean;
  /** Whether that record says that no other place holds anything of its owner. Default: false. */
  readonly isMarked?: boolean | undefined;
  /** Undefined where the principal has no entry. */
  readonly entry: EntrySighting | undefined;
}

export interface EntrySighting {
  readonly identity: LoginIdentity;
  /** Of an identity mapping alone. */
  readonly groups?: readonly string[] | undefined;
  readonly protects: Protected | undefined;
  /** For messages: `user name "ann", groups team-a`. */
  readonly gives: string;
}

/** What no stack may touch: how the provider itself reaches the cluster, and how nodes join it. */
export type Protected = 'provider' | 'node';

/** The other place that the cluster reads. */
export type Elsewhere =
  | { readonly state: 'seen'; readonly sighting: Sighting; readonly standing: Standing | undefined }
  /** The cluster reads no other place, or it was not looked at. */
  | { readonly state: 'nothing' }
  /** It could not be read, for this reason. */
  | { readonly state: 'unread'; readonly reason: string };

/** What the owner of a record is to the one who asks. */
export type Standing =
  | 'self'
  /** Another logical id of the same stack, which is being created, being rolled back, or neither. */
  | 'sibling of a new stack'
  | 'sibling in a rollback'
  | 'sibling'
  /** The same, and CloudFormation does not wait for the one who asks. */
  | 'sibling of a late event'
  /** Another stack's. */
  | 'foreign'
  /** CloudFormation says that its stack or resource does not exist. */
  | 'gone'
  /** CloudFormation has moved the resource to the one who asks (stack refactoring). */
  | 'moved';
