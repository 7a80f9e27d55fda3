/** What becomes of everybody when a cluster moves from aws-auth to access entries: from what is in force. Pure. */
import { identityOf } from '../login-identity';
import { foldCase } from '../aws-auth/reading/decode-entry';
import { askedOf } from '../explain/caller';
import { identitiesIn } from '../explain/identities';
import { lookUp } from '../explain/lookup';
import { type SeenCluster } from '../explain/seen-cluster';
import { unseenOf } from '../explain/summary';
import { isStale, type View, viewOf } from '../explain/view';
import { principalKeyOf, whoOf } from '../explain/who';
import { digestOfPlan } from './digest';
import { effectiveIdentities } from './effective';
import { factsIn } from './facts';
import { included } from './include';
import { judge } from './judge';
import {
  type MigrationPlan,
  type PlannedEntry,
  type PlanRow,
  type Planned,
  type Wants,
} from './migration-plan';

/** `refused`: one sentence about what was asked to be included; never where nothing was. */
export function planMigration(cluster: SeenCluster): MigrationPlan;
export function planMigration(cluster: SeenCluster, wants?: Wants): Planned;
export function planMigration(cluster: SeenCluster, wants: Wants = {}): Planned {
  const view = viewOf(cluster);
  const facts = factsIn(view);
  const identities = identitiesIn(view).slice(view.accessEntries.length);
  const entries = view.written.sections.flatMap((section) => section.entries);
  const judged = oneOfEach(
    entries.flatMap((entry, index) => {
      const identity = identities[index];
      return identity === undefined ? [] : [judge(facts, entry, identity)];
    }),
  );
  const chosen = included(judged, wants);
  if ('refused' in chosen) return chosen;
  const rows = [...creatorRows(view), ...chosen.rows];
  return {
    rows,
    entries: plannedIn(rows),
    digest: digestOf(view, rows),
    unseen: unseenOf(cluster),
    isPartial: isPartial(cluster),
  };
}

function isPartial({ mode, awsAuth, accessEntries }: SeenCluster): boolean {
  const isRead = accessEntries?.state === 'read' || (accessEntries === undefined && mode === undefined);
  return (awsAuth?.state ?? 'unreadable') === 'unreadable' || (mode !== 'CONFIG_MAP' && !isRead);
}

/** Who made the cluster has full control in no line of aws-auth (GT-51). */
function creatorRows(view: View): readonly PlanRow[] {
  const { creator, mode } = view.cluster;
  const asked = creator === undefined ? undefined : askedOf(creator, []);
  if (creator === undefined || asked?.kind !== 'caller') return [];
  if (lookUp(view, asked.caller).place !== 'creator') return [];
  const isLate = mode === 'API_AND_CONFIG_MAP';
  return [
    {
      verdict: isLate ? 'loses' : 'same',
      principal: creator,
      who: whoOf(creator),
      lines: undefined,
      today: 'full control: it made the cluster',
      reason: isLate
        ? 'made the cluster, and has no access entry: make it one, or another administrator'
        : 'EKS gives it an access entry with full control when the mode changes',
      madeBy: isLate ? undefined : 'EKS',
      planned: undefined,
      offer: undefined,
      holdsBack: isLate,
    },
  ];
}

/** IAM has one principal of a name, and that one access entry: of several spellings that count, one at most is right. */
function oneOfEach(rows: readonly PlanRow[]): readonly PlanRow[] {
  const counting = new Map<string, PlanRow[]>();
  for (const row of rows) {
    if (row.today === '') continue;
    const key = principalKeyOf(row.principal);
    counting.set(key, [...(counting.get(key) ?? []), row]);
  }
  return rows.map((row) => {
    const all = counting.get(principalKeyOf(row.principal)) ?? [];
    if (row.today === '' || all.length === 1) return row;
    const others = all.filter((other) => foldCase(other.principal) !== foldCase(row.principal));
    const without = { ...row, madeBy: undefined, planned: undefined, offer: undefined };
    const lines = others.map(({ lines }) => lines?.from).join(', ');
    const spelt = `IAM has one principal of this name, and line ${lines} has it with another path: remove the wrong one`;
    if (others.length > 0) return { ...without, verdict: 'cannot', reason: spelt, holdsBack: true };
    // Users in two letter cases that give the same: one access entry is for both.
    return row === all[0] || row.planned === undefined
      ? row
      : { ...without, reason: `as line ${all[0]?.lines?.from}` };
  });
}

function giving({ entry }: PlannedEntry): string {
  return identityOf({ ...entry, userName: entry.username });
}

function plannedIn(rows: readonly PlanRow[]): readonly PlannedEntry[] {
  const planned = rows.flatMap((row) => {
    const entry = row.offer?.isIncluded === true ? row.offer.planned : row.planned;
    return entry === undefined ? [] : [entry];
  });
  return [...planned.filter(({ isFirst }) => isFirst), ...planned.filter(({ isFirst }) => !isFirst)];
}

function digestOf(view: View, rows: readonly PlanRow[]): string {
  const { written, accessEntries, cluster } = view;
  const inForce = accessEntries
    .filter((entry) => !isStale(cluster, entry))
    .map(({ principalArn, username, groups, policies = [], type }) => ({
      principalArn,
      userName: username,
      groups,
      policies,
      type,
    }));
  const owned = identitiesIn(view).flatMap(({ owner, principal }) =>
    owner?.kind === 'stack' ? [principalKeyOf(principal)] : [],
  );
  return digestOfPlan({
    effective: effectiveIdentities(written.reading, inForce),
    owned: new Set(owned),
    included: rows.flatMap(({ offer, principal }) =>
      offer?.isIncluded === true ? [{ key: principalKeyOf(principal), identity: giving(offer.planned) }] : [],
    ),
  });
}
