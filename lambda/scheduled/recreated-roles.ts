/**
 * Roles that were deleted and made again under their names: their access entries belong to the deleted ones and let nobody in
 * (GT-79). They are told; with `healRecreatedRoles: true` their entries are made again as they are. Off by default, because
 * EKS binds entries to the unique id for safety: otherwise who may make a role of the name gets the access of the deleted one.
 */
import { isBoundToDeletedRole } from '../../access/access-entry/bound-role';
import { readRecord } from '../../access/access-entry/owner-tags';
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError, undefinedIfRefused } from '../../access/errors';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { isSameOwner } from '../../access/owner';
import { splitGroups } from '../../access/rights/granted';
import { askForRole, isOwnRole } from '../role/role-of-name';
import { reasonOf } from '../failure';
import { isProvidersRole } from '../cluster/provider-identity';
import { REASONS } from './liveness';
import { type Outlived, type Recorded } from './outlived';
import { liveNow, rebind } from './rebind-role';
import { subjectOf } from './report';
import { type Run } from './run';

/** No entry is made again with less time than this left, in milliseconds: EKS may throttle between the delete and the create. */
const REBIND_MS = 20_000;

export async function seeToRecreatedRole(run: Run, cluster: Cluster, recorded: Recorded): Promise<void> {
  const { deadline, edges, log, provider, unknownRoles } = run;
  const { principal, principalArn } = recorded;
  if (!run.asksForRoles || !isOwnRole(principal, provider)) return;
  const answer = await askForRole(principal.name, deadline, (limited) => edges(limited).iam);
  if ('unknown' in answer) return void unknownRoles.set(principalArn, answer.unknown);
  const current = await edges(deadline).accessEntries.read({ cluster: cluster.name, principalArn });
  if (!current || !isBoundToDeletedRole(current, answer.role)) return;
  const subject = subjectOf(cluster, recorded);
  log(
    'WARN',
    'the role was deleted and made again: its access entry belongs to the deleted role and lets nobody in',
    {
      ...subject,
      entryMadeAt: current.createdAt.toISOString(),
      roleMadeAt: new Date(answer.role?.madeAt ?? 0).toISOString(),
      remedy: run.healsRoles ? 'the entry is made again' : 'run the mapping again with another Revision',
      // Said before it is deleted: a run that is killed then says no more.
      entry: current,
    },
  );
  if (run.healsRoles) await heal(run, cluster, { recorded, current, subject });
}

/** Those that an earlier run of this container has deleted and could not make: nothing else makes them but an Update. */
export async function makeUnmade(run: Run, cluster: Cluster): Promise<void> {
  for (const outlived of run.unmade)
    if (outlived.subject.cluster === cluster.name) await heal(run, cluster, outlived);
}

async function heal(run: Run, cluster: Cluster, outlived: Outlived): Promise<void> {
  const { counts, log, unmade } = run;
  const { subject, current } = outlived;
  try {
    const why = (await whyNot(run, cluster, outlived)) ?? (await rebind(run, cluster, outlived));
    if (why === undefined)
      return log('INFO', 'the access entry is there again, for the role that has the name now', subject);
    log('INFO', 'the access entry was not made again', { ...subject, reason: why });
    if (why === REASONS.gone || why === REASONS.deleting) unmade.delete(outlived);
  } catch (error) {
    const isForeseen = error instanceof ProviderError && !run.deadline.signal.aborted;
    const isLost = unmade.has(outlived);
    const reason = reasonOf(error);
    if (isLost)
      log(
        'WARN',
        'the access entry was deleted and not made again: run the mapping again with another Revision',
        {
          ...subject,
          reason,
          entry: current,
        },
      );
    else if (isForeseen) log('WARN', 'the access entry was not made again', { ...subject, reason });
    if (!isForeseen) throw error;
  } finally {
    counts.AccessEntriesMissing = unmade.size;
  }
}

/** Asked before anything is changed. Throws ProviderError for what the guardrails refuse by now. */
async function whyNot(
  run: Run,
  cluster: Cluster,
  { recorded, current }: Outlived,
): Promise<string | undefined> {
  const { deadline, guardrails, provider } = run;
  if (deadline.remainingMs() < REBIND_MS) return 'the time of the run is over: the next run looks again';
  if (isProvidersRole(run, cluster.name, recorded.key))
    return 'it is how the provider itself reaches the cluster';
  const found = undefinedIfRefused(() => readRecord(current.tags));
  if (!found || !isSameOwner(found.owner, recorded.record.owner)) return REASONS.busy;
  const { username: userName, groups, policies, type, accessEntryArn } = current;
  checkGuardrails(
    {
      resourceType: 'Custom::EksAccessEntry',
      kind: 'access-entry',
      cluster: cluster.name,
      principal: recorded.principal,
      userName,
      ...splitGroups(groups),
      // No other type has tags, and so a record.
      type: 'STANDARD',
      accessPolicies: policies.map(({ policyArn, ...scope }) => ({ policy: policyArn, ...scope })),
      tags: {},
      authenticationMode: 'API',
      existingEntry: 'FAIL',
    },
    { effective: { userName, groups, policies, type, accessEntryArn } },
    guardrails,
    provider,
  );
  const liveness = await liveNow(run, cluster, recorded);
  return liveness === 'live' ? undefined : REASONS[liveness];
}
