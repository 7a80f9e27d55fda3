/**
 * Whether an event that arrives late may still be served. Lambda delivers an event at least once and CloudFormation
 * gives up on one, so a copy may come after later events of the same resource, and undo them (CR-24, CR-28). Events
 * older than usual are served only while CloudFormation shows that it waits for them.
 */
import { LateEvent } from '../../access/late-event';
import { type StackResource, type StackStatus } from '../../access/stacks';
import { type Request } from '../cloudformation/event';
import { askedIdOf } from './asked-id';
import { isLateAt } from './lateness';
import { type Invocation, type Outcome } from '../invocation';
import { isCreateFailedId, isOwnId } from '../physical-id';

/** An event, as far as the table looks at it. */
export type Delivery =
  /** `asks`: the id of the mapping that it asks for; undefined where its properties cannot be read. */
  | { readonly type: 'Create'; readonly isLate: boolean; readonly asks: string | undefined }
  | { readonly type: 'Update'; readonly isLate: boolean }
  | { readonly type: 'Delete'; readonly isLate: boolean; readonly id: string };

/**
 * `no work`: answered SUCCESS, nothing is removed. `late`: answered FAILED, nothing is changed. `ask stack`: `late`
 * unless the stack is being deleted.
 */
export type Verdict = 'serve' | 'no work' | 'late' | 'ask stack';

/** Whether the table needs to know how the resource is. Most events are punctual, and cost no request. */
export function asksCloudFormation(delivery: Delivery): boolean {
  if (delivery.type !== 'Delete') return delivery.isLate;
  // The Delete of a Create that made nothing does nothing.
  return !isCreateFailedId(delivery.id) && (delivery.isLate || !isOwnId(delivery.id));
}

/**
 * | event, late                 | served while the resource is                                                        |
 * | --------------------------- | ----------------------------------------------------------------------------------- |
 * | Create                      | CREATE_IN_PROGRESS; UPDATE_IN_PROGRESS with another live id (replacement, rename)   |
 * | Update                      | UPDATE_IN_PROGRESS, or being rolled back                                            |
 * | Delete of the live id       | DELETE_IN_PROGRESS, DELETE_FAILED, or in a stack that is being deleted              |
 * | Delete of another id        | known: it cleans up after a replacement                                             |
 *
 * Late or not, the Delete of an id that is not of our making removes nothing while the live id is one of ours: it cleans
 * up after another provider, and by the properties it would find the mapping that has just been made. Where
 * CloudFormation could not be asked the event is served.
 */
export function judge(delivery: Delivery, resource: StackResource): Verdict {
  if (resource.state === 'unknown') return 'serve';
  const { status, physicalId: liveId } =
    resource.state === 'known' ? resource : { status: '', physicalId: undefined };
  if (delivery.type === 'Delete' && !isOwnId(delivery.id) && liveId !== undefined && isOwnId(liveId))
    return 'no work';
  if (!delivery.isLate) return 'serve';
  if (resource.state === 'gone') return 'late';
  switch (delivery.type) {
    case 'Create': {
      const isReplaced = status === 'UPDATE_IN_PROGRESS' && liveId !== delivery.asks;
      return status === 'CREATE_IN_PROGRESS' || isReplaced ? 'serve' : 'late';
    }
    case 'Update':
      return /^(UPDATE|UPDATE_ROLLBACK|ROLLBACK)_IN_PROGRESS$/.test(status) ? 'serve' : 'late';
    case 'Delete': {
      const isCleanUp = liveId !== undefined && liveId !== delivery.id;
      return isCleanUp || /^DELETE_(IN_PROGRESS|FAILED)$/.test(status) ? 'serve' : 'ask stack';
    }
  }
}

/** The verdict on a Delete for which the table wants to know how the stack is. */
export function judgeByStack(stack: StackStatus): Verdict {
  if (stack.state === 'unknown') return 'serve';
  return stack.state === 'known' && stack.status === 'DELETE_IN_PROGRESS' ? 'serve' : 'late';
}

/**
 * What `work` comes to, where the event may be served. Throws LateEvent for one that CloudFormation
 * no longer waits for.
 */
export async function ifAwaited<T>(invocation: Invocation, work: () => Promise<T>): Promise<T | Outcome> {
  const { request, log } = invocation;
  const delivery = deliveryOf(invocation);
  if (!asksCloudFormation(delivery)) return work();
  const { verdict, resource } = await ask(invocation, delivery);
  log(resource.state === 'unknown' ? 'WARN' : 'INFO', 'asked CloudFormation whether it waits for this', {
    verdict,
    ...resource,
  });
  if (verdict === 'serve') return work();
  if (verdict === 'no work' && request.requestType === 'Delete')
    return { physicalResourceId: request.physicalResourceId };
  const shown = resource.state === 'known' ? `the resource is ${resource.status}` : resource.detail;
  throw new LateEvent(shown);
}

async function ask(
  { edges: { stacks }, owner }: Invocation,
  delivery: Delivery,
): Promise<{ readonly verdict: Verdict; readonly resource: StackResource }> {
  const resource = await stacks.resource(owner);
  const verdict = judge(delivery, resource);
  return {
    verdict: verdict === 'ask stack' ? judgeByStack(await stacks.stack(owner.stackId)) : verdict,
    resource,
  };
}

function deliveryOf({ request, requestedAt, deadline }: Invocation): Delivery {
  const isLate = isLateAt(requestedAt, deadline.now());
  return { isLate, ...factsOf(request) };
}

type Facts =
  | { readonly type: 'Create'; readonly asks: string | undefined }
  | { readonly type: 'Update' }
  | { readonly type: 'Delete'; readonly id: string };

function factsOf(request: Request): Facts {
  switch (request.requestType) {
    case 'Create':
      return { type: 'Create', asks: askedIdOf(request) };
    case 'Update':
      return { type: 'Update' };
    case 'Delete':
      return { type: 'Delete', id: request.physicalResourceId };
  }
}
