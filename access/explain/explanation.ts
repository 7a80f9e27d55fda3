/** Whether one principal gets in, as whom, and why, or why not. Types only. */
import { type Section } from '../aws-auth/identity-mapping';
import { type RuleName } from './finding';

export type Verdict = 'YES' | 'NO' | 'CANNOT SAY';

/** One line of the reasoning, in the order in which the cluster looks. */
export interface Step {
  /** `line 20`, `access entry`, `caller`, `looked up`, `user name`. */
  readonly label: string;
  readonly line?: number | undefined;
  readonly text: string;
  /** What the entry gives, or what it means; may be empty. */
  readonly note: string;
  readonly rule?: RuleName | undefined;
}

/** As whom: after the templates were filled in; what only a session tells stays as `<session>`. */
export interface LoggedIn {
  readonly userName: string;
  readonly groups: readonly string[];
  /** Names of access policies with their scope. */
  readonly policies: readonly string[];
}

export interface Remedy {
  /** To copy: the line as it should be, the entry to add, or the command to run. */
  readonly text: string;
  /** Of the document, that the text is to replace; undefined for what is to be added. */
  readonly line: number | undefined;
  /** Whole texts of the sections that change, as the faces may write them when they are asked to. */
  readonly texts: Readonly<Partial<Record<Section, string>>>;
}

export interface Explanation {
  readonly verdict: Verdict;
  /** The whole first line, the verdict included. */
  readonly sentence: string;
  /** As it was asked for. */
  readonly caller: string;
  /** By which the cluster looks; undefined where the question does not name one principal. */
  readonly lookedUp: string | undefined;
  readonly steps: readonly Step[];
  /** Exactly where the verdict is YES. */
  readonly as: LoggedIn | undefined;
  /** What to change so that the answer is YES; undefined where only people can know. */
  readonly fix: Remedy | undefined;
  /** The answer after the fix: `YES, as "ci" with deployers`. */
  readonly then: string | undefined;
  /** What decides about rights, and how to ask; undefined where nobody gets in. */
  readonly rights: string | undefined;
}
