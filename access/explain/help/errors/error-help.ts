/** What an error means that people are told. Types only. */
import { type RuleName } from '../../finding';

export interface ErrorHelp {
  readonly shape: RegExp;
  readonly meaning: string;
  /** Only who has logged in is told this. */
  readonly isLoggedIn?: true;
  /** What to look at, in this order; one sentence each. */
  readonly look: readonly string[];
  /** Which may be the cause. */
  readonly rules: readonly RuleName[];
}
