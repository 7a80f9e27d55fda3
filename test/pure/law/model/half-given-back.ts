/** What an event that failed between two calls leaves of the entry that its resource had found. */
import { type Cell } from './cell';
import { type OwnerKey } from './names';
import { type SeenWorld } from './seen-world';

/**
 * What was found by resources whose last event has failed, or that CloudFormation has given up on: a Delete gives it back, and
 * REPLACE takes it, by several calls, and one that fails after some of them leaves the rest to the next event (docs/law.md).
 */
export function foundByFailed(
  world: SeenWorld,
  { found }: Pick<Cell, 'found'>,
): readonly (string | undefined)[] {
  const hasFailed = (owner: OwnerKey): boolean =>
    world.ledger.abandoned.has(owner) || /^(UPDATE|DELETE)_FAILED$/.test(world.resource(owner)?.status ?? '');
  return [...found].flatMap(([owner, content]) => (hasFailed(owner) ? [content] : []));
}
