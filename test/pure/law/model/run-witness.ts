/**
 * Whether one run of the schedule may make one change: it acts for who holds the mapping, and does nothing but move it to
 * the access entries and end it when its time has come.
 */
import { entryContent } from './cluster';
import { type Change, isUnclear } from './cell';
import { ForeignTags } from './foreign-tags';
import { changesOf, checkForeignText } from './foreign-text';
import { hasEnded, loginWithoutPolicies, type Mapping, physicalIdOf } from './mapping';
import { type OwnerKey, PRINCIPAL_NAMES, type PrincipalName, principalOf } from './names';
import { recordOn, recordsIn } from './records';
import { rightsOf } from './rights-given';
import { type ScheduledRun } from './scheduled-run';
import { type SeenWorld } from './seen-world';
import { type Witness } from './stores';

export function runWitness(world: SeenWorld, run: ScheduledRun): Witness {
  const { ledger } = world;
  const violate = (what: string): void => world.violate(`the run ${run.id}: ${what}`);
  const tags = new ForeignTags();
  const judge = (change: Change, owner: OwnerKey | undefined): void => {
    const { place, name, before, after } = change;
    const why = owner === undefined ? 'changed what has no record' : judgeChange(world, run, change, owner);
    if (why !== undefined)
      violate(`${why} (${place} ${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'})`);
    if (place === 'API' && before === undefined) run.made.add(name);
    if (owner !== undefined) ledger.bookRun(owner, change);
  };
  /** What is given back may be what is there. */
  const judgeRecord = (name: PrincipalName, had: OwnerKey | undefined, has: OwnerKey | undefined): void => {
    if (had === has) violate(`changed the record of ${name}, and not its mapping`);
    const content = world.cluster.content('CONFIG_MAP', name);
    judge({ place: 'CONFIG_MAP', name, before: content, after: content }, had);
  };
  return {
    awsAuthWritten: (before, after) => {
      const [had, has] = [recordsIn(before), recordsIn(after)];
      const changed = new Set<PrincipalName | undefined>();
      for (const { arn, was, is } of changesOf(before, after)) {
        const name = principalOf(arn);
        changed.add(name);
        if (name) judge({ place: 'CONFIG_MAP', name, before: was, after: is }, had.get(name)?.owner);
        else violate(`changed ${arn}, which no resource names`);
      }
      for (const name of PRINCIPAL_NAMES)
        if (!changed.has(name) && had.get(name)?.text !== has.get(name)?.text)
          judgeRecord(name, had.get(name)?.owner, has.get(name)?.owner);
      for (const what of checkForeignText(world, before, after)) violate(what);
    },
    entryWritten: (arn, before, after) => {
      const name = principalOf(arn);
      if (!name) return violate(`changed the access entry of ${arn}, which no resource names`);
      for (const what of tags.lost(arn, before, after)) violate(what);
      const [had, has] = [recordOn(before), recordOn(after)];
      if (has && !isDateOfAnEvent(world, has.owner, has.at))
        violate(`dated the record of ${name} itself: ${has.at ?? 'no date'}`);
      const [was, is] = [before && entryContent(before), after && entryContent(after)];
      const holder = ledger.holder('API', name);
      // The record of an entry that has been given back follows it.
      if (was === is && (!had || had.owner === has?.owner || had.owner !== holder)) return;
      // A node's access entry has no record.
      const nodes =
        ledger.holder('CONFIG_MAP', name) ??
        recordsIn(world.cluster.configMap).get(name)?.owner ??
        // Deleted since the run has looked, which then takes the entry back.
        [...(run.holders.get(name) ?? [])].at(-1);
      judge({ place: 'API', name, before: was, after: is }, had?.owner ?? has?.owner ?? holder ?? nodes);
    },
  };
}

/** Records bear the dates of the events that wrote them. */
function isDateOfAnEvent({ requests }: SeenWorld, owner: OwnerKey, at: number | undefined): boolean {
  return requests.some((request) => request.owner === owner && request.requestedAt === at);
}

