/** How often each number of writers is tried, and the contention table. */
import { measureContention, ROUND_TRIP_MS } from './contention';
import { atMost, unit, type Figure, type Report } from './figure';
import { shuffled, type Sample } from './rounds';
import { type StageOptions } from './stage';

/** Few writers are cheap and differ most by luck; many are dear and differ least. */
const ROUNDS: readonly (readonly [writers: number, rounds: number])[] = [
  [2, 15],
  [10, 7],
  [50, 3],
  [100, 2],
  [300, 1],
];

export interface ContentionChoice extends StageOptions {
  readonly quick: boolean;
  /** Default: 2, 10, 50, 100 and, unless it shall be quick, 300. */
  readonly writers?: readonly number[];
}

export async function contentionReport(options: ContentionChoice): Promise<Report> {
  const { quick, writers: asked, ...stage } = options;
  const wanted = ([writers]: (typeof ROUNDS)[number]): boolean =>
    asked ? asked.includes(writers) : !quick || writers <= 100;
  const samples = ROUNDS.filter(wanted).flatMap(([size, rounds]) =>
    Array.from({ length: quick ? Math.ceil(rounds / 3) : rounds }, (_, round): Sample => ({ size, round })),
  );
  if (samples.length === 0)
    throw new Error(`--writers takes of ${ROUNDS.map(([writers]) => writers).join(', ')}`);
  const { floor, rows } = await measureContention({ plan: shuffled(samples), ...stage });
  const faults = rows.flatMap((row) => row.faults);
  const ratioOf = (writers: number, wall: number): number => wall / (writers * floor.readModifyWrite);
  return {
    title: `Writers at once on one ConfigMap, ${ROUND_TRIP_MS} ms away`,
    note:
      `floor: writers × one read-modify-write of one writer alone, ${floor.readModifyWrite.toFixed(1)} ms ` +
      `(from its read to its commit ${floor.commit.toFixed(1)} ms); medians`,
    head: [
      'writers',
      'wall ms',
      'floor ms',
      'ratio',
      'ratio to one commit a round trip',
      'attempts mean',
      'max',
      'cores busy',
    ],
    rows: rows.map(({ writers, wall, cpu, meanAttempts, maxAttempts }) => [
      String(writers),
      wall.toFixed(0),
      (writers * floor.readModifyWrite).toFixed(0),
      ratioOf(writers, wall).toFixed(2),
      (wall / (writers * floor.commit)).toFixed(2),
      meanAttempts.toFixed(1),
      String(maxAttempts),
      (cpu / (wall / 1000)).toFixed(2),
    ]),
    figures: [
      ...rows.map(({ writers, wall }): Figure =>
        atMost(`${writers} writers, of the optimistic floor`, ratioOf(writers, wall), 2, unit.ratio),
      ),
      {
        what: 'all succeed, none lost, foreign bytes unchanged',
        reach: 'every run',
        got: faults.length === 0 ? 'every run' : faults.slice(0, 3).join('; '),
        met: faults.length === 0,
      },
    ],
  };
}
