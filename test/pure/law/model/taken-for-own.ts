/** What the product takes for the resource's own by what it gives, as docs/design.md section 2 says, though another tool made it. */
import { loginOfContent } from './cluster';
import { type Cell, type Cells, type Change, type Surroundings } from './cell';
import { askedLogin, type Mapping, placeOf } from './mapping';
import { type PrincipalName } from './names';
import { type Request } from './request';

/** What nobody holds and has no record: from such a change on nothing can be said of the entry. */
export function isTakenForOwn(
  request: Request,
  { place, name, before }: Change,
  cell: Cell,
  world: Surroundings,
  book: Cells,
): boolean {
  const { type, mapping, old, physicalId, owner, stackStatus } = request;
  if (before === undefined || name === 'provider') return false;
  if (cell.holders.length > 0 || !physicalId?.includes('|')) return false;
  // CloudFormation, which changes the resource again, waits for an event, and does not tell for which.
  const isChanged = /^(CREATE|UPDATE)_IN_PROGRESS$/.test(world.resource(owner)?.status ?? '');
  // A try of this Delete that was killed may have given the entry back, or removed the mapping from the other place.
  const isTriedAgain = request.runs > 1 && (isChanged || !request.answers[0]);
  const isMet = isTriedAgain || [cell, book.cell('API', name)].some(isUnheard);
  if (place !== 'API' && !(type === 'Delete' && isMet)) return false;
  const known: Mapping | undefined = type === 'Update' ? old : mapping;
  if (known?.principal !== name || placeOf(known, world.cluster.mode) !== place) return false;
  if (loginOfContent(before) !== askedLogin(known)) return false;
  if (isReplaced(request, name, world, book)) return true;
  // What the Update that it goes back from was to take over, and may have taken, from before the resource was ours.
  const isWayBack = stackStatus.includes('ROLLBACK') && old?.existing !== undefined;
  // aws-auth, which the cluster does not read, is not looked at: the old properties alone say where the mapping lives.
  if (type === 'Update') return world.cluster.mode === 'API' || isWayBack;
  // The Delete before this one failed, and yet it was carried out, or this is a copy of one that was served: what has been
  // made since, or was in the other place all the time, gives the same as its own.
  const isAgain = cell.lastWrite?.type === 'Delete' && cell.lastWrite.owner === owner;
  // Then the mark says so.
  if (place === 'API' && book.cell('CONFIG_MAP', name).lastWrite === request) return false;
  return isMet || (isAgain && cell.lastWrite !== request) || request.runs > 1;

  /** An earlier Delete that was killed at every try, or had failed, has removed the mapping, from here or from the other place. */
  function isUnheard({ lastWrite }: Cell): boolean {
    const isEarlier = lastWrite !== request && lastWrite?.type === 'Delete';
    return isEarlier && lastWrite.owner === owner && lastWrite.answers[0]?.Status !== 'SUCCESS';
  }
}

/** Another stack took what it had in aws-auth (REPLACE), record and all, and has nothing there any more. */
function isReplaced(
  { owner }: Request,
  name: PrincipalName,
  { cluster }: Surroundings,
  book: Cells,
): boolean {
  const isHolder = book.cell('CONFIG_MAP', name).holders.includes(owner);
  return isHolder && cluster.content('CONFIG_MAP', name) === undefined;
}
