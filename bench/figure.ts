/** A figure of bench/README.md: what, its target, what was measured. And tables in plain text. */

export interface Figure {
  readonly what: string;
  readonly reach: string;
  readonly got: string;
  readonly met: boolean;
}

export interface Report {
  readonly title: string;
  /** How it was measured; one line. */
  readonly note: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly figures: readonly Figure[];
}

/** A figure with an upper bound. */
export function atMost(what: string, got: number, reach: number, unit: (value: number) => string): Figure {
  return { what, reach: `≤ ${unit(reach)}`, got: unit(got), met: got <= reach };
}

export const unit = {
  kilobytes: (value: number) => `${(value / 1000).toFixed(1)} KB`,
  megabytes: (value: number) => `${value.toFixed(1)} MB`,
  milliseconds: (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`,
  ratio: (value: number) => value.toFixed(2),
  count: (value: number) => String(value),
} as const;

export function printed({ title, note, head, rows, figures }: Report): string {
  return [
    `\n${title}`,
    note,
    '',
    table(head, rows),
    ...(figures.length > 0 ? ['', figureTable(figures)] : []),
  ].join('\n');
}

export function figureTable(figures: readonly Figure[]): string {
  return table(
    ['figure', 'target', 'measured', ''],
    figures.map(({ what, reach, got, met }) => [what, reach, got, met ? 'met' : 'MISSED']),
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
