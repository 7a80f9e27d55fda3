/** Creating, updating, taking back and deleting one stack; each ends with the stack at rest. */
import { type Mapping } from './mapping';
import { type LogicalId, type OwnerKey } from './names';
import { type Resource, type Sender, type Stack } from './cloudformation';

export type Template = Readonly<Partial<Record<LogicalId, Mapping>>>;

export interface Operation {
  readonly stack: Stack;
  readonly sender: Sender;
  readonly siblingFails: boolean;
  /** Whether events are sent without waiting for the answer to the one before. */
  readonly isAtOnce: () => boolean;
  /** CloudFormation gives up on something of this resource's that it could not delete. */
  /** The resource is gone. */
  readonly released: (owner: OwnerKey) => void;
  /** The resource has left the stack without a Delete. */
  readonly retained: (owner: OwnerKey) => void;
  readonly abandon: (owner: OwnerKey) => void;
  /** The way back to what a resource was has failed. */
  readonly rollbackFailed: (owner: OwnerKey, to: Mapping) => void;
}

/** What a stack no longer wants of one resource: an id with the properties that it had. */
interface Leftover {
  readonly resource: Resource;
  readonly mapping: Mapping;
  readonly physicalId: string;
}

export async function createStack(operation: Operation, template: Template): Promise<void> {
  const { stack, sender, siblingFails } = operation;
  stack.status = 'CREATE_IN_PROGRESS';
  const made = await allOf(operation, entriesOf(template), ([logicalId, mapping]) =>
    createResource(stack, sender, logicalId, mapping),
  );
  if (made && !siblingFails) {
    stack.status = 'CREATE_COMPLETE';
    return;
  }
  stack.status = 'ROLLBACK_IN_PROGRESS';
  const gone = await deleteAll(operation);
  stack.status = gone ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
}

export async function deleteStack(operation: Operation): Promise<void> {
  const { stack } = operation;
  stack.status = 'DELETE_IN_PROGRESS';
  const gone = await deleteAll(operation);
  stack.status = gone ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
}

/** `retain`: logical ids with DeletionPolicy: Retain, which go from the stack without an event. */
export async function updateStack(
  operation: Operation,
  template: Template,
  retain: readonly LogicalId[] = [],
): Promise<void> {
  const { stack, sender, siblingFails } = operation;
  stack.status = 'UPDATE_IN_PROGRESS';
  const before = new Map<LogicalId, Resource>();
  const made: LogicalId[] = [];
  const leftovers: Leftover[] = [];
  const done = await allOf(operation, entriesOf(template), async ([logicalId, wanted]) => {
    const resource = stack.resources.get(logicalId);
    // CloudFormation takes no change of a resource's type.
    const mapping = resource ? { ...wanted, type: resource.mapping.type } : wanted;
    if (resource && JSON.stringify(resource.mapping) === JSON.stringify(mapping)) return true;
    if (resource) before.set(logicalId, { ...resource });
    else made.push(logicalId);
    return resource
      ? updateResource(sender, resource, mapping, resource.mapping, leftovers)
      : createResource(stack, sender, logicalId, mapping);
  });
  if (!done || siblingFails) {
    for (const logicalId of made) before.delete(logicalId);
    stack.unfinished = before;
    return rollBack(operation, made);
  }
  stack.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
  for (const logicalId of [...stack.resources.keys()].filter((id) => !(id in template))) {
    const resource = stack.resources.get(logicalId);
    if (!resource) continue;
    if (retain.includes(logicalId)) operation.retained(`${stack.id}#${logicalId}`);
    else await cleanUp(operation, leftoverOf(resource), true);
    stack.resources.delete(logicalId);
  }
  for (const leftover of leftovers) await cleanUp(operation, leftover, false);
  stack.status = 'UPDATE_COMPLETE';
}

/** ContinueUpdateRollback, and the end of an update that failed. */
export async function rollBack(operation: Operation, made: readonly LogicalId[] = []): Promise<void> {
  const { stack, sender } = operation;
  stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
  const leftovers: Leftover[] = [];
  for (const [logicalId, was] of [...stack.unfinished]) {
    const resource = stack.resources.get(logicalId);
    if (!resource) continue;
    const tried = resource.attempted ?? resource.mapping;
    const triedAs = resource.physicalId;
    const done = await updateResource(sender, resource, was.mapping, tried, leftovers);
    if (done) stack.unfinished.delete(logicalId);
    else {
      resource.attempted = tried;
      // Of an attempt whose way back answered with another id no Delete will come.
      if (resource.physicalId !== triedAs) operation.abandon(`${stack.id}#${logicalId}`);
      operation.rollbackFailed(`${stack.id}#${logicalId}`, was.mapping);
    }
  }
  const failed = stack.unfinished.size > 0;
  if (!failed) stack.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
  for (const leftover of leftovers) await cleanUp(operation, leftover, false);
  for (const logicalId of made) {
    const resource = stack.resources.get(logicalId);
    if (!resource) continue;
    await cleanUp(operation, leftoverOf(resource), true);
    stack.resources.delete(logicalId);
  }
  stack.status = failed ? 'UPDATE_ROLLBACK_FAILED' : 'UPDATE_ROLLBACK_COMPLETE';
}

