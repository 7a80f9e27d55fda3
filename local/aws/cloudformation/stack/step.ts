/** One request to one resource, with the events that CloudFormation lists around it. */
import { randomUUID } from 'node:crypto';
import {
  type Provisioned,
  type ResourceContext,
  ResourceFailure,
  type ResourceType,
  type ResourceTypes,
} from '../resources/resource-type';
import { propertyFault } from '../resources/registry/property-fault';
import { validationMessage } from '../resources/registry/validation-message';
import { valueFault } from '../resources/values/check-values';
import { type ResourceState } from './resource-state';
import { type Stack } from './stack';
import { partitionOf } from '../template/template';
import { TemplateError } from '../template-error';

export interface World {
  readonly accountId: string;
  readonly region: string;
  readonly types: ResourceTypes;
}

/** What the events say of a resource that is made up. */
const STAND_IN = 'stand-in: the local AWS has a name and attributes for it, and nothing behind them';

export type Outcome = { readonly provisioned: Provisioned } | { readonly failure: ResourceFailure };

export function typeOf(world: World, type: string): ResourceType {
  const found = world.types(type);
  if (!found) throw new ResourceFailure(`Unrecognized resource types: [${type}]`);
  return found;
}

/** The handler, once its properties have the form that the registry asks for, and values that AWS takes. */
export function checkedType(
  world: World,
  { type, properties }: Pick<ResourceState, 'type' | 'properties'>,
): ResourceType {
  const found = typeOf(world, type);
  const fault = found.schema && propertyFault(found.schema, properties);
  if (fault)
    throw new ResourceFailure(
      `Properties validation failed for resource of type ${type} with message: ${validationMessage(fault)}`,
    );
  const refused = valueFault(type, properties);
  if (refused) throw new ResourceFailure(refused.reason);
  return found;
}

export function contextOf(
  world: World,
  stack: Stack,
  resource: Pick<ResourceState, 'logicalId' | 'type'>,
  signal: AbortSignal,
  requestId: string,
): ResourceContext {
  return {
    stackId: stack.id,
    stackName: stack.name,
    logicalId: resource.logicalId,
    type: resource.type,
    accountId: world.accountId,
    region: world.region,
    ...partitionOf(world.region),
    requestId,
    signal,
  };
}

/** Never rejects: whatever goes wrong is a failure of the resource. */
export async function attempt(work: () => Promise<Provisioned> | Provisioned): Promise<Outcome> {
  try {
    return { provisioned: await work() };
  } catch (error) {
    return { failure: asFailure(error) };
  }
}

export function asFailure(error: unknown): ResourceFailure {
  if (error instanceof ResourceFailure) return error;
  if (error instanceof TemplateError) return new ResourceFailure(error.message);
  return new ResourceFailure(error instanceof Error ? error.message : String(error));
}

/** First request to a resource. Leaves it CREATE_COMPLETE or CREATE_FAILED; true when it succeeded. */
export async function createResource(
  world: World,
  stack: Stack,
  resource: ResourceState,
  signal: AbortSignal,
): Promise<boolean> {
  const requestId = resource.failedRequestId ?? randomUUID();
  resource.lastRequestId = requestId;
  resource.physicalId = undefined;
  stack.note(resource, 'CREATE_IN_PROGRESS');
  const outcome = await attempt(() =>
    checkedType(world, resource).create(
      resource.properties,
      contextOf(world, stack, resource, signal, requestId),
    ),
  );
  if ('failure' in outcome) {
    resource.failedRequestId = requestId;
    resource.physicalId = outcome.failure.physicalId;
    stack.note(
      resource,
      'CREATE_FAILED',
      signal.aborted ? 'Resource creation cancelled' : outcome.failure.message,
    );
    return false;
  }
  apply(resource, outcome.provisioned);
  if (signal.aborted) {
    stack.note(resource, 'CREATE_FAILED', 'Resource creation cancelled');
    return false;
  }
  stack.note(resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  stack.note(resource, 'CREATE_COMPLETE', world.types(resource.type)?.standIn ? STAND_IN : undefined);
  return true;
}

export function apply(resource: ResourceState, { physicalId, attributes }: Provisioned): void {
  resource.physicalId = physicalId;
  resource.attributes = attributes;
  resource.failedRequestId = undefined;
  resource.attempted = undefined;
}

/** True when it is gone, or was never there. `state` may be a replaced predecessor of what the stack has now. */
export async function deleteResource(world: World, stack: Stack, state: ResourceState): Promise<boolean> {
  stack.note(state, 'DELETE_IN_PROGRESS');
  const { physicalId } = state;
  const outcome = await attempt(async () => {
    const type = typeOf(world, state.type);
    const context = contextOf(world, stack, state, new AbortController().signal, randomUUID());
    if (physicalId !== undefined) await type.delete?.(state.properties, context, physicalId);
    return { physicalId: physicalId ?? '', attributes: {} };
  });
  if ('failure' in outcome) {
    stack.note(state, 'DELETE_FAILED', outcome.failure.message);
    return false;
  }
  stack.note(state, 'DELETE_COMPLETE');
  return true;
}
