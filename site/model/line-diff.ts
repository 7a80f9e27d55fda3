/** Two texts as the lines that differ, each with three lines around it. Pure. */
import { structuredPatch } from 'diff';
import { shown } from '../../access/explain/shown';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  readonly text: string;
  /** In the new text, or in the old one of what is removed. */
  readonly line: number | undefined;
}

const AROUND = 3;

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  // Line ends that differ are shown, as every byte is.
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: AROUND });
  return hunks.flatMap((hunk, index) => {
    let [old, now] = [hunk.oldStart, hunk.newStart];
    const lines = hunk.lines.map((text): DiffLine => {
      const rest = shown(text.slice(1).replace(/\r$/, ''));
      if (text.startsWith('\\')) return { kind: 'gap', text: 'no line break at the end', line: undefined };
      if (text.startsWith('-')) return { kind: 'removed', text: rest, line: old++ };
      if (text.startsWith('+')) return { kind: 'added', text: rest, line: now++ };
      old += 1;
      return { kind: 'same', text: rest, line: now++ };
    });
    return index === 0 ? lines : [{ kind: 'gap', text: '…', line: undefined } as const, ...lines];
  });
}
