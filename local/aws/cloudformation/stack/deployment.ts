/** Creates and updates the resources of a template along their dependencies, keeping what it takes to go back. */
import { dependenciesOf } from '../template/check-template';
import { isObject, type JsonObject } from '../json';
import { runGraph } from '../template/graph';
import { resolve } from '../template/resolve';
import { type StackScope } from './scope';
import { type Change, declaredOf, type Leftover, newResourceState } from './resource-state';
import { type Stack } from './stack';
import { changedProperties } from '../resources/resource-type';
import { NESTED_STACK } from './nested-stack';
import { asFailure, createResource, type World } from './step';
import { type Template, type TemplateResource } from '../template/template';
import { updateResource } from './update-step';

export interface Deployment {
  readonly world: World;
  readonly stack: Stack;
  readonly template: Template;
  readonly scope: StackScope;
}

export interface Deployed {
  readonly failed: readonly string[];
  /** In the order in which they were started. */
  readonly changes: readonly Change[];
  readonly leftovers: readonly Leftover[];
}

/** Logical ids whose condition holds. */
export function wantedResources(template: Template, scope: StackScope): string[] {
  return [...template.resources]
    .filter(([, { condition }]) => condition === undefined || scope.condition(condition))
    .map(([logicalId]) => logicalId);
}

export async function deployResources(
  deployment: Deployment,
  afterFailure: 'go-on' | 'stop',
  cancel: AbortSignal,
): Promise<Deployed> {
  const { template, scope } = deployment;
  const changes: Change[] = [];
  const leftovers: Leftover[] = [];
  const siblings = new AbortController();
  const signal = AbortSignal.any([siblings.signal, cancel]);
  const nodes = wantedResources(template, scope);
  const taken = (name: string): boolean => scope.condition(name);
  const before = new Map(nodes.map((logicalId) => [logicalId, dependenciesOf(template, logicalId, taken)]));
  const failed = await runGraph({
    nodes,
    before: (logicalId) => before.get(logicalId) ?? [],
    step: (logicalId) => deployOne(deployment, logicalId, signal, changes, leftovers),
    afterFailure,
    onFailure: () => {
      if (afterFailure === 'stop') siblings.abort();
    },
    cancelled: () => cancel.aborted,
  });
  return { failed, changes, leftovers };
}

async function deployOne(
  deployment: Deployment,
  logicalId: string,
  signal: AbortSignal,
  changes: Change[],
  leftovers: Leftover[],
): Promise<boolean> {
  const { world, stack, template, scope } = deployment;
  const definition = template.resources.get(logicalId);
  if (!definition) return true;
  const dependsOn = dependenciesOf(template, logicalId, (name) => scope.condition(name));
  const existing = stack.resources.get(logicalId);
  const stable =
    existing !== undefined &&
    existing.physicalId !== undefined &&
    !/^(CREATE_FAILED|DELETE_)/.test(existing.status);
  let properties: JsonObject;
  try {
    properties = resolveProperties(definition, scope, logicalId);
  } catch (error) {
    const resource = existing ?? newResourceState(logicalId, definition, {}, dependsOn);
    stack.resources.set(logicalId, resource);
    if (!existing) changes.push({ logicalId });
    stack.note(resource, existing ? 'UPDATE_FAILED' : 'CREATE_FAILED', asFailure(error).message);
    return false;
  }
  if (!stable) {
    const resource = {
      ...newResourceState(logicalId, definition, properties, dependsOn),
      failedRequestId: existing?.failedRequestId,
    };
    stack.resources.set(logicalId, resource);
    changes.push({ logicalId });
    return createResource(world, stack, resource, signal);
  }
  const before = { ...existing };
  Object.assign(existing, declaredOf(definition, dependsOn));
  const same = changedProperties(before.properties, properties).length === 0;
  // A nested stack is always asked: its template may be another by now, under the same URL.
  if (same && !before.status.endsWith('_FAILED') && definition.type !== NESTED_STACK) return true;
  const change = { logicalId, before };
  changes.push(change);
  const untouched = (): void => void changes.splice(changes.indexOf(change), 1);
  return updateResource(deployment, existing, before, { properties, signal, leftovers, untouched });
}

export function resolveProperties(
  definition: TemplateResource,
  scope: StackScope,
  logicalId: string,
): JsonObject {
  const resolved = resolve(definition.properties, scope, `resource ${logicalId}`);
  const filled = scope.fillIn(resolved ?? {});
  return isObject(filled) ? filled : {};
}
