/** Why the authenticator reads nothing of a section, and what would cure it. Types only. */
import { type Splice } from '../aws-auth/editing/layout';

export type Cause =
  | 'json-object'
  | 'control-character'
  | 'line-separator'
  | 'tab'
  | 'template-unquoted'
  | 'indicator'
  | 'colon-in-value'
  | 'quote'
  | 'bracket'
  | 'escape'
  | 'no-space-after-colon'
  | 'no-space-after-dash'
  | 'indent'
  | 'other';

export interface Repair {
  readonly cause: Cause;
  /** Ends the sentence `mapRoles does not parse: …`. */
  readonly why: string;
  /** The offending characters. */
  readonly start: number;
  readonly end: number;
  /** Ways to cure it, the likeliest first. */
  readonly splices: readonly Splice[];
}

export interface LostSection {
  readonly rule: 'section-unparsable' | 'section-not-a-list';
  readonly cause: Cause | 'not-a-list';
  /** Ends the sentence `mapRoles does not parse: …`. */
  readonly why: string;
  readonly start: number;
  readonly end: number;
  /** Undefined where nothing that was tried cures it. */
  readonly splice: Splice | undefined;
}
