/** What holds once a run of the schedule is over: nobody has lost access, and what could be done is done. */
import { isUnclear } from './cell';
import { askedLogin, hasEnded, loginWithoutPolicies, placeOf } from './mapping';
import { type OwnerKey, PLACES, PRINCIPAL_NAMES, type PrincipalName } from './names';
import { recordsIn } from './records';
import { mayEnd, restingMapping } from './run-witness';
import { type ScheduledRun } from './scheduled-run';
import { type SeenWorld } from './seen-world';

/** A mapping in aws-auth that has to be an access entry once a run is over that nothing happens to. */
interface Movable {
  readonly name: PrincipalName;
  readonly owner: OwnerKey;
}

export function movablesOf(world: SeenWorld): readonly Movable[] {
  const { cluster, ledger } = world;
  if (cluster.mode !== 'API_AND_CONFIG_MAP') return [];
  const records = recordsIn(cluster.configMap);
  return PRINCIPAL_NAMES.flatMap((name) => {
    const owner = records.get(name)?.owner;
    const mapping = owner === undefined ? undefined : restingMapping(world, owner, name);
    if (owner === undefined || !mapping) return [];
    const isClear = PLACES.every((place) => !isUnclear(ledger.cell(place, name)));
    const isItsOwn = isClear && ledger.holder('CONFIG_MAP', name) === owner;
    const isAsAsked = cluster.loginIn('CONFIG_MAP', name) === askedLogin(mapping);
    const isBlocked =
      cluster.content('API', name) !== undefined || mapping.node === true || name === 'provider';
    const moves = placeOf(mapping, cluster.mode) === 'API' && !hasEnded(mapping, world.time.now());
    return isItsOwn && isAsAsked && moves && !isBlocked ? [{ name, owner }] : [];
  });
}

/** `movables`: from before it began. Gives what is wrong. */
export function checkRun(
  world: SeenWorld,
  run: ScheduledRun,
  movables: readonly Movable[],
): readonly string[] {
  const isUndisturbed = !run.fault && !run.isShared && run.deniedPlace === undefined;
  return [
    ...PRINCIPAL_NAMES.flatMap((name) => checkLogin(world, run, name)),
    ...(isUndisturbed ? checkDone(world, run, movables) : []),
  ];
}

function checkLogin(world: SeenWorld, run: ScheduledRun, name: PrincipalName): readonly string[] {
  const [was, is] = [run.logins.get(name), world.cluster.login(name)];
  const holders = [...(run.holders.get(name) ?? [])];
  // Of an entry that could not be finished the policies are missing until the next run.
  const isFinished = holders.some((owner) => {
    const mapping = restingMapping(world, owner, name);
    return mapping && askedLogin(mapping) === is;
  });
  const isSame =
    run.fault || run.isShared || isFinished
      ? loginWithoutPolicies(was) === loginWithoutPolicies(is)
      : was === is;
  if (was === undefined || isSame) return [];
  const isOver = holders.some((owner) => mayEnd(world, run, owner, name));
  return isOver ? [] : [`${name} logged in as ${was} before it, and as ${is ?? 'nobody'} after it`];
}

function checkDone(world: SeenWorld, run: ScheduledRun, movables: readonly Movable[]): readonly string[] {
  const { cluster, ledger } = world;
  const failed = run.lines
    .filter(({ level }) => level === 'ERROR')
    .map(({ reason }) => `failed: ${String(reason)}`);
  const unmoved = run.isReport ? [] : movables;
  return [
    ...failed,
    ...unmoved
      .filter(({ name, owner }) =>
        PLACES.some((place) => (ledger.holder(place, name) === owner) !== (place === 'API')),
      )
      .map(({ name }) => `did not move the mapping of ${name}`),
    ...PRINCIPAL_NAMES.flatMap((name) =>
      PLACES.filter((place) => cluster.reads(place) && isLeft(world, name, place)).map(
        (place) => `left a mapping that has ended: ${place} ${name}`,
      ),
    ),
  ];
}

function isLeft(world: SeenWorld, name: PrincipalName, place: (typeof PLACES)[number]): boolean {
  const { ledger, cluster, time } = world;
  const cell = ledger.cell(place, name);
  const owner = ledger.holder(place, name);
  const mapping = owner === undefined ? undefined : restingMapping(world, owner, name);
  if (!mapping || isUnclear(cell) || !hasEnded(mapping, time.now())) return false;
  return cluster.content(place, name) !== undefined;
}
