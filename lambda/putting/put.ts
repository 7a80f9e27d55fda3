/** Putting a mapping where it belongs. */
import { type BackEnd, type PutOutcome } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { hasCode, type ProviderError, withActed } from '../../access/errors';
import { LateEvent } from '../../access/late-event';
import { identityOf } from '../../access/login-identity';
import { type Placement } from '../../access/placement';
import { principalKey } from '../../access/principal';
import { templateFactsOf } from '../../access/record-facts';
import { hasEnded } from '../cloudformation/expiry';
import { markOnWayBack } from '../removing/delete-mark';
import { count } from '../measures/event-counts';
import { type OwnershipQuestions } from '../../access/surroundings';
import { type Invocation } from '../invocation';
import { formerPlacement } from './former-place';
import { otherPlaceOf, ownershipQuestions } from './ownership-questions';
import { isNode } from '../../access/node-identity';
import { seeToRights } from './rights';
import { roleQuestion } from '../role/role-question';

export interface Put {
  readonly cluster: Cluster;
  readonly desired: DesiredAccess;
  readonly placement: Placement<BackEnd>;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What the same mapping asked for before, in an Update in place. */
  readonly previous: DesiredAccess | undefined;
}

/** Where a put ended, and what it came to. */
export interface Done {
  readonly placement: Placement<BackEnd>;
  readonly outcome: PutOutcome;
  /** False where a move to another place was left undone. */
  readonly isMoved: boolean;
}

export async function put(invocation: Invocation, asked: Put): Promise<Done> {
  const { cluster, desired, placement, isNew } = asked;
  await seeToRights(invocation, cluster, desired, placement);
  const questions = ownershipQuestions(invocation, asked, placement.backEnd);
  try {
    return { placement, outcome: await putIn(placement, invocation, asked, questions), isMoved: true };
  } catch (error) {
    const isRefused = hasCode(error, 'AlreadyExists', 'AccessDenied');
    const mayStay = isRefused && (!isNew || (await questions.isRollback()));
    // Without a record a node's access entry would not be found again where the template does not put it.
    const isBlocked = hasCode(error, 'AlreadyExists') && !isNode(desired);
    const stays = mayStay ? await presentPlace(isBlocked) : undefined;
    // What another try of this Create has put there its Delete has to find.
    const isThere = invocation.request.requestType === 'Create' && questions.hasMetOwn();
    if (!stays) throw isThere && !(error instanceof LateEvent) ? withActed(error, true) : error;
    count(invocation.counts, 'MappingsNotMoved');
    invocation.log('WARN', 'another owner’s entry blocks the move of the mapping, which stays where it is', {
      place: stays.backEnd.place,
      reason: (error as ProviderError).message,
    });
    const own = ownershipQuestions(invocation, asked, stays.backEnd);
    return { placement: stays, outcome: await putIn(stays, invocation, asked, own), isMoved: false };
  }

  /** Where the mapping lives now, if it gives there what is asked for already, or is to be what it was before an Update. */
  async function presentPlace(isBlocked: boolean): Promise<Placement<BackEnd> | undefined> {
    const elsewhere = await questions.elsewhere();
    if (elsewhere.state !== 'seen' || elsewhere.standing !== 'self') return undefined;
    const isAsAsked = elsewhere.sighting.entry?.identity === identityOf(placement.effective);
    if (!isAsAsked && !(isBlocked && (await questions.isRollback()))) return undefined;
    const other = otherPlaceOf(invocation, cluster, desired, placement.backEnd);
    const translation = other?.translate(desired, cluster);
    return other && translation && 'target' in translation ? { backEnd: other, ...translation } : undefined;
  }
}

async function putIn(
  { backEnd, target, effective }: Placement<BackEnd>,
  invocation: Invocation,
  { cluster, desired, isNew, previous: former }: Put,
  ownership: OwnershipQuestions,
): Promise<PutOutcome> {
  const { owner, deadline, request, requestedAt, log, counts } = invocation;
  const { place } = backEnd;
  // Which role a permission set had before is known of records alone.
  const previous = desired.permissionSet ? undefined : former;
  const lived = formerPlacement(invocation, cluster, previous);
  const facts = templateFactsOf(desired);
  log('INFO', 'putting the mapping', { cluster: cluster.name, place, mode: cluster.authenticationMode });
  const outcome = await backEnd.put(
    {
      cluster,
      key: principalKey(desired.principal),
      kind: desired.kind,
      target,
      effective,
      owner,
      requestedAt: requestedAt?.getTime(),
      existingEntry: desired.existingEntry,
      isNew,
      isReplacement: request.requestType === 'Update',
      // The schedule may have ended it, and another tool have made an equal one.
      hadEnded: hasEnded(former?.expiresAt, deadline.now()),
      previous: lived?.backEnd.place === place ? previous : undefined,
      ownership,
      facts,
      leavesMark: markOnWayBack(invocation, { previous, lived }, { place, effective, facts }),
      requestId: request.envelope.requestId,
      roleOfName: roleQuestion(invocation, desired),
    },
    deadline,
  );
  const { changed, before, after, adopted, isBoundAgain } = outcome;
  if (isBoundAgain)
    log(
      'WARN',
      'the role was deleted and made again: its access entry, which let nobody in, was made again',
      {
        principal: principalKey(desired.principal),
      },
    );
  if (adopted && changed && isNew) count(counts, 'MappingsAdopted');
  log('INFO', changed ? 'put the mapping' : 'the mapping is already as desired', { before, after, adopted });
  return outcome;
}
