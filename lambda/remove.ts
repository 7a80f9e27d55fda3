/**
 * Taking a mapping away: from the place where it lives, from the one where it lived before the cluster's mode changed,
 * and from where a cancelled replacement may have left it (GT-108, CR-18).
 */
import { removeIdentityMapping } from '../access/aws-auth/back-end';
import { NoRights } from '../access/cluster/kubernetes-refusal';
import { toIdentityMapping } from '../access/aws-auth/translate';
import { removeAccessEntry } from '../access/access-entry/back-end';
import { toAccessEntry } from '../access/access-entry/translate';
import { type Cluster } from '../access/cluster/cluster';
import { ProviderError } from '../access/errors';
import { accessEntryStore, attempt, clusterIfAny, configMapStore, type Invocation } from './invocation';
import { type Log } from './log';
import { physicalIdOf, type PhysicalId } from './physical-id';
import { placementOf, type Placement } from '../access/placement';
import { type DesiredAccess } from '../access/desired-access';
import { type RemoveOutcome } from '../access/back-end';
import { principalKey } from '../access/principal';

export interface Target {
  readonly key: string;
  /** What the properties asked for, where they can be read and name the same principal as the id. */
  readonly desired?: DesiredAccess;
}

/** After the new place holds the mapping the old one gives it up; nobody loses access in between (GT-108). */
export async function leaveOtherPlace(
  invocation: Invocation,
  cluster: Cluster,
  placement: Placement,
  { neverInAwsAuth }: { readonly neverInAwsAuth: boolean },
  { desired, previous }: { readonly desired: DesiredAccess; readonly previous: DesiredAccess | undefined },
): Promise<void> {
  const target = { key: principalKey(desired.principal), desired: previous ?? desired };
  if (placement.place === 'API' && !neverInAwsAuth && desired.kind !== 'access-entry') {
    await leaveAwsAuth(invocation, cluster, target, {
      mayBeDenied: placement.entry.type !== 'STANDARD',
      mayHeal: true,
    });
  } else if (
    placement.place === 'CONFIG_MAP' &&
    cluster.authenticationMode !== 'CONFIG_MAP' &&
    desired.kind !== 'account'
  ) {
    await leaveAccessEntries(invocation, cluster, target, livedInAccessEntries(target, cluster));
  }
}

/**
 * The Update that takes back a replacement which CloudFormation cancelled before it took our answer: it comes with the
 * old id, so nobody will ever send a Delete for the principal that was mapped meanwhile (CR-18).
 */
export async function leaveAbandoned(
  invocation: Invocation,
  attempted: DesiredAccess,
  physicalResourceId: string,
): Promise<void> {
  if (physicalIdOf(attempted) === physicalResourceId) return;
  const cluster = await clusterIfAny(invocation, attempted.cluster);
  if (!cluster) return;
  invocation.log('INFO', 'looking for what a cancelled replacement may have left', {
    abandoned: physicalIdOf(attempted),
  });
  const target = { key: principalKey(attempted.principal), kind: attempted.kind, desired: attempted };
  await leaveBoth(invocation, cluster, target, false);
}

/** Takes the mapping from wherever it lives (GT-108). `mayHeal`: an entry without record that equals the properties counts as ours. */
export async function leaveBoth(
  invocation: Invocation,
  cluster: Cluster,
  target: Target & Pick<PhysicalId, 'kind'>,
  mayHeal: boolean,
): Promise<void> {
  const hasEntries = cluster.authenticationMode !== 'CONFIG_MAP' && target.kind !== 'account';
  const entry = hasEntries
    ? await leaveAccessEntries(
        invocation,
        cluster,
        target,
        mayHeal && target.kind === 'access-entry' && canHeal(target.desired),
      )
    : undefined;
  // Where the access entry said so, aws-auth was never used, and a provider without rights there may still delete.
  if (entry?.neverInAwsAuth || target.kind === 'access-entry') return;
  const wasInAwsAuth = await leaveAwsAuth(invocation, cluster, target, {
    mayBeDenied: isNodeTarget(target),
    mayHeal,
  });
  // An entry without record that equals the properties is ours only when aws-auth held nothing of ours: somebody may
  // have made it, or EKS itself at the change of mode (GT-106), while this mapping still lived in aws-auth.
  if (mayHeal && entry && !entry.removed && !wasInAwsAuth && livedInAccessEntries(target, cluster)) {
    await leaveAccessEntries(invocation, cluster, target, true);
  }
}

/** Whether something was removed. */
async function leaveAwsAuth(
  invocation: Invocation,
  cluster: Cluster,
  { key, desired }: Target,
  { mayBeDenied, mayHeal }: { readonly mayBeDenied: boolean; readonly mayHeal: boolean },
): Promise<boolean> {
  const { log, owner, deadline } = invocation;
  const lastKnown = mayHeal && canHeal(desired) ? attempt(() => toIdentityMapping(desired)) : undefined;
  try {
    const outcome = await removeIdentityMapping(
      configMapStore(invocation, cluster),
      { key, owner, ...(lastKnown ? { lastKnown } : {}) },
      deadline,
    );
    logRemoval(log, 'aws-auth', outcome);
    return outcome.removed;
  } catch (error) {
    // In mode API nobody reads aws-auth any more (GT-50): cleaning it is a courtesy.
    const courtesy = cluster.authenticationMode === 'API' || (mayBeDenied && error instanceof NoRights);
    if (!courtesy || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'aws-auth was not looked at', { reason: error.message });
    return false;
  }
}

async function leaveAccessEntries(
  invocation: Invocation,
  cluster: Cluster,
  { key, desired }: Target,
  healByEquality: boolean,
): Promise<RemoveOutcome & { readonly neverInAwsAuth: boolean }> {
  const { log, owner, deadline } = invocation;
  const translation = desired && attempt(() => toAccessEntry(desired, cluster.partition));
  const lastKnown = translation && 'entry' in translation ? translation.entry : undefined;
  const outcome = await removeAccessEntry(
    accessEntryStore(invocation),
    {
      cluster: cluster.name,
      ...(desired && desired.principal.type !== 'account' ? { principalArn: desired.principal.arn } : {}),
      canonicalArn: key,
      owner,
      ...(lastKnown ? { lastKnown } : {}),
      healByEquality,
    },
    deadline,
  );
  logRemoval(log, 'access entries', outcome);
  return outcome;
}

/** Whether the properties, on the cluster as it is now, make an access entry: then one that equals them may be ours. */
function livedInAccessEntries({ desired }: Target, cluster: Cluster): boolean {
  return canHeal(desired) && attempt(() => placementOf(desired, cluster))?.place === 'API';
}

/**
 * With ADOPT an equal entry without record may be the one that an earlier try of this Delete has put back: then it is
 * whoever's it was before, and never ours to remove.
 */
function canHeal(desired: DesiredAccess | undefined): desired is DesiredAccess {
  return desired !== undefined && desired.existingEntry !== 'ADOPT';
}

function logRemoval(log: Log, place: string, { removed, note, warning, before, after }: RemoveOutcome): void {
  if (warning) log('WARN', warning);
  log('INFO', removed ? `removed from ${place}` : `nothing to remove from ${place}`, { note, before, after });
}

function isNodeTarget({ desired }: Target): boolean {
  return desired?.type !== undefined && desired.type !== 'STANDARD';
}
