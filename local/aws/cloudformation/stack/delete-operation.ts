/** Deletes a stack, from the first event to the last. Never rejects. */
import { type Deployment } from './deployment';
import { type ExportRegistry } from './export-checks';
import { failedTo } from './failed-resources';
import { exportsOf } from './outputs';
import { removeResources } from './removal';

export interface DeleteChoices {
  readonly retain: readonly string[];
  /** FORCE_DELETE_STACK: what cannot be deleted is left where it is. */
  readonly force: boolean;
}

export async function deleteOperation(
  operation: Pick<Deployment, 'world' | 'stack'> & { readonly exports: ExportRegistry },
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
