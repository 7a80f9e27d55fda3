/**
 * Removing a mapping whichever principal it has at the time. What a template maps by its permission set is found by the
 * records of its resource, on whatever roles the set has had: neither IAM nor the permission to ask it is needed.
 */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { hasCode, ProviderError } from '../../access/errors';
import { type PermissionSet } from '../../access/permission-set';
import { isRead } from '../../access/placement';
import {
  arnOf,
  canonicalArn,
  parsePrincipalArn,
  type PrincipalArn,
  principalKey,
} from '../../access/principal';
import { fullJitter, retry } from '../../access/retry';
import { neverHadKubernetes } from '../cluster/cluster-state';
import { isOfDeniedCreate } from '../awaited/awaited-update';
import { type Invocation } from '../invocation';
import { lookIn, removeEverywhere } from './remove';
import { removeFrom } from './remove-from';
import { type Removal } from './removal';

export function removalOf(desired: DesiredAccess): Removal {
  const { kind, principal, permissionSet: set } = desired;
  return { kind, key: principalKey(principal), desired, set };
}

/** As `removeEverywhere`; of a permission set only what has a record. */
export async function removeMapping(
  invocation: Invocation,
  cluster: Cluster,
  removal: Removal,
  { equalIsOwn }: { readonly equalIsOwn: boolean },
): Promise<void> {
  const { set } = removal;
  if (!set) return removeEverywhere(invocation, cluster, removal, { equalIsOwn });
  const roles = await recordedRoles(invocation, cluster, removal, set, false);
  for (const role of roles) await removeRole(invocation, cluster, removal, role);
  if (roles.length > 0) return;
  // Looks once more, and leaves the mark of a Delete that finds nothing; by the key alone, because EKS does not take the
  // ARN that stands for the set.
  const unknown = { ...removal, desired: undefined };
  await removeEverywhere(invocation, cluster, unknown, { equalIsOwn: false });
}

/**
 * Once the role that the set has now is mapped, those that it had before go; of any other principal the access entry of
 * the path that it had before, because EKS knows entries by the whole ARN (GT-75). What cannot be looked at is a warning.
 */
export async function removeFormer(
  invocation: Invocation,
  cluster: Cluster,
  desired: DesiredAccess,
  previous: DesiredAccess | undefined,
): Promise<void> {
  const removal = removalOf(desired);
  if (!removal.set) return removeFormerPath(invocation, cluster, desired, previous);
  for (const role of await recordedRoles(invocation, cluster, removal, removal.set, true)) {
    if (canonicalArn(role) === removal.key) continue;
    const { name: set } = removal.set;
    invocation.log('INFO', 'the permission set has another role now: the mapping of the former one goes', {
      set,
      former: role.arn,
    });
    await removeRole(invocation, cluster, removal, role);
  }
}

async function removeFormerPath(
  invocation: Invocation,
  cluster: Cluster,
  desired: DesiredAccess,
  previous: DesiredAccess | undefined,
): Promise<void> {
  if (!previous || arnOf(previous.principal) === arnOf(desired.principal)) return;
  const entries = invocation.edges.backEnds(cluster).find(({ place }) => place === 'API');
  const circumstances = { home: undefined, isInForceElsewhere: true, mayBeWriting: false };
  if (entries) await removeFrom(entries, invocation, cluster, removalOf(previous), circumstances);
}

async function removeRole(
  invocation: Invocation,
  cluster: Cluster,
  { desired, ...removal }: Removal,
  principal: PrincipalArn,
): Promise<void> {
  const one = { ...removal, key: canonicalArn(principal), desired: desired && { ...desired, principal } };
  await removeEverywhere(invocation, cluster, one, { equalIsOwn: false });
}

/** Each once, with its real ARN where the entry or its record has told it. */
export async function recordedRoles(
  invocation: Invocation,
  cluster: Cluster,
  removal: Removal,
  set: PermissionSet,
  isCourtesy: boolean,
): Promise<readonly PrincipalArn[]> {
  const found = new Map<string, PrincipalArn>();
  // Access entries come first.
  for (const backEnd of lookIn(invocation, cluster, removal, false).places) {
    const mayWarn = isCourtesy || found.size > 0;
    for (const arn of await recordedIn(backEnd, invocation, cluster, set, mayWarn)) {
      const role = parsePrincipalArn(arn, 'the record');
      const key = canonicalArn(role);
      if (!found.has(key)) found.set(key, role);
    }
  }
  return [...found.values()];
}

async function recordedIn(
  backEnd: BackEnd,
  invocation: Invocation,
  cluster: Cluster,
  set: PermissionSet,
  mayWarn: boolean,
): Promise<readonly string[]> {
  const { deadline, owner, log } = invocation;
  const { place } = backEnd;
  if (place === 'CONFIG_MAP' && neverHadKubernetes(cluster)) return [];
  try {
    return await retry(
      deadline,
      () => backEnd.recordedRoles({ cluster, set, owner }),
      (error, failures) =>
        hasCode(error, 'Throttling', 'ServiceUnavailable', 'NotStabilized')
          ? fullJitter(failures, 250, 3_000, () => deadline.random())
          : undefined,
    );
  } catch (error) {
    // As for any mapping: where the cluster does not look, or something was found elsewhere, cleaning is a courtesy.
    const isAllowed =
      !isRead(place, cluster.authenticationMode) ||
      (mayWarn && hasCode(error, 'AccessDenied', 'ServiceUnavailable', 'NotStabilized')) ||
      (await isOfDeniedCreate(error, invocation));
    if (!isAllowed || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the mapping was not looked for', { place, reason: error.message });
    return [];
  }
}
