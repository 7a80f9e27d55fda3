/** Edits of one document by size and style, the proof included; processor time of one core. */
import { EDITS, type DocumentJob, type DocumentRun } from './document-process';
import { STYLES } from './document-text';
import { atMost, unit, type Report } from './figure';
import { inProcess } from './function-process';
import { interleaved, median } from './rounds';

const SIZES = [10, 100, 1_000, 5_000] as const;

export async function measureDocumentEdit(
  program: string,
  nodePath: string,
  rounds: number,
): Promise<Report> {
  const jobs = STYLES.flatMap((style) =>
    EDITS.flatMap((edit) =>
      SIZES.map((entries): DocumentJob => ({ style, edit, entries, times: entries > 500 ? 6 : 30 })),
    ),
  );
  const results = await interleaved(jobs, rounds, (job) =>
    inProcess<DocumentRun>(program, { nodePath, job }),
  );
  const of = (wanted: Omit<DocumentJob, 'times'>): readonly DocumentRun[] => {
    const job = jobs.find(
      ({ style, edit, entries }) =>
        style === wanted.style && edit === wanted.edit && entries === wanted.entries,
    );
    return (job && results.get(job)) ?? [];
  };
  const warm = ({ cpu }: DocumentRun): number => median(cpu.slice(1));
  const middle = (wanted: Omit<DocumentJob, 'times'>, measure: (run: DocumentRun) => number): number =>
    median(of(wanted).map(measure));
  const growth = STYLES.flatMap((style) =>
    EDITS.map(
      (edit) => middle({ style, edit, entries: 5_000 }, warm) / middle({ style, edit, entries: 1_000 }, warm),
    ),
  );
  // The whole plan is more than the edit: it reads the document and the owners' records as well.
  const edits = STYLES.flatMap((style) =>
    EDITS.filter((edit) => edit !== 'whole plan').map((edit) => ({ style, edit, entries: 5_000 })),
  );
  return {
    title: 'Editing aws-auth, the proof included',
    note: `ms of processor time, all threads; warm: median of the later edits in a process; first: code that has never run; ${rounds} processes each`,
    head: [
      'style, edit',
      ...SIZES.map((size) => `${size.toLocaleString('en')} warm`),
      '5,000 first',
      '5,000 / 1,000',
      'KB',
    ],
    rows: STYLES.flatMap((style) =>
      EDITS.map((edit) => [
        `${style}, ${edit}`,
        ...SIZES.map((entries) => middle({ style, edit, entries }, warm).toFixed(entries < 500 ? 2 : 1)),
        middle({ style, edit, entries: 5_000 }, ({ cpu }) => cpu[0] ?? NaN).toFixed(1),
        (
          middle({ style, edit, entries: 5_000 }, warm) / middle({ style, edit, entries: 1_000 }, warm)
        ).toFixed(2),
        middle({ style, edit, entries: 5_000 }, ({ bytes }) => bytes / 1000).toFixed(0),
      ]),
    ),
    figures: [
      atMost(
        'slowest edit of 5,000 entries, warm',
        Math.max(...edits.map((edit) => middle(edit, warm))),
        150,
        unit.milliseconds,
      ),
      atMost('growth from 1,000 to 5,000 entries (5: linear)', Math.max(...growth), 6, unit.ratio),
    ],
  };
}
