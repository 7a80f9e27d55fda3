/** What events leave half done, for the book of who holds what. */
import { type Place } from '../../../../access/place';
import { type Cell, type Cells, type Change, holdOn, stackOf, type Surroundings } from './cell';
import { type Cluster } from './cluster';
import { type OwnerKey, PLACES, PRINCIPAL_NAMES, PRINCIPALS } from './names';
import { recordOn } from './records';
import { type Delivery, type Request } from './request';

/**
 * A Delete that failed when it had given back what the access entry says, and not yet the record: to those who hold it
 * beside the resource the entry is still the resource's, until its next Delete.
 */
export function keepRecorded({ owner }: Request, { entries }: Cluster, book: Cells): void {
  for (const name of PRINCIPAL_NAMES) {
    const cell = book.cell('API', name);
    if (recordOn(entries.get(PRINCIPALS[name]))?.owner === owner && !cell.holders.includes(owner))
      holdOn(cell, owner);
  }
}

/**
 * A Delete that has failed before it gave back the record of an access entry leaves the date of the event before it there: a
 * copy of that one, if it comes at once, goes on from what it has written itself (docs/law.md).
 */
export function isHalfDeleted(
  { owner, type }: Request,
  place: Place,
  lastWrite: Request,
  world: Surroundings,
): boolean {
  const hasFailed = world.resource(owner)?.status === 'DELETE_FAILED';
  return place === 'API' && type !== 'Delete' && lastWrite.type === 'Delete' && hasFailed;
}

/**
 * A copy of an event whose stack is gone has made a mapping, and is about to take it back: to ADOPT, which meets it at that
 * moment, it is what an owner who is gone has left (docs/law.md).
 */
export function isKeptForNobody(
  { request }: Delivery,
  { before }: Change,
  { holders, lastDelivery }: Cell,
  world: Surroundings,
): boolean {
  const top = holders.at(-1);
  const isOfCopy = lastDelivery?.startedSettled === true && lastDelivery.rival === 'another event';
  const isFromGone = top !== undefined && top !== request.owner && world.resource(top) === undefined;
  return isOfCopy && isFromGone && before !== undefined && request.mapping.existing === 'ADOPT';
}

/**
 * A third resource of a stack maps the principal of two others: its record names the second one, and the first one, which
 * had adopted the entry, is in none any more (docs/law.md).
 */
export function forgetsFirst({ owner }: Request, { holders, found }: Cell): boolean {
  if (holders.includes(owner)) return false;
  const [first, ...more] = holders.filter((other) => other !== owner && stackOf(other) === stackOf(owner));
  return first !== undefined && more.length > 0 && found.get(first) !== undefined;
}

/** The write of a copy is carried out when it has given up, and CloudFormation has been told that nothing was made (docs/law.md). */
export function isLeftByCopy({ request, isAnswered }: Delivery, { after }: Change): boolean {
  const isToldNothing = request.answers[0]?.PhysicalResourceId.startsWith('create-failed|') === true;
  return request.answers.length > 1 && isAnswered === true && isToldNothing && after !== undefined;
}

/** Its time came between two tries, of which the first one may have mapped: its Delete takes what gives the same (docs/law.md). */
export function forgetEnded({ mapping }: Request, book: Cells): void {
  for (const place of PLACES) book.cell(place, mapping.principal).isUnrecorded = true;
}

/** What an attempt has made that was never answered, for a resource of another provider (docs/law.md). */
export function leaveAttempt({ old, owner }: Request, book: Cells): void {
  for (const place of PLACES) {
    const cell = old && book.cell(place, old.principal);
    if (cell?.holders.includes(owner)) cell.isAbandoned = true;
  }
}

/** What is in aws-auth has gone back to another name of the stack, which had asked for the same. */
export function passOn(cell: Cell, owner: OwnerKey, heir: OwnerKey | undefined): void {
  if (heir === undefined || heir === owner || stackOf(heir) !== stackOf(owner)) return;
  if (cell.holders.at(-1) === owner) cell.holders = [...cell.holders.slice(0, -1), heir];
}