/** Gives what is wrong with it; undefined where nothing is. */
function judgeChange(
  world: SeenWorld,
  run: ScheduledRun,
  { place, name, before, after }: Change,
  owner: OwnerKey,
): string | undefined {
  const { ledger, foreign, cluster } = world;
  const cell = ledger.cell(place, name);
  if (name === 'provider') return 'changed the provider’s own mapping';
  // What it moves is no clearer than it was.
  const isMoved = place === 'API' && before === undefined;
  if (isUnclear(cell) || (isMoved && isUnclear(ledger.cell('CONFIG_MAP', name)))) return undefined;
  const isOver = mayEnd(world, run, owner, name);
  if (run.isReport && !isOver) return 'changed something, and was to report';
  const isTakenBack = place === 'API' && after === undefined && run.made.has(name);
  if (isMoved) {
    if (!run.holders.get(name)?.has(owner)) return `made an access entry for ${owner}, which holds nothing`;
    // A call that EKS carries out after the run gave up (docs/law.md): the next run ends it.
    const isOfEnded = isOver && !wasAskedForAgain(world, owner, name) && run.fault?.kind !== 'late';
    // Others have ended it since the run looked, which takes it back.
    const isBusy = world.requests.some((one) => one.owner === owner && one.requestedAt >= run.startedAt);
    // Its time came while others acted, between the run's look at the clock and this call: the date is on the entry.
    const isDuring = run.calls === run.meanwhile?.at || run.calls - 1 === run.meanwhile?.at;
    if (isOfEnded && isBusy) run.ended.add(name);
    else if (isOfEnded && !isDuring) return 'made the access entry of a mapping that has ended';
    if (!run.isShared && restingMapping(world, owner, name)?.forced === 'CONFIG_MAP')
      return 'moved what its template forces into aws-auth';
  } else {
    if (ledger.holder(place, name) !== owner)
      return `changed what ${ledger.holder(place, name) ?? 'nobody'} holds`;
    const isBack = [undefined, foreign.content(place, name), ...cell.everFound].includes(after);
    if (place === 'CONFIG_MAP' && !isBack) return 'wrote a mapping into aws-auth';
    // What it makes, in several calls, may come to what another resource found of the run before that took it.
    const isMade = place === 'API' && after !== undefined && run.made.has(name);
    if (place === 'API' && isBack && !isOver && !isTakenBack && !isMade) return 'removed an access entry';
  }
  if (run.isShared || isOver) return undefined;
  const may = rightsOf(cluster, name);
  const lost = [...(run.rights.get(name) ?? [])].find((token) => !may.has(token));
  if (lost !== undefined) return `left the principal for a moment without ${lost}`;
  if (isTakenBack) return undefined;
  const [was, is] = [run.logins.get(name), cluster.login(name)].map((login) => loginWithoutPolicies(login));
  return was === undefined || was === is ? undefined : `left the principal as ${is ?? 'nobody'}, not ${was}`;
}

/** Whether the time of the mapping has come, and no stack operation is changing it. */
export function mayEnd(world: SeenWorld, run: ScheduledRun, owner: OwnerKey, name: PrincipalName): boolean {
  const now = world.time.now();
  const resting = restingMapping(world, owner, name);
  if (resting) return hasEnded(resting, now);
  const live = world.resource(owner);
  // Where CloudFormation cannot be asked what has ended ends all the same.
  if (live?.status.endsWith('_IN_PROGRESS') && !run.fault && !run.isShared) return false;
  const asked = world.requests.filter((request) => request.owner === owner);
  return asked.some(({ mapping }) => isOf(mapping, name) && hasEnded(mapping, now));
}

/** Whether the resource's last event for the principal, which the run may act for, asked for what goes on: a way back may. */
function wasAskedForAgain(world: SeenWorld, owner: OwnerKey, name: PrincipalName): boolean {
  const last = world.requests
    .filter((request) => request.owner === owner && isOf(request.mapping, name))
    .at(-1);
  return last !== undefined && !hasEnded(last.mapping, world.time.now());
}

/** What the resource maps the principal with; undefined while it is changed, and where it names another one. */
export function restingMapping(world: SeenWorld, owner: OwnerKey, name: PrincipalName): Mapping | undefined {
  const { status, mapping, physicalId } = world.resource(owner) ?? {};
  if (!status?.endsWith('_COMPLETE') || !mapping || !isOf(mapping, name)) return undefined;
  return physicalId === physicalIdOf(mapping) ? mapping : undefined;
}

function isOf({ principal, cluster = 'prod' }: Mapping, name: PrincipalName): boolean {
  return principal === name && cluster === 'prod';
}