async function createResource(
  stack: Stack,
  sender: Sender,
  logicalId: LogicalId,
  mapping: Mapping,
): Promise<boolean> {
  const resource: Resource = {
    logicalId,
    mapping,
    status: 'CREATE_IN_PROGRESS',
    attempted: undefined,
    physicalId: undefined,
  };
  stack.resources.set(logicalId, resource);
  const sent = await sender.send('Create', resource, { mapping, physicalId: undefined });
  resource.physicalId = sent.ok ? sent.physicalId : sent.id;
  resource.status = sent.ok ? 'CREATE_COMPLETE' : 'CREATE_FAILED';
  return sent.ok;
}

async function updateResource(
  sender: Sender,
  resource: Resource,
  mapping: Mapping,
  old: Mapping,
  leftovers: Leftover[],
): Promise<boolean> {
  const { physicalId } = resource;
  resource.status = 'UPDATE_IN_PROGRESS';
  const sent = await sender.send('Update', resource, { mapping, old, physicalId });
  if (!sent.ok) {
    resource.status = 'UPDATE_FAILED';
    resource.attempted = mapping;
    resource.physicalId = sent.id;
    return false;
  }
  resource.status = 'UPDATE_COMPLETE';
  resource.physicalId = sent.physicalId;
  resource.mapping = mapping;
  resource.attempted = undefined;
  if (physicalId !== undefined && sent.physicalId !== physicalId)
    leftovers.push({ resource, mapping: old, physicalId });
  return true;
}

function leftoverOf(resource: Resource): Leftover {
  return {
    resource,
    mapping: resource.attempted ?? resource.mapping,
    physicalId: resource.physicalId ?? '',
  };
}

/** The stack is done whatever comes of it. `isLast`: nothing of the resource stays in the stack. */
async function cleanUp(
  { stack, sender, abandon, released }: Operation,
  { resource, mapping, physicalId }: Leftover,
  isLast: boolean,
): Promise<void> {
  if (isLast) resource.status = 'DELETE_IN_PROGRESS';
  const { ok } = await sender.send('Delete', resource, { mapping, physicalId });
  if (ok && isLast) released(`${stack.id}#${resource.logicalId}`);
  if (isLast) resource.status = ok ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
  if (!ok) abandon(`${stack.id}#${resource.logicalId}`);
}

async function deleteAll(operation: Operation): Promise<boolean> {
  const { stack, sender } = operation;
  let gone = true;
  const deleteOne = async (resource: Resource): Promise<void> => {
    // Of an update that failed the properties before it count, whatever id was answered.
    const { mapping, physicalId = '' } = resource;
    resource.status = 'DELETE_IN_PROGRESS';
    const { ok } = await sender.send('Delete', resource, { mapping, physicalId });
    // Of an update that could not be taken back, the id before it is nobody's any more.
    const before = stack.unfinished.get(resource.logicalId)?.physicalId;
    if (before !== undefined && before !== physicalId) operation.abandon(`${stack.id}#${resource.logicalId}`);
    if (ok) operation.released(`${stack.id}#${resource.logicalId}`);
    resource.status = ok ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
    if (ok) stack.resources.delete(resource.logicalId);
    else gone = false;
  };
  const all = [...stack.resources.values()].reverse();
  if (operation.isAtOnce()) await Promise.all(all.map(deleteOne));
  else for (const resource of all) await deleteOne(resource);
  return gone;
}

/** Whether all of it is done; what is left is not begun once something has failed, or the user has cancelled. */
async function allOf<T>(
  { sender, isAtOnce }: Operation,
  items: readonly T[],
  work: (item: T) => Promise<boolean>,
): Promise<boolean> {
  if (isAtOnce()) return (await Promise.all(items.map(work))).every(Boolean);
  for (const item of items) if (!(await work(item)) || sender.isCancelled) return false;
  return true;
}

function entriesOf(template: Template): [LogicalId, Mapping][] {
  return Object.entries(template) as [LogicalId, Mapping][];
}
