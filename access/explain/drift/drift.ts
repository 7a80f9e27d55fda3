/**
 * Every mapping that stacks declare on a cluster, and what became of it. What is declared is what CloudFormation has as a
 * live resource with an id of ours, and what its record says was last written: no API tells a resource's properties. Pure.
 */
import { mappedBy } from '../../following/liveness';
import { describeOwner, stackName } from '../../owner';
import { type SeenCluster } from '../seen-cluster';
import { type View, viewOf } from '../view';
import { principalKeyOf, whoOf } from '../who';
import { type DriftItem } from './drift-item';
import { judged } from './judge';
import { recordedIn, type Recorded } from './recorded';
import { type SeenStack, type SeenStacks } from './seen-stack';

export interface Drift {
  /** Those to look at first. */
  readonly items: readonly DriftItem[];
  /** Entries in force that no record of a stack is about: short names. */
  readonly unowned: readonly string[];
  /** One sentence each: what could not be read. */
  readonly unseen: readonly string[];
}

/** ARNs of the stacks that records of the cluster name. */
export function recordedStacks(cluster: SeenCluster): readonly string[] {
  return [...new Set(recordedIn(cluster).mappings.map(({ owner }) => owner.stackId))];
}

/** `isAsked`: of the name of a stack. */
export function driftOf(
  cluster: SeenCluster,
  { stacks, unlisted }: SeenStacks,
  isAsked: (stack: string) => boolean = () => true,
): Drift {
  const view = viewOf(cluster);
  const { mappings, unreadable } = recordedIn(cluster);
  const byId = new Map(stacks.map((stack) => [stack.stackId, stack]));
  const recorded = mappings.map((each): DriftItem => {
    const { state, line, clause } = judged(view, each, mappings, byId.get(each.owner.stackId));
    const { stackId, logicalId } = each.owner;
    const { key: principal, place } = each;
    const named = { stackId, stack: stackName(stackId), logicalId, principal, who: whoOf(principal) };
    const command = state === 'orphan' ? removal(cluster, each) : undefined;
    return { state, ...named, place, line, clause: withKept(each, state, clause), command };
  });
  const missing = stacks.flatMap((stack) => missingOf(view, stack, mappings));
  const items = [...recorded, ...missing].filter(({ stack }) => isAsked(stack));
  const unknown = stacks.filter((stack) => stack.state === 'unknown' && isAsked(stackName(stack.stackId)));
  const [first] = unknown;
  return {
    items: items.sort(
      (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.stack.localeCompare(b.stack),
    ),
    unowned: unownedIn(view, mappings),
    unseen: [
      ...unreadable.map((message) => `A record could not be read: ${message}.`),
      ...(first?.state === 'unknown'
        ? [
            `${unknown.length} stacks could not be read (${first.why}): whether their mappings are orphans is open.`,
          ]
        : []),
      ...(unlisted === undefined
        ? []
        : [`Stacks could not be listed (${unlisted}): resources without a record are not told.`]),
    ],
  };
}

const ORDER: readonly DriftItem['state'][] = [
  'gone',
  'taken',
  'changed',
  'shadowed',
  'overridden',
  'unread',
  'moved',
  'orphan',
  'unknown',
  'busy',
  'as declared',
];

/** In aws-auth it comes back by the patch; EKS's own command knows nothing of it. */
function withKept({ isAdopted, place }: Recorded, state: DriftItem['state'], clause: string): string {
  const isLost = state === 'orphan' && isAdopted && place === 'access entry';
  return isLost ? `${clause}; its tags keep what it took over, which goes with it` : clause;
}

/** Of aws-auth the whole document is needed: `drift --fix` prints the patch. */
function removal({ name = 'CLUSTER' }: SeenCluster, { principalArn }: Recorded): string | undefined {
  if (principalArn === undefined) return undefined;
  return `aws eks delete-access-entry --cluster-name ${name} --principal-arn ${principalArn}`;
}

/** Live resources of a stack that have no record on the cluster. */
function missingOf(view: View, stack: SeenStack, mappings: readonly Recorded[]): readonly DriftItem[] {
  if (stack.state !== 'known') return [];
  const { stackId } = stack;
  const { cluster } = view;
  // What could not be read may hold it.
  const isWhole = cluster.awsAuth?.state !== 'unreadable' && cluster.accessEntries?.state !== 'unreadable';
  return stack.resources.flatMap(({ logicalId, status, physicalId = '' }): readonly DriftItem[] => {
    const mapped = mappedBy(physicalId);
    const isAtRest = /^(CREATE|UPDATE|IMPORT|ROLLBACK)(_ROLLBACK)?_COMPLETE$/.test(status);
    if (mapped?.cluster !== cluster.name || !isAtRest || mapped === undefined) return [];
    const { key } = mapped;
    const isRecorded = mappings.some(
      ({ owner, idKey }) => owner.stackId === stackId && owner.logicalId === logicalId && idKey === key,
    );
    if (isRecorded) return [];
    const named = { stackId, stack: stackName(stackId), logicalId, principal: key, who: whoOf(key) };
    const entry = view.accessEntries.find(({ principalArn }) => principalKeyOf(principalArn) === key);
    // EKS lets nobody tag the entries of nodes, so that none of them has a record.
    if (entry !== undefined && entry.type !== 'STANDARD')
      return [{ state: 'as declared', ...named, place: 'access entry', clause: `of type ${entry.type}` }];
    const taker = mappings.find(({ idKey }) => idKey === key);
    if (taker !== undefined) {
      const clause = `it belongs to ${describeOwner(taker.owner)}`;
      return [{ state: 'taken', ...named, place: taker.place, clause }];
    }
    if (!isWhole) return [{ state: 'unknown', ...named, place: undefined, clause: 'not all could be read' }];
    if (entry !== undefined) {
      const clause = 'its access entry has no record: another tool made it';
      return [{ state: 'taken', ...named, place: 'access entry', clause }];
    }
    const clause = 'declared, and not there: it expired, or another tool removed it';
    return [{ state: 'gone', ...named, place: undefined, clause }];
  });
}

function unownedIn(view: View, mappings: readonly Recorded[]): readonly string[] {
  const owned = new Set(mappings.map(({ key }) => key));
  const written = view.written.sections
    .flatMap(({ entries }) => entries)
    .filter((entry) => view.standing.get(entry)?.standing !== 'not in force')
    .map(({ principal }) => principal);
  const principals = [...view.accessEntries.map(({ principalArn }) => principalArn), ...written];
  return [...new Set(principals.filter((each) => !owned.has(principalKeyOf(each))).map(whoOf))];
}
