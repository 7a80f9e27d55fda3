/** What became of one recorded mapping: its record against what is there, and against CloudFormation. Pure. */
import { afterReplacement, type Liveness, readLiveness } from '../../following/liveness';
import { identityOf } from '../../login-identity';
import { describeOwner, type Owner, isSameOwner } from '../../owner';
import { type StackResource, type StackStatus } from '../../stacks';
import { type View } from '../view';
import { principalKeyOf } from '../who';
import { type WrittenEntry } from '../written';
import { type DriftState } from './drift-item';
import { hasDigest, type Recorded } from './recorded';
import { type SeenStack } from './seen-stack';

export interface Judgement {
  readonly state: DriftState;
  readonly line?: number | undefined;
  /** One clause. */
  readonly clause: string;
}

/** `all`: every recorded mapping of the cluster. `stack`: undefined where it was not looked at. */
export function judged(
  view: View,
  recorded: Recorded,
  all: readonly Recorded[],
  stack: SeenStack | undefined,
): Judgement {
  const liveness = livenessOf(stack, recorded, view.cluster.name ?? '');
  const line = lineOf(view, recorded);
  const busy = liveness === 'busy' || liveness === 'deleting';
  if (liveness === 'gone')
    return { state: 'orphan', line, clause: 'CloudFormation no longer has its resource' };
  if (busy) return { state: 'busy', line, clause: 'an operation of its stack is under way' };
  const there = recorded.place === 'aws-auth' ? inAwsAuth(view, recorded, all) : undefined;
  const judgement = there ?? byDigest(view, recorded);
  if (liveness !== 'unknown' || judgement.state !== 'as declared') return { line, ...judgement };
  return {
    state: 'unknown',
    line,
    clause: 'as written; CloudFormation could not be asked about its resource',
  };
}

function livenessOf(stack: SeenStack | undefined, { owner, idKey }: Recorded, cluster: string): Liveness {
  const liveness = readLiveness(resourceOf(stack, owner), { cluster, key: idKey });
  return liveness === 'replaced' ? afterReplacement(statusOf(stack)) : liveness;
}

function resourceOf(stack: SeenStack | undefined, { logicalId }: Owner): StackResource {
  if (stack?.state !== 'known') return statusOf(stack) as Exclude<StackStatus, { state: 'known' }>;
  const found = stack.resources.find((resource) => resource.logicalId === logicalId);
  if (found === undefined) return { state: 'gone', detail: 'no such resource' };
  return { state: 'known', status: found.status, physicalId: found.physicalId };
}

function statusOf(stack: SeenStack | undefined): StackStatus {
  if (stack === undefined) return { state: 'unknown', detail: 'not looked at' };
  if (stack.state === 'known') return { state: 'known', status: stack.status };
  return { state: stack.state, detail: '' };
}

/** Where the cluster looks first; undefined where nothing there concerns the mapping. */
function inAwsAuth(
  { cluster, accessEntries }: View,
  recorded: Recorded,
  all: readonly Recorded[],
): Judgement | undefined {
  const { mode } = cluster;
  const other = accessEntries.find(({ principalArn }) => principalKeyOf(principalArn) === recorded.key);
  const record = all.find(({ place, key }) => place === 'access entry' && key === recorded.key);
  if (record !== undefined && isSameOwner(record.owner, recorded.owner))
    return { state: 'moved', clause: 'it has an access entry, and is still in aws-auth as well' };
  if (record !== undefined)
    return { state: 'taken', clause: `its access entry belongs to ${describeOwner(record.owner)}` };
  if (other !== undefined) {
    const { username, groups, policies = [], type } = other;
    const identity = identityOf({ userName: username, groups, policies, type });
    if (recorded.identity === undefined)
      return { state: 'moved', clause: 'gone from aws-auth; an access entry without a record lets it in' };
    // Nobody's access is another by it.
    if (identity !== recorded.identity || mode === 'API')
      return { state: 'overridden', clause: 'an access entry without a record counts instead' };
  }
  if (mode === 'API')
    return { state: 'unread', clause: 'the cluster is in mode API, which does not read aws-auth' };
  return undefined;
}

function byDigest(view: View, recorded: Recorded): Judgement {
  const { identity, gives = '', wrote, place } = recorded;
  if (identity === undefined)
    return place === 'aws-auth'
      ? { state: 'gone', clause: 'recorded, and not there: another tool removed it' }
      : { state: 'unknown', clause: 'its access policies could not be listed' };
  if (hasDigest(identity, wrote)) return { state: 'as declared', clause: `gives ${gives}` };
  const winner = place === 'aws-auth' ? shadowOf(view, recorded) : undefined;
  if (winner !== undefined)
    return { state: 'shadowed', clause: `there, and shadowed by line ${winner}, which gives ${gives}` };
  return { state: 'changed', clause: `another tool changed it; it gives ${gives}` };
}

/** Line of the entry in force, where another entry of the principal gives what was written. */
function shadowOf(view: View, recorded: Recorded): number | undefined {
  const entries = entriesOf(view, recorded);
  const isOurs = ({ loaded }: WrittenEntry): boolean => {
    if (loaded === undefined || loaded.section === 'mapAccounts') return false;
    const { username, groups } = loaded;
    const identity = identityOf({ userName: username, groups, policies: [], type: undefined });
    return hasDigest(identity, recorded.wrote);
  };
  const winner = entries.find((entry) => view.standing.get(entry)?.standing !== 'not in force');
  return winner !== undefined && entries.some(isOurs) ? view.lineOf(winner) : undefined;
}

function entriesOf(view: View, { key }: Recorded): readonly WrittenEntry[] {
  return view.written.sections
    .flatMap(({ entries }) => entries)
    .filter(({ principal, loaded }) => loaded !== undefined && principalKeyOf(principal) === key);
}

function lineOf(view: View, recorded: Recorded): number | undefined {
  if (recorded.place !== 'aws-auth') return undefined;
  const entries = entriesOf(view, recorded);
  const entry =
    entries.find((each) => view.standing.get(each)?.reason?.isReplaced !== true) ?? entries.at(-1);
  return entry && view.lineOf(entry);
}
