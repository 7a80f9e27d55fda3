/** Creates and updates a stack, from the first event to the last. They never reject. */
import { checkExports, checkImports, type ExportRegistry } from './export-checks';
import { type Change } from './resource-state';
import { type Deployed, deployResources, type Deployment, wantedResources } from './deployment';
import { resolveOutputs } from './outputs';
import { cleanUp } from './removal';
import { reasonOf } from './failed-resources';
import { rollbackCreation, rollbackOperation } from './rollback-operation';
import { type Leftover } from './resource-state';
import { type StackOutput } from './stack';
import { asFailure } from './step';

export interface Operation extends Deployment {
  readonly exports: ExportRegistry;
  readonly parameters: ReadonlyMap<string, string>;
  readonly ssmNames: ReadonlyMap<string, string>;
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

function commit(operation: Operation, outputs: readonly StackOutput[]): void {
  const { stack, template, parameters, ssmNames, scope } = operation;
  stack.template = template;
  stack.parameters = parameters;
  stack.ssmNames = ssmNames;
  stack.outputs = outputs;
  stack.imports = scope.imported;
}
