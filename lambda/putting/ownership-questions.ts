/**
 * What the ownership table asks while one event is served: CloudFormation about the owners of records, the other place
 * that the cluster reads about the principal, and the guardrails about taking over.
 */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { hasCode, type ProviderError } from '../../access/errors';
import { takeoverAllowed } from '../../access/guardrails/takeover';
import { isRead } from '../../access/placement';
import { describeOwner, isSameOwner } from '../../access/owner';
import { arnOf, principalKey } from '../../access/principal';
import { fullJitter, retry } from '../../access/retry';
import { type Elsewhere, type Sighting, type Standing } from '../../access/sighting';
import { standingOf } from '../../access/standing';
import { type OwnershipQuestions } from '../../access/surroundings';
import { isRollback, refuseIfLate } from '../awaited/awaited-update';
import { count } from '../measures/event-counts';
import { type Invocation } from '../invocation';
import { isProvidersRole } from '../cluster/provider-identity';
import { formerPlace } from './former-place';
import { unmarkElsewhere } from './unmark-elsewhere';
import { physicalIdOf } from '../physical-id';

/** How long an outage of the other place may hold up an event that need not write there, in milliseconds. */
const PATIENCE_MS = 5_000;

/** What is put. */
interface Asked {
  readonly cluster: Cluster;
  readonly desired: DesiredAccess;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What the same mapping asked for before, in an Update in place. */
  readonly previous: DesiredAccess | undefined;
}

/** `hasMetOwn`: whether a record of this very resource has been met. */
export function ownershipQuestions(
  invocation: Invocation,
  asked: Asked,
  present: BackEnd,
): OwnershipQuestions & { readonly hasMetOwn: () => boolean } {
  const { edges, owner } = invocation;
  const { cluster, desired, isNew } = asked;
  const asker = { owner, physicalId: physicalIdOf(desired), isNew };
  let hasMetOwn = false;
  // Once each: when a copy of this event has been answered, CloudFormation no longer shows that it waits for this one.
  const standings = new Map<string, Promise<Standing>>();
  const standing: OwnershipQuestions['standingOf'] = (recorded) => {
    hasMetOwn ||= isSameOwner(recorded, owner);
    const key = recorded.stackId + recorded.logicalId;
    const known = standings.get(key) ?? standingOf(recorded, asker, edges.stacks);
    standings.set(key, known);
    return known;
  };
  // A mapping whose record is another one's after a conflict may have moved there meanwhile.
  const looked = new Map<string, Promise<Elsewhere>>();
  let unmarked: Promise<void> | undefined;
  // Once: before the first write. Then a copy of this event may be answered while this one is served.
  let awaited: Promise<void> | undefined;
  return {
    standingOf: standing,
    hasMetOwn: () => hasMetOwn,
    elsewhere: (recorded) => {
      const key = recorded ? describeOwner(recorded) : '';
      const look = looked.get(key) ?? lookElsewhere(invocation, asked, present, standing);
      looked.set(key, look);
      return look;
    },
    unmarkElsewhere: () =>
      (unmarked ??= unmarkElsewhere(invocation, asked, {
        looks: [...looked.values()],
        other: () => otherPlaceOf(invocation, cluster, desired, present),
      })),
    refuseIfLate: () => (awaited ??= refuseIfLate(invocation)),
    isRollback: () => isRollback(invocation),
    mayTakeOver: (hasRecord) => takeoverAllowed(invocation.guardrails(), hasRecord),
    isProvidersRole: isProvidersRole(invocation, cluster.name, principalKey(desired.principal)),
  };
}

async function lookElsewhere(
  invocation: Invocation,
  { cluster, desired, previous }: Asked,
  present: BackEnd,
  standing: OwnershipQuestions['standingOf'],
): Promise<Elsewhere> {
  const { log, counts } = invocation;
  const other = otherPlaceOf(invocation, cluster, desired, present);
  if (!other) return { state: 'nothing' };
  try {
    const sighting = await look(other, invocation, cluster, desired);
    return { state: 'seen', sighting, standing: sighting.owner && (await standing(sighting.owner)) };
  } catch (error) {
    if (!isUnreadable(error) || invocation.deadline.signal.aborted) throw error;
    // The mapping would stay there, in force over the one that is asked for (GT-50).
    const isLeft = other.place === 'API' && formerPlace(invocation, cluster, previous)?.place === 'API';
    if (isLeft && !(await isRollback(invocation))) throw error;
    if (other.place === 'CONFIG_MAP') count(counts, 'AwsAuthNotChecked');
    log('WARN', 'the other place was not looked at: an entry there may be overridden, or override this one', {
      place: other.place,
      reason: error.message,
    });
    return { state: 'unread', reason: error.message };
  }
}

/** The other place that the cluster reads for this principal; a whole account has no access entry (GT-36). */
export function otherPlaceOf(
  { edges }: Invocation,
  cluster: Cluster,
  { principal }: DesiredAccess,
  present: BackEnd,
): BackEnd | undefined {
  if (principal.type === 'account') return undefined;
  return edges
    .backEnds(cluster)
    .find(({ place }) => place !== present.place && isRead(place, cluster.authenticationMode));
}

async function look(
  other: BackEnd,
  { deadline }: Invocation,
  cluster: Cluster,
  { principal }: DesiredAccess,
): Promise<Sighting> {
  const started = deadline.now();
  const request = { cluster, key: principalKey(principal), principalArn: arnOf(principal) };
  return retry(
    deadline,
    () => other.look(request, deadline),
    (error, failures) =>
      hasCode(error, 'Throttling', 'ServiceUnavailable') && deadline.now() - started < PATIENCE_MS
        ? fullJitter(failures, 250, 1_000, () => deadline.random())
        : undefined,
  );
}

/** Denied, not there yet, or not reached: then the mapping is made all the same, and the log says so. */
function isUnreadable(error: unknown): error is ProviderError {
  return hasCode(error, 'AccessDenied', 'NotStabilized', 'ServiceUnavailable', 'Throttling');
}
