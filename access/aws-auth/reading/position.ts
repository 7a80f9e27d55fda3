/** Where in a text, as editors count: lines and characters from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  const before = (lines[lines.length - 1] ?? '').replace(/^\ufeff/, '');
  return { line: lines.length, column: [...before].length + 1 };
}
