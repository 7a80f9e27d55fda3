/**
 * Lines inside brackets and quotes that are indented no further than what they belong to: YAML 1.1, as CloudFormation
 * reads it, takes them, and YAML 1.2 does not. There leading blanks mean nothing, so that such a line is moved in. Pure.
 */
import { YAMLException } from 'js-yaml';

const DEEP = ' '.repeat(64);
/** What is said of a text whose lines are in order. */
const SOUND = /^(duplicated mapping key|unknown \w+ tag)/;

/** What `load` makes of the text; of what was never closed it throws what `load` throws of the text as it is written. */
export function loadAsYaml11<Result>(body: string, load: (text: string) => Result): Result {
  const lines = body.split('\n');
  let first: unknown;
  for (let moved = -1; ;) {
    try {
      return load(lines.join('\n'));
    } catch (error) {
      if (error instanceof YAMLException && SOUND.test(error.reason)) throw error;
      first ??= error;
      const line =
        error instanceof YAMLException && /^deficient indentation/.test(error.reason)
          ? error.mark?.line
          : undefined;
      // Each line is moved once, and always one further down.
      if (line === undefined || line <= moved) throw first;
      lines[line] = DEEP + (lines[line] ?? '');
      moved = line;
    }
  }
}
