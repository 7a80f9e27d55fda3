/** Updates one resource, with the events that CloudFormation lists around it. */
import { randomUUID } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../json';
import { changedProperties, isCustom, ResourceFailure } from '../resources/resource-type';
import { type Leftover, type ResourceState } from './resource-state';
import { type Stack } from './stack';
import { apply, attempt, checkedType, contextOf, type World } from './step';

export interface UpdateStep {
  readonly properties: JsonObject;
  readonly signal: AbortSignal;
  readonly leftovers: Leftover[];
  /** Called when the resource was not asked for anything after all. */
  readonly untouched: () => void;
}

/** One update of one resource, in place or by replacement; true when it succeeded. */
export async function updateResource(
  { world, stack }: { readonly world: World; readonly stack: Stack },
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
