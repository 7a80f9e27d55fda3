/** What a command found, in every form in which it may be asked for. Types only. */
import { type Line } from './text/line';

/** 0 nothing found, or YES; 1 found, or NO; 2 could not look, or CANNOT SAY. */
export type ExitCode = 0 | 1 | 2;

export interface Outcome {
  readonly exitCode: ExitCode;
  /** No line is wider than the width. */
  text(width: number): readonly Line[];
  /** One record a line; no cell is cut. */
  readonly plain: readonly (readonly string[])[];
  /** `cli/output.schema.json`, but for its version. */
  readonly json: object;
  /** Whether the JSON is one line, the last of several. Default: no. */
  readonly isLine?: boolean | undefined;
  /** For stderr: what to do next. */
  readonly hints: readonly Line[];
  github?(): GithubOutput;
  /** A SARIF log; `version`: of the program. */
  sarif?(version: string): object;
  /** A document for stdout instead of all of the above, byte for byte unless stdout is a terminal. */
  readonly document?: string | undefined;
}

export interface GithubOutput {
  readonly annotations: readonly string[];
  /** Markdown with all of them. */
  readonly summary: string;
}
