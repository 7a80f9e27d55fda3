/** Takes a stack back to what it was, from the first event to the last. Never rejects. */
import { type Deployment } from './deployment';
import { failedTo } from './failed-resources';
import { cleanUp, removeResources } from './removal';
import { type Change } from './resource-state';
import { rollBack } from './rollback';

/** Deletes what a create has made so far. */
export async function rollbackCreation({ world, stack }: Pick<Deployment, 'world' | 'stack'>): Promise<void> {
  const failed = await removeResources(world, stack, ({ deletionPolicy }) => deletionPolicy === 'Retain');
  if (failed.length > 0) return stack.enter('ROLLBACK_FAILED', failedTo('delete', failed));
  stack.enter('ROLLBACK_COMPLETE');
}

/** Takes the changes of a failed update back; answers those that still have to be, after UPDATE_ROLLBACK_FAILED. */
export async function rollbackOperation(
  operation: Pick<Deployment, 'world' | 'stack'>,
  changes: readonly Change[],
  skip: readonly string[],
): Promise<readonly Change[]> {
  const { world, stack } = operation;
  // Originals that were replaced are in use again; what an earlier try has left over still has to go.
  stack.leftovers = stack.leftovers.filter(({ because }) => because === 'rolled-back');
  const { failed, leftovers } = await rollBack(world, stack, changes, skip);
  stack.leftovers.push(
    ...leftovers.filter(({ state }) => !stack.leftovers.some((other) => other.state === state)),
  );
  if (failed.length > 0) {
    stack.enter('UPDATE_ROLLBACK_FAILED', failedTo('update', failed));
    return changes.filter(({ logicalId, before }) => before !== undefined && failed.includes(logicalId));
  }
  stack.enter('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  const all = stack.leftovers.splice(0);
  await cleanUp(world, stack, all);
  for (const { state } of all)
    if (stack.resources.get(state.logicalId) === state) stack.resources.delete(state.logicalId);
  stack.enter('UPDATE_ROLLBACK_COMPLETE');
  return [];
}
