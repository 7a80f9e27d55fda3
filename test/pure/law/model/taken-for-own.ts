/** What the product takes for the resource's own by what it gives, as docs/design.md section 2 says, though another tool made it. */
import { loginOfContent } from './cluster';
import { type Cell, type Change, type Surroundings } from './cell';
import { askedLogin, type Mapping, placeOf } from './mapping';
import { type Request } from './request';

/** Access entries that nobody holds and that have no record: from such a change on nothing can be said of the entry. */
export function isTakenForOwn(
  request: Request,
  { place, name, before }: Change,
  cell: Cell,
  { cluster }: Surroundings,
): boolean {
  const { type, mapping, old, physicalId, owner } = request;
  if (place !== 'API' || before === undefined || name === 'provider') return false;
  if (cell.holders.length > 0 || !physicalId?.includes('|')) return false;
  const known: Mapping | undefined = type === 'Update' ? old : mapping;
  if (known?.principal !== name || placeOf(known, cluster.mode) !== 'API') return false;
  if (loginOfContent(before) !== askedLogin(known)) return false;
  // aws-auth, which the cluster does not read, is not looked at: the old properties alone say where the mapping lives.
  if (type === 'Update') return cluster.mode === 'API';
  // The Delete before this one failed, and yet EKS carried it out, or this is a copy of one that was served: what has been
  // made since gives the same as its own.
  const isAgain = cell.lastWrite?.type === 'Delete' && cell.lastWrite.owner === owner;
  return (isAgain && cell.lastWrite !== request) || request.runs > 1;
}
