/** The four operations on a stack, from the first event to the last. They never reject. */
import { checkExports, checkImports, type ExportRegistry } from './export-checks';
import { type Change, type Deployed, deployResources, type Deployment, wantedResources } from './deployment';
import { exportsOf, resolveOutputs } from './outputs';
import { cleanUp, removeResources } from './removal';
import { rollBack } from './rollback';
import { type Leftover, type StackOutput } from './stack';
import { asFailure } from './step';

export interface Operation extends Deployment {
  readonly exports: ExportRegistry;
  readonly parameters: ReadonlyMap<string, string>;
  /** DeleteStack during a create, CancelUpdateStack during an update. */
  readonly cancel: AbortSignal;
}

export async function createOperation(operation: Operation): Promise<void> {
  const { world, stack } = operation;
  stack.enter('CREATE_IN_PROGRESS', 'User Initiated');
  const deployed = await deploy(operation, stack.disableRollback);
  if (operation.cancel.aborted) return;
  if ('outputs' in deployed) {
    commit(operation, deployed.outputs);
    return stack.enter('CREATE_COMPLETE');
  }
  if (stack.disableRollback) return stack.enter('CREATE_FAILED', deployed.reason);
  stack.enter('ROLLBACK_IN_PROGRESS', `${deployed.reason} Rollback requested by user.`);
  await rollbackCreation({ world, stack });
}

/** Deletes what a create has made so far. */
export async function rollbackCreation({ world, stack }: Pick<Operation, 'world' | 'stack'>): Promise<void> {
  const failed = await removeResources(world, stack, ({ deletionPolicy }) => deletionPolicy === 'Retain');
  if (failed.length > 0) return stack.enter('ROLLBACK_FAILED', failedTo('delete', failed));
  stack.enter('ROLLBACK_COMPLETE');
}

/**
 * `earlier`: changes of a failed update that was kept. Answers the changes that still have to be taken back, after
 * UPDATE_ROLLBACK_FAILED or UPDATE_FAILED.
 */
export async function updateOperation(
  operation: Operation,
  earlier: readonly Change[],
): Promise<readonly Change[]> {
  const { stack, template } = operation;
  stack.enter('UPDATE_IN_PROGRESS', 'User Initiated');
  const deployed = await deploy(operation, stack.disableRollback);
  if (!('outputs' in deployed)) {
    const cancelled = operation.cancel.aborted;
    const isKnown = ({ logicalId }: Change): boolean =>
      earlier.some((other) => other.logicalId === logicalId);
    const changes = [...earlier, ...deployed.changes.filter((change) => !isKnown(change))];
    if (stack.disableRollback && !cancelled) {
      stack.leftovers.push(...deployed.leftovers);
      stack.enter('UPDATE_FAILED', deployed.reason);
      return changes;
    }
    stack.enter('UPDATE_ROLLBACK_IN_PROGRESS', cancelled ? 'User Initiated' : deployed.reason);
    return rollbackOperation(operation, changes, []);
  }
  const wanted = new Set(wantedResources(template, operation.scope));
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !wanted.has(logicalId));
  commit(operation, deployed.outputs);
  stack.enter('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const leftovers: Leftover[] = [
    ...stack.leftovers.splice(0),
    ...deployed.leftovers,
    ...removed.map((state) => ({ state, because: 'removed' as const })),
  ];
  await cleanUp(operation.world, stack, leftovers);
  for (const { logicalId } of removed) stack.resources.delete(logicalId);
  stack.enter('UPDATE_COMPLETE');
  return [];
}

export async function rollbackOperation(
  operation: Pick<Operation, 'world' | 'stack'>,
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

export interface DeleteChoices {
  readonly retain: readonly string[];
  /** FORCE_DELETE_STACK: what cannot be deleted is left behind. */
  readonly force: boolean;
}

export async function deleteOperation(
  operation: Pick<Operation, 'world' | 'stack' | 'exports'>,
  choices: DeleteChoices,
): Promise<void> {
  const { world, stack, exports } = operation;
  const former = stack.status;
  stack.enter('DELETE_IN_PROGRESS', 'User Initiated');
  for (const name of exportsOf(stack.outputs).keys()) {
    const [importer] = exports.importers(name);
    // The stack falls back to what it was (rlister/stax#40).
    if (importer !== undefined)
      return stack.enter(former, `Export ${name} cannot be deleted as it is in use by ${importer}`);
  }
  const failed = await removeResources(
    world,
    stack,
    ({ logicalId, deletionPolicy }) =>
      choices.retain.includes(logicalId) ||
      deletionPolicy === 'Retain' ||
      deletionPolicy === 'RetainExceptOnCreate',
  );
  if (failed.length > 0 && !choices.force) return stack.enter('DELETE_FAILED', failedTo('delete', failed));
  stack.outputs = [];
  stack.imports = new Set();
  stack.enter('DELETE_COMPLETE');
}

type Result =
  ({ readonly outputs: readonly StackOutput[] } & Deployed) | ({ readonly reason: string } & Deployed);

async function deploy(operation: Operation, keepGoing: boolean): Promise<Result> {
  const nothing: Deployed = { failed: [], changes: [], leftovers: [] };
  try {
    checkImports(operation);
  } catch (error) {
    return { reason: asFailure(error).message, ...nothing };
  }
  const deployed = await deployResources(operation, keepGoing ? 'go-on' : 'stop', operation.cancel);
  if (operation.cancel.aborted || deployed.failed.length > 0)
    return { reason: reasonOf(deployed), ...deployed };
  try {
    const outputs = resolveOutputs(operation.template, operation.scope);
    checkExports(operation.stack, operation.exports, outputs);
    return { outputs, ...deployed };
  } catch (error) {
    return { reason: asFailure(error).message, ...deployed };
  }
}

function commit({ stack, template, parameters, scope }: Operation, outputs: readonly StackOutput[]): void {
  stack.template = template;
  stack.parameters = parameters;
  stack.outputs = outputs;
  stack.imports = scope.imported;
}

function reasonOf({ failed, changes }: Deployed): string {
  const created = failed.filter((logicalId) =>
    changes.some((change) => change.logicalId === logicalId && change.before === undefined),
  );
  const updated = failed.filter((logicalId) => !created.includes(logicalId));
  return [
    ...(created.length > 0 ? [failedTo('create', created)] : []),
    ...(updated.length > 0 ? [failedTo('update', updated)] : []),
  ].join(' ');
}

function failedTo(verb: string, logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}].`;
}
