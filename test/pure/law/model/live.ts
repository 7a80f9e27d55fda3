/** What CloudFormation says of stacks and their resources. */
import { type LiveResource } from './cell';
import { type Resource, type Stack } from './cloudformation';
import { type Mapping } from './mapping';
import { type LogicalId, type OwnerKey, type PrincipalName, principalOf } from './names';

export function liveResource(stacks: readonly Stack[], owner: OwnerKey): LiveResource | undefined {
  const [stackId, logicalId] = owner.split('#') as [string, LogicalId];
  const stack = stacks.find(({ id }) => id === stackId);
  const resource = stack?.resources.get(logicalId);
  if (!stack || !resource) return undefined;
  const was = stack.unfinished.get(logicalId);
  const principals = [...namedBy(resource), ...(was ? namedBy(was) : [])];
  if (resource.attempted) principals.push(resource.attempted.principal);
  const { status, physicalId, mapping } = resource;
  return { status, principals, physicalId, mapping };
}

export function stackStatus(stacks: readonly Stack[], stackId: string): string | undefined {
  return stacks.find(({ id }) => id === stackId)?.status;
}

/** As it is now, whatever becomes of the stack. */
export function copyOf(stack: Stack): Stack {
  const resources = [...stack.resources].map(([id, resource]) => [id, { ...resource }] as const);
  return { ...stack, resources: new Map(resources), unfinished: new Map(stack.unfinished) };
}

function namedBy({ physicalId, mapping }: Resource): PrincipalName[] {
  if (physicalId === undefined || physicalId.startsWith('create-failed|')) return [];
  const [, cluster, arn] = physicalId.split('|');
  const name = arn === undefined ? mappedOn(mapping) : cluster === 'prod' ? principalOf(arn) : undefined;
  return name ? [name] : [];
}

function mappedOn({ cluster = 'prod', principal }: Mapping): Mapping['principal'] | undefined {
  return cluster === 'prod' ? principal : undefined;
}
