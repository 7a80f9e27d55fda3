/** What a command reads beside files, and how it talks before its outcome is there. */
import { type Stdin } from './input/read-text';
import { type Line } from './text/line';

export interface Ways {
  readonly stdin: Stdin;
  /** For stderr, at once. */
  readonly say: (line: Line) => void;
  /** The same where people wait for it. */
  readonly progress: (text: string) => void;
  /** A line of JSON for stdout, at once. */
  readonly emit: (json: object) => void;
}
