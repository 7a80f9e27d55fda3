/** What holds once a run of the schedule is over: nobody has lost access, and what could be done is done. */
import { type Place } from '../../../../access/place';
import { isUnclear } from './cell';
import { askedLogin, hasEnded, loginWithoutPolicies, placeOf } from './mapping';
import { type OwnerKey, PLACES, PRINCIPAL_NAMES, type PrincipalName, PRINCIPALS } from './names';
import { recordOn, recordsIn } from './records';
import { mayEnd, restingMapping } from './run-witness';
import { type ScheduledRun } from './scheduled-run';
import { type SeenWorld } from './seen-world';

/** What a run has to do to which nothing happens. */
export interface Work {
  /** Mappings in aws-auth that have to be access entries. */
  readonly moves: readonly Held[];
  /** Mappings that have ended. */
  readonly ends: readonly (Held & { readonly place: Place })[];
}

interface Held {
  readonly name: PrincipalName;
  readonly owner: OwnerKey;
}

export function workFor(world: SeenWorld): Work {
  return { moves: movesIn(world), ends: PLACES.flatMap((place) => endsIn(world, place)) };
}

function endsIn(world: SeenWorld, place: Place): Work['ends'] {
  const { cluster, ledger, time } = world;
  if (!cluster.reads(place)) return [];
  return PRINCIPAL_NAMES.flatMap((name) => {
    const owner = ledger.holder(place, name);
    const mapping = owner === undefined ? undefined : restingMapping(world, owner, name);
    const recorded =
      place === 'API'
        ? recordOn(cluster.entries.get(PRINCIPALS[name]))
        : recordsIn(cluster.configMap).get(name);
    const isRecorded = recorded?.owner === owner && !isUnclear(ledger.cell(place, name));
    if (owner === undefined || !mapping || !isRecorded) return [];
    return hasEnded(mapping, time.now()) ? [{ place, name, owner }] : [];
  });
}

function movesIn(world: SeenWorld): Work['moves'] {
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

/** `work`: from before it began. Gives what is wrong. */
export function checkRun(world: SeenWorld, run: ScheduledRun, work: Work): readonly string[] {
  const isUndisturbed = !run.fault && !run.isShared && run.deniedPlace === undefined;
  return [
    ...PRINCIPAL_NAMES.flatMap((name) => checkLogin(world, run, name)),
    ...[...run.ended].flatMap((name) => checkTakenBack(world, run, name)),
    ...(isUndisturbed ? checkDone(world, run, work) : []),
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
  // What the API server carries out late, or an attempt has left that nobody answers for, is not the run's.
  const isOthers =
    world.lateCommits > run.lateCommits || PLACES.some((place) => world.ledger.cell(place, name).isAbandoned);
  if (was === undefined || isSame || isOthers) return [];
  // What a Delete in the middle of the run could not see, the run has taken back; another stack may have a mapping too.
  const isLive = holders.some((owner) => world.resource(owner)?.principals.includes(name));
  const isTakenBack = run.made.has(name) && world.cluster.content('API', name) === undefined;
  if (run.isShared && isTakenBack && (is !== undefined || !isLive || isReplacedIn(world, run, name)))
    return [];
  const isOver = holders.some((owner) => mayEnd(world, run, owner, name));
  return isOver ? [] : [`${name} logged in as ${was} before it, and as ${is ?? 'nobody'} after it`];
}

/** A stack has taken the entry that the run had just made for good (REPLACE): so it has what the run then takes out of aws-auth. */
function isReplacedIn({ requests }: SeenWorld, run: ScheduledRun, name: PrincipalName): boolean {
  return requests.some(
    ({ type, mapping, requestedAt, answers }) =>
      type !== 'Delete' &&
      mapping.principal === name &&
      mapping.existing === 'REPLACE' &&
      requestedAt >= run.startedAt - 1_000 &&
      answers[0]?.Status === 'SUCCESS',
  );
}

/** What it made of a mapping that others had ended meanwhile. */
function checkTakenBack(world: SeenWorld, run: ScheduledRun, name: PrincipalName): readonly string[] {
  const owner = recordOn(world.cluster.entries.get(PRINCIPALS[name]))?.owner;
  const isLeft = owner !== undefined && !run.fault && mayEnd(world, run, owner, name);
  return isLeft ? [`left the access entry of a mapping that had ended: ${name}`] : [];
}

function checkDone(world: SeenWorld, run: ScheduledRun, { moves, ends }: Work): readonly string[] {
  const { ledger } = world;
  const isHeld = (place: Place, { name, owner }: Held): boolean => ledger.holder(place, name) === owner;
  // Its time may have come in the pause of the run, which then ends what it has moved.
  const isDue = ({ name, owner }: Held): boolean => !mayEnd(world, run, owner, name);
  const unmoved = moves.filter((held) => isDue(held) && (!isHeld('API', held) || isHeld('CONFIG_MAP', held)));
  return [
    ...run.lines.filter(({ level }) => level === 'ERROR').map(({ reason }) => `failed: ${String(reason)}`),
    ...(run.isReport ? [] : unmoved).map(({ name }) => `did not move the mapping of ${name}`),
    ...ends
      .filter((held) => isHeld(held.place, held))
      .map(({ place, name }) => `left a mapping that has ended: ${place} ${name}`),
  ];
}
