/** The table of contention in virtual time. */
import { atMost, unit, type Report } from './figure';
import { median } from './rounds';
import { contendInVirtualTime, type VirtualRun } from './virtual-contention';

/** 20 ms of way and 3 ms of the server for each request. */
const DISTANCE = { oneWay: 10, service: 3, late: { share: 0, most: 0 } } as const;
/** A network or an API server with moods. */
const UNSTEADY = { ...DISTANCE, late: { share: 0.02, most: 1_500 } } as const;
const REQUEST = 2 * DISTANCE.oneWay + DISTANCE.service;

const ROUNDS: readonly (readonly [writers: number, rounds: number])[] = [
  [2, 101],
  [10, 51],
  [50, 9],
  [100, 5],
  [300, 1],
];

export async function virtualReport(quick: boolean): Promise<Report> {
  const rows: {
    readonly writers: number;
    readonly runs: readonly VirtualRun[];
    readonly unsteady: readonly VirtualRun[];
  }[] = [];
  for (const [writers, rounds] of ROUNDS.filter(([count]) => !quick || count <= 100)) {
    const runs: VirtualRun[] = [];
    const unsteady: VirtualRun[] = [];
    for (let round = 0; round < (quick ? Math.min(rounds, 11) : rounds); round += 1) {
      runs.push(await contendInVirtualTime(writers, DISTANCE, () => Math.random()));
      unsteady.push(await contendInVirtualTime(writers, UNSTEADY, () => Math.random()));
    }
    rows.push({ writers, runs, unsteady });
  }
  const ratioOf = (writers: number, { wall }: VirtualRun): number => wall / (writers * 2 * REQUEST);
  const middle = (writers: number, runs: readonly VirtualRun[]): number =>
    median(runs.map((run) => ratioOf(writers, run)));
  const lost = rows
    .flatMap(({ runs, unsteady }) => [...runs, ...unsteady])
    .reduce((sum, run) => sum + run.lost, 0);
  return {
    title: 'The same in virtual time',
    note: `the function's own loop with its pauses, a processor that takes no time, ${REQUEST} ms a request; floor: writers × ${2 * REQUEST} ms`,
    head: [
      'writers',
      'ratio',
      'worst tenth',
      'ratio to one commit a round trip',
      'attempts mean',
      'ratio, one answer in 50 up to 1.5 s late',
      'runs',
    ],
    rows: rows.map(({ writers, runs, unsteady }) => [
      String(writers),
      middle(writers, runs).toFixed(2),
      quantile(
        runs.map((run) => ratioOf(writers, run)),
        0.9,
      ).toFixed(2),
      (2 * middle(writers, runs)).toFixed(2),
      median(runs.map(({ attempts }) => attempts)).toFixed(1),
      middle(writers, unsteady).toFixed(2),
      String(runs.length),
    ]),
    figures: [
      ...rows.map(({ writers, runs }) =>
        atMost(`${writers} writers in virtual time, of the floor`, middle(writers, runs), 2, unit.ratio),
      ),
      atMost('entries lost in virtual time', lost, 0, unit.count),
    ],
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
