/** Takes a failed update back: swapped properties, the current physical id (custom-resources section 1.5). */
import { randomUUID } from 'node:crypto';
import { type Change } from './resource-state';
import { runGraph } from '../template/graph';
import { isCustom } from '../resources/resource-type';
import { type Leftover, type ResourceState } from './resource-state';
import { type Stack } from './stack';
import { apply, attempt, contextOf, typeOf, type World } from './step';

export interface RolledBack {
  readonly failed: readonly string[];
  readonly leftovers: readonly Leftover[];
}

/** `skip`: resources that ContinueUpdateRollback was told to leave alone. */
export async function rollBack(
  world: World,
  stack: Stack,
  changes: readonly Change[],
  skip: readonly string[] = [],
): Promise<RolledBack> {
  const leftovers: Leftover[] = [];
  const changed = new Map(
    changes.flatMap(({ logicalId, before }) => (before ? [[logicalId, before] as const] : [])),
  );
  const failed = await runGraph({
    nodes: [...changed.keys()],
    before: (logicalId) => changed.get(logicalId)?.dependsOn ?? [],
    afterFailure: 'go-on',
    step: async (logicalId) => {
      const before = changed.get(logicalId);
      const resource = stack.resources.get(logicalId);
      if (!before || !resource) return true;
      if (skip.includes(logicalId)) {
        stack.note(resource, 'UPDATE_COMPLETE');
        return true;
      }
      return restore(world, stack, resource, before, leftovers);
    },
  });
  for (const { logicalId, before } of changes) {
    const resource = stack.resources.get(logicalId);
    if (before || !resource) continue;
    leftovers.push({ state: resource, because: 'rolled-back' });
  }
  return { failed, leftovers };
}

async function restore(
  world: World,
  stack: Stack,
  resource: ResourceState,
  before: ResourceState,
  leftovers: Leftover[],
): Promise<boolean> {
  const current: ResourceState = { ...resource, properties: resource.attempted ?? resource.properties };
  const replaced = current.physicalId !== before.physicalId;
  resource.attempted = before.properties;
  stack.note(resource, 'UPDATE_IN_PROGRESS');
  if (replaced && !isCustom(resource.type)) {
    leftovers.push({ state: current, because: 'rolled-back' });
    Object.assign(resource, before);
    stack.note(resource, 'UPDATE_COMPLETE');
    return true;
  }
  const requestId = randomUUID();
  resource.lastRequestId = requestId;
  const signal = new AbortController().signal;
  const context = { ...contextOf(world, stack, resource, signal, requestId), isRollback: true };
  const { physicalId = '', properties, attributes } = current;
  const outcome = await attempt(async () => {
    const type = typeOf(world, resource.type);
    return (
      (await type.update?.(before.properties, context, { physicalId, properties, attributes })) ?? {
        physicalId,
        attributes,
      }
    );
  });
  if ('failure' in outcome) {
    resource.attempted = properties;
    if (isCustom(resource.type) && outcome.failure.physicalId !== undefined)
      resource.physicalId = outcome.failure.physicalId;
    stack.note(resource, 'UPDATE_FAILED', outcome.failure.message);
    return false;
  }
  const { dependsOn, deletionPolicy, updateReplacePolicy, metadata } = before;
  apply(resource, outcome.provisioned);
  Object.assign(resource, {
    properties: before.properties,
    dependsOn,
    deletionPolicy,
    updateReplacePolicy,
    metadata,
  });
  if (resource.physicalId !== current.physicalId) leftovers.push({ state: current, because: 'rolled-back' });
  stack.note(resource, 'UPDATE_COMPLETE');
  return true;
}
