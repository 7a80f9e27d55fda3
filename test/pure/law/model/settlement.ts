/** The book at the end of a step: what CloudFormation no longer has holds nothing. */
import { type Place } from '../../../../access/place';
import { type Cells, isUnclear, type Surroundings } from './cell';
import { type OwnerKey, PLACES, PRINCIPAL_NAMES, type PrincipalName } from './names';

interface Book extends Cells {
  /** Resources that CloudFormation gave up on. */
  readonly abandoned: ReadonlySet<OwnerKey>;
}

/** Gives what is there though nobody holds it. */
export function settleCells(book: Book, world: Surroundings): readonly string[] {
  return PLACES.flatMap((place) =>
    PRINCIPAL_NAMES.map((name) => settleCell(book, world, place, name)),
  ).filter((violation) => violation !== undefined);
}

/** What `ExistingEntry: REPLACE` has taken is nobody's any more, though its stack operation goes on. */
export function settleTakeovers(book: Book, { foreign }: Surroundings): void {
  for (const place of PLACES)
    for (const name of PRINCIPAL_NAMES) {
      const cell = book.cell(place, name);
      if (!cell.isReplaced || cell.holders.length === 0) continue;
      foreign.forget(place, name);
      cell.isReplaced = false;
    }
}

function settleCell(book: Book, world: Surroundings, place: Place, name: PrincipalName): string | undefined {
  const { cluster, foreign } = world;
  const cell = book.cell(place, name);
  const actual = cluster.content(place, name);
  const left = foreign.content(place, name);
  const live = cell.holders.filter((owner) => world.resource(owner)?.principals.includes(name));
  // Nothing of another tool's is left to be gone; what it writes from now on is its own.
  const isDone = left === undefined;
  // What REPLACE has made stays where its clean-up has failed.
  const isGivenUp = [...cell.found.keys()].some((owner) => book.abandoned.has(owner));
  if (cell.isReplaced && (live.length > 0 || actual !== left || isDone)) {
    if (live.length > 0 || actual === undefined || isGivenUp) foreign.forget(place, name);
    cell.isReplaced = false;
  }
  if (isGivenUp) return undefined;
  const former = cell.holders;
  cell.holders = live;
  if (isUnclear(cell)) return undefined;
  const expected = foreign.content(place, name);
  if (live.length > 0 || actual === expected) return undefined;
  return `${place} ${name} is ${actual ?? 'nothing'}, and foreign writers left ${expected ?? 'nothing'} (held before by ${former.join(', ') || 'nobody'})`;
}
