/** What a person has put into the page. Types only. */
import { type AuthenticationMode } from '../../access/desired-access';

export interface PageInput {
  /** aws-auth as it was pasted, or nothing. */
  readonly document: string;
  /** What `aws eks describe-access-entry` prints, or nothing. */
  readonly accessEntries: string;
  /** Undefined where it is not known. */
  readonly mode: AuthenticationMode | undefined;
}
