/** Creates and updates the resources of a template along their dependencies, keeping what it takes to go back. */
import { randomUUID } from 'node:crypto';
import { dependenciesOf } from './check-template';
import { canonicalJson, isObject, type JsonObject } from './json';
import { runGraph } from './graph';
import { resolve } from './resolve';
import { ResourceFailure } from './resource-type';
import { isCustom, type StackScope } from './scope';
import { type Leftover, type ResourceState, type Stack } from './stack';
import {
  apply,
  asFailure,
  attempt,
  changedProperties,
  checkedType,
  contextOf,
  createResource,
  type World,
} from './step';
import { type Template, type TemplateResource } from './template';

export interface Deployment {
  readonly world: World;
  readonly stack: Stack;
  readonly template: Template;
  readonly scope: StackScope;
}

/** What one deployment did to a resource; `before` is absent for a new one. */
export interface Change {
  readonly logicalId: string;
  readonly before?: ResourceState;
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
  const failed = await runGraph({
    nodes: wantedResources(template, scope),
    before: (logicalId) => dependenciesOf(template, logicalId, (name) => scope.condition(name)),
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
  const existing = stack.resources.get(logicalId);
  const stable =
    existing !== undefined &&
    existing.physicalId !== undefined &&
    !/^(CREATE_FAILED|DELETE_)/.test(existing.status);
  let properties: JsonObject;
  try {
    properties = resolveProperties(definition, scope, logicalId);
  } catch (error) {
    const resource = existing ?? freshState(deployment, logicalId, definition, {});
    stack.resources.set(logicalId, resource);
    if (!existing) changes.push({ logicalId });
    stack.note(resource, existing ? 'UPDATE_FAILED' : 'CREATE_FAILED', asFailure(error).message);
    return false;
  }
  if (!stable) {
    const resource = {
      ...freshState(deployment, logicalId, definition, properties),
      failedRequestId: existing?.failedRequestId,
    };
    stack.resources.set(logicalId, resource);
    changes.push({ logicalId });
    return createResource(world, stack, resource, signal);
  }
  const before = { ...existing };
  Object.assign(existing, policiesOf(deployment, logicalId, definition));
  const same = changedProperties(before.properties, properties).length === 0;
  if (same && !before.status.endsWith('_FAILED')) return true;
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
  return isObject(resolved) ? resolved : {};
}

type Policies = Pick<ResourceState, 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy' | 'metadata'>;

function policiesOf(
  { template, scope }: Deployment,
  logicalId: string,
  definition: TemplateResource,
): Policies {
  return {
    dependsOn: dependenciesOf(template, logicalId, (name) => scope.condition(name)),
    deletionPolicy: definition.deletionPolicy,
    updateReplacePolicy: definition.updateReplacePolicy,
    metadata: definition.metadata,
  };
}

function freshState(
  deployment: Deployment,
  logicalId: string,
  definition: TemplateResource,
  properties: JsonObject,
): ResourceState {
  return {
    logicalId,
    type: definition.type,
    physicalId: undefined,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    updated: 0,
    properties,
    attributes: {},
    failedRequestId: undefined,
    lastRequestId: undefined,
    attempted: undefined,
    ...policiesOf(deployment, logicalId, definition),
  };
}

interface UpdateStep {
  readonly properties: JsonObject;
  readonly signal: AbortSignal;
  readonly leftovers: Leftover[];
  /** Called when the resource was not asked for anything after all. */
  readonly untouched: () => void;
}

async function updateResource(
  { world, stack }: Deployment,
  resource: ResourceState,
  before: ResourceState,
  { properties, signal, leftovers, untouched }: UpdateStep,
): Promise<boolean> {
  const requestId = before.failedRequestId ?? randomUUID();
  resource.lastRequestId = requestId;
  resource.attempted = properties;
  const context = contextOf(world, stack, resource, signal, requestId);
  const current = {
    physicalId: before.physicalId ?? '',
    properties: before.properties,
    attributes: before.attributes,
  };
  const changed = changedProperties(before.properties, properties);
  const outcome = await attempt(async () => {
    const type = checkedType(world, { type: resource.type, properties });
    if (!type.replacedBy?.some((name) => changed.includes(name))) {
      stack.note(resource, 'UPDATE_IN_PROGRESS');
      return (await type.update?.(properties, context, current)) ?? current;
    }
    stack.note(
      resource,
      'UPDATE_IN_PROGRESS',
      'Requested update requires the creation of a new physical resource; hence creating one.',
    );
    const name = type.nameProperty === undefined ? undefined : properties[type.nameProperty];
    if (
      name !== undefined &&
      canonicalJson(name) === canonicalJson(before.properties[type.nameProperty ?? ''])
    ) {
      throw new ResourceFailure(
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${canonicalJson(name)} and update the stack again.`,
      );
    }
    return type.create(properties, context);
  });
  if ('failure' in outcome) {
    const { failure } = outcome;
    resource.failedRequestId = requestId;
    if (failure.untouched) untouched();
    // Another id in a failed answer counts as a replacement (aws/aws-cdk#22670).
    if (isCustom(resource.type) && failure.physicalId !== undefined) resource.physicalId = failure.physicalId;
    stack.note(resource, 'UPDATE_FAILED', signal.aborted ? 'Resource update cancelled' : failure.message);
    if (failure.untouched) resource.attempted = undefined;
    return false;
  }
  apply(resource, outcome.provisioned);
  resource.properties = properties;
  if (resource.physicalId !== before.physicalId) {
    leftovers.push({ state: before, because: 'replaced' });
    const reason = isCustom(resource.type)
      ? 'Requested update required the provider to create a new physical resource'
      : 'Resource creation Initiated';
    stack.note(resource, 'UPDATE_IN_PROGRESS', reason);
  }
  if (signal.aborted) {
    stack.note(resource, 'UPDATE_FAILED', 'Resource update cancelled');
    return false;
  }
  stack.note(resource, 'UPDATE_COMPLETE');
  return true;
}
