/**
 * Follows permission sets: a set that was provisioned anew has another role, and nobody logs in by the former one any more.
 * Asks IAM once a run, and looks at the access entries of a cluster only when the roles are others than before.
 */
import { openAccessEntries } from '../../access/access-entry/back-end';
import { openAwsAuth } from '../../access/aws-auth/back-end';
import { type IamRole } from '../../access/aws/iam-api';
import { listPermissionSetRoles } from '../../access/aws/permission-set-roles';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { ProviderError } from '../../access/errors';
import { fnv1a } from '../../access/fnv1a';
import { type OwnedMapping } from '../../access/following/owned-mapping';
import { roleVerdict } from '../../access/following/role-of-set';
import { desiredOf } from '../../access/following/verdict';
import { type Owner } from '../../access/owner';
import { setOf } from '../../access/recorded-set';
import { isGone } from '../../access/standing';
import { entriesOfSets, type RecordedEntry } from './entries-of-sets';
import { within } from '../within';
import { isExpired } from './expire';
import { subjectOf } from './report';
import { type Former, moveToRole } from './role-move';
import { type Run } from './run';
import { removeUnchanged } from './take-out';

/** Keys of the mappings in aws-auth whose role is gone: nothing else is to be done with them in this run. */
export async function followPermissionSets(
  run: Run,
  cluster: Cluster,
  mappings: readonly OwnedMapping[],
): Promise<ReadonlySet<string>> {
  const former = new Set<string>();
  const ofSets = mappings.filter((mapping) => setOf(mapping));
  const hasEntries = cluster.authenticationMode !== 'CONFIG_MAP';
  if (!run.provider.findsPermissionSets || (ofSets.length === 0 && !hasEntries)) return former;
  const roles = await rolesOf(run);
  if (!roles) return former;
  for (const mapping of ofSets) {
    const found = formerOf(run, cluster, mapping, roles, () => desiredOf(mapping, cluster));
    if (found === undefined) continue;
    former.add(mapping.key);
    if (found === 'stays') continue;
    const backEnd = openAwsAuth(() => run.edges(run.deadline).configMap(cluster));
    const takeOut = (): Promise<void> => removeUnchanged(run, cluster, mapping, undefined);
    await moveToRole(run, cluster, { ...found, facts: mapping.facts, backEnd, takeOut });
  }
  if (hasEntries) await followEntries(run, cluster, roles);
  return former;
}

/** What the roles were when a run of this container last found nothing to do with the entries of a cluster. */
const settled = new Map<string, bigint>();

async function followEntries(run: Run, cluster: Cluster, roles: readonly IamRole[]): Promise<void> {
  const { edges, deadline } = run;
  const state = fnv1a(
    [...roles]
      .map(({ arn }) => arn)
      .sort()
      .join(),
  );
  if (settled.get(cluster.arn) === state && !run.isTurn(cluster.name)) return;
  const store = edges(deadline).accessEntries;
  const backEnd = openAccessEntries(store);
  const entries = await entriesOfSets(store, cluster.name, roles);
  if (entries.length === 0) settled.set(cluster.arn, state);
  for (const entry of entries) {
    if (isExpired(run, entry.record)) continue;
    const found = formerOf(run, cluster, entry, roles, () => entry.desired);
    if (found === undefined || found === 'stays') continue;
    const { key, record, facts, desired: lastKnown } = entry;
    const removal = { cluster, key, owner: record.owner, set: facts.set, requestedAt: record.at, lastKnown };
    const isOwnerGone = (owner: Owner): Promise<boolean> => isGone(owner, edges(deadline).stacks);
    const takeOut = async (): Promise<void> =>
      void (await backEnd.remove({ ...removal, equalIsOwn: false, isGone: isOwnerGone }, deadline));
    await moveToRole(run, cluster, { ...found, facts, backEnd, takeOut });
  }
}

/** Undefined for a mapping whose role is there. */
function formerOf(
  run: Run,
  cluster: Cluster,
  recorded: Pick<OwnedMapping | RecordedEntry, 'key' | 'hasDrifted' | 'record'>,
  roles: readonly IamRole[],
  desired: () => DesiredAccess,
): Omit<Former, 'facts' | 'backEnd' | 'takeOut'> | 'stays' | undefined {
  const set = setOf(recorded);
  const verdict = set && roleVerdict(recorded.key, set, roles);
  if (!set || !verdict || verdict.kind === 'current') return undefined;
  const why = verdict.kind === 'stays' ? verdict.why : recorded.hasDrifted ? DRIFTED : undefined;
  if (verdict.kind === 'moves' && why === undefined) {
    const { key, record } = recorded;
    return { key, record, set, to: verdict.to, desired: desired() };
  }
  if (run.isTurn(cluster.name))
    run.log('WARN', 'the role of a mapped permission set is gone', {
      ...subjectOf(cluster, recorded),
      set: set.name,
      reason: why,
    });
  return 'stays';
}

const DRIFTED =
  'another tool has changed the mapping since it was written: run the mapping again with another Revision';

/** What IAM's list may take of a run, in milliseconds: without it the run goes on. */
const LIST_MS = 5_000;

/** One list for all clusters of a run. */
const lists = new WeakMap<Run, Promise<readonly IamRole[] | undefined>>();

/** Undefined where IAM did not tell, which is said once. */
function rolesOf(run: Run): Promise<readonly IamRole[] | undefined> {
  const { edges, deadline, log } = run;
  const listed =
    lists.get(run) ??
    within(deadline, LIST_MS, (limited) => listPermissionSetRoles(edges(limited).iam, limited)).catch(
      (error: unknown) => {
        if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
        log('WARN', 'the roles of permission sets were not looked for', { reason: error.message });
        return undefined;
      },
    );
  lists.set(run, listed);
  return listed;
}
