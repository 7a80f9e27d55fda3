/** Deletes resources against the direction of their dependencies. */
import { runGraph } from '../template/graph';
import { type Leftover, type ResourceState } from './resource-state';
import { type Stack } from './stack';
import { deleteResource, type World } from './step';

/** Everything that depends on `state` within `all`. */
function dependants(all: readonly ResourceState[], state: ResourceState): ResourceState[] {
  return all.filter((other) => other !== state && other.dependsOn.includes(state.logicalId));
}

/**
 * Deletes what the stack still has, except what is retained. Answers the logical ids that could not be deleted;
 * what they need stays as well.
 */
export async function removeResources(
  world: World,
  stack: Stack,
  keep: (state: ResourceState) => boolean,
): Promise<string[]> {
  const states = [...stack.resources.values()].filter(
    ({ status }) => !/^DELETE_(COMPLETE|SKIPPED)$/.test(status),
  );
  return runGraph({
    nodes: states.map(({ logicalId }) => logicalId),
    before: (logicalId) =>
      states.filter((state) => state.dependsOn.includes(logicalId)).map((state) => state.logicalId),
    afterFailure: 'go-on',
    step: async (logicalId) => {
      const state = stack.resources.get(logicalId);
      if (!state) return true;
      if (keep(state)) {
        stack.note(state, 'DELETE_SKIPPED');
        return true;
      }
      return deleteResource(world, stack, state);
    },
  });
}

const TRIES = 3;

/**
 * Deletes what an operation no longer needs. CloudFormation tries three times and then abandons the resource
 * (custom-resources section 1.5), so this cannot fail.
 */
export async function cleanUp(world: World, stack: Stack, leftovers: readonly Leftover[]): Promise<void> {
  const states = leftovers.map(({ state }) => state);
  const ids = new Map(states.map((state, index) => [String(index), state]));
  const idOf = (state: ResourceState): string => String(states.indexOf(state));
  await runGraph({
    nodes: [...ids.keys()],
    before: (id) => {
      const state = ids.get(id);
      return state ? dependants(states, state).map(idOf) : [];
    },
    afterFailure: 'go-on',
    step: async (id) => {
      const leftover = leftovers[Number(id)];
      if (leftover) await cleanUpOne(world, stack, leftover);
      return true;
    },
  });
}

async function cleanUpOne(world: World, stack: Stack, { state, because }: Leftover): Promise<void> {
  const policy = because === 'replaced' ? state.updateReplacePolicy : state.deletionPolicy;
  if (policy === 'Retain' || (policy === 'RetainExceptOnCreate' && because !== 'rolled-back')) {
    stack.note(state, 'DELETE_SKIPPED');
    return;
  }
  for (let count = 1; count <= TRIES; count += 1) {
    if (await deleteResource(world, stack, state)) return;
  }
}
