/** Where in a text, as editors count: lines and characters from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split(/\r\n|\n|\r/).length;
  const inLine = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return { line, column: [...inLine.replace(/^\ufeff/, '')].length + 1 };
}
