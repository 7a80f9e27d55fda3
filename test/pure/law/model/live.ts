/** What CloudFormation says of stacks and their resources. */
import { type LiveResource } from './cell';
import { type Resource, type Stack } from './cloudformation';
import { type Mapping } from './mapping';
import { type Served } from './request';
import { type LogicalId, type OwnerKey, type PrincipalName, principalOf } from './names';

/** `served`: the event that CloudFormation waits for, and its first answer, which counts as soon as it is there. */
export function liveResource(
  stacks: readonly Stack[],
  owner: OwnerKey,
  served: Served | undefined,
): LiveResource | undefined {
  const [stackId, logicalId] = owner.split('#') as [string, LogicalId];
  const stack = stacks.find(({ id }) => id === stackId);
  const known = stack?.resources.get(logicalId);
  if (!stack || !known) return undefined;
  const resource = afterAnswer(known, served);
  const was = stack.unfinished.get(logicalId);
  const principals = [...namedBy(resource), ...(was ? namedBy(was) : [])];
  if (resource.attempted) principals.push(resource.attempted.principal);
  const { status, physicalId, mapping } = resource;
  return { status, principals, physicalId, mapping };
}

/** Of a Delete the stack operation alone says what has become. */
function afterAnswer(resource: Resource, served: Served | undefined): Resource {
  if (!served?.answer || served.request.type === 'Delete') return resource;
  const { type, mapping } = served.request;
  const { Status, PhysicalResourceId: physicalId } = served.answer;
  const isDone = Status === 'SUCCESS';
  const status = `${type.toUpperCase()}_${isDone ? 'COMPLETE' : 'FAILED'}`;
  if (isDone) return { ...resource, status, physicalId, mapping, attempted: undefined };
  return { ...resource, status, physicalId, attempted: type === 'Update' ? mapping : undefined };
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
