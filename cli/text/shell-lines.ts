/** A command on lines that fit the width, as a shell reads them: broken between its options, where that is possible. Pure. */
import { shown, widthOf } from './shown';

/** Quotes are left whole; a line that cannot be broken is longer than the width. */
export function shellLines(command: string, width: number): readonly string[] {
  const pieces = shown(command).match(/(?:'[^']*'|"[^"]*"|\S)+(?: (?!--)(?:'[^']*'|"[^"]*"|\S)+)*/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const joined = line === '' ? piece : `${line} ${piece}`;
    if (line === '' || widthOf(joined) <= width - 2) line = joined;
    else {
      lines.push(`${line} \\`);
      line = `  ${piece}`;
    }
  }
  return [...lines, line];
}
