/** Has the schedule run once, and looks at what has come of it. */
import { runScheduled } from '../wiring/schedule';
import { PLACES, PRINCIPAL_NAMES } from './names';
import { checkRun, workFor } from './run-outcome';
import { rightsOf } from './rights-given';
import { type RunCourse, type ScheduledRun } from './scheduled-run';
import { type SeenWorld } from './seen-world';

export async function runSchedule(
  world: SeenWorld,
  { report, fault, meanwhile: between }: RunCourse,
): Promise<void> {
  world.commitPending();
  let done: Promise<void> | undefined;
  const id = world.newId();
  const run: ScheduledRun = {
    who: `the run ${id}`,
    id,
    startedAt: world.time.now(),
    lateCommits: world.lateCommits,
    isReport: report ?? false,
    isShared: between !== undefined,
    fault,
    cancel: undefined,
    meanwhile: between && { at: between.at, partsNoLook: true, happens: () => (done = act()) },
    calls: 0,
    writes: 0,
    deniedPlace: world.isDenied ? 'CONFIG_MAP' : undefined,
    lines: [],
    holders: new Map(PRINCIPAL_NAMES.map((name) => [name, new Set()])),
    made: new Set(),
    ended: new Set(),
    logins: new Map(),
    rights: new Map(),
  };
  const act = async (): Promise<void> => {
    await between?.happens();
    look(world, run);
  };
  look(world, run);
  const work = workFor(world);
  await runScheduled(world, run);
  // Its time may be over before others are done.
  await done;
  for (const what of checkRun(world, run, work)) world.violate(`the run ${run.id}: ${what}`);
  // After it, where it has made fewer calls.
  await between?.happens();
}

function look({ cluster, ledger }: SeenWorld, run: ScheduledRun): void {
  run.logins = new Map(PRINCIPAL_NAMES.map((name) => [name, cluster.login(name)]));
  run.rights = new Map(PRINCIPAL_NAMES.map((name) => [name, rightsOf(cluster, name)]));
  for (const [name, holders] of run.holders)
    for (const place of PLACES) for (const owner of ledger.cell(place, name).holders) holders.add(owner);
}
