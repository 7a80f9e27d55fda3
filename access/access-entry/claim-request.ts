/** What is asked of an access entry that is to be this resource's. Types only. */
import { type ExistingEntry } from '../desired-access';
import { type Owner } from '../owner';
import { type PutFacts } from '../record-facts';
import { type Surroundings } from '../surroundings';
import { type DesiredAccessEntry } from './access-entry';

export interface ClaimRequest {
  readonly cluster: string;
  readonly entry: DesiredAccessEntry;
  readonly owner: Owner;
  /** As of the ownership table. */
  readonly requestedAt?: number | undefined;
  readonly existingEntry: ExistingEntry;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** As of a put. */
  readonly isReplacement?: boolean | undefined;
  /** As of a put. */
  readonly hadEnded?: boolean | undefined;
  /** What the resource is known to have asked for here until now; an entry equal to it is its own without a record. */
  readonly previous?: DesiredAccessEntry | undefined;
  /**
   * The entry is what a CreateAccessEntry of this request made, or what a rollback goes back to; node entries carry no
   * record that could say so.
   */
  readonly isOwnTry: boolean;
  readonly surroundings: Surroundings;
  /** As of a put. */
  readonly facts?: PutFacts | undefined;
}
