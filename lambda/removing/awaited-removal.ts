/** Whether an entry without record may still be removed as the resource's own. */
import { isNode } from '../../access/node-identity';
import { type Owner } from '../../access/owner';
import { isGone } from '../../access/standing';
import { type Stacks } from '../../access/stacks';
import { isRollback } from '../awaited/awaited-update';
import { isLateAt } from '../awaited/lateness';
import { type Invocation } from '../invocation';
import { type Removal } from './removal';

/**
 * Whether CloudFormation waits for this Delete: a copy that Lambda delivers once more would find what another tool, or
 * EKS itself at the change of mode (GT-106), has made since. What has a record needs no such question.
 */
export async function isAwaited(invocation: Invocation, { desired, key }: Removal): Promise<boolean> {
  const { edges, owner, request, log, requestedAt, deadline } = invocation;
  // The properties of an attempt that is taken back: it may have met another owner's entry.
  const isTakenBack = await isRollback(invocation);
  // Another try of Lambda's: the first one may have removed the mapping from aws-auth, and EKS have made this entry.
  const isLate = requestedAt && isLateAt(requestedAt, deadline.now());
  if (isNode(desired) && (isTakenBack || isLate)) warnOfNodes({ log }, key);
  if (isTakenBack || (isNode(desired) && isLate)) return false;
  const resource = await edges.stacks.resource(owner);
  if (resource.state !== 'known') return resource.state === 'unknown';
  const { status, physicalId } = resource;
  const isLive = request.requestType === 'Delete' && physicalId === request.physicalResourceId;
  // Of one whose way back has failed nothing is cleaned up before that is tried again.
  const isAtRest = /_COMPLETE$|^UPDATE_FAILED$/.test(status);
  // A resource that has been replaced is at rest while the old id is cleaned up: only the stack shows whether it is done.
  const awaited =
    status !== 'DELETE_COMPLETE' &&
    !(isLive && isAtRest) &&
    (!isAtRest || (await mayCleanUp(edges.stacks, owner)));
  if (!awaited)
    log('INFO', 'an entry without record is kept: CloudFormation does not wait for this', { status });
  return awaited;
}

/** Whether the stack may be cleaning up after an update, as far as CloudFormation tells: it does not while it makes or changes resources. */
async function mayCleanUp(stacks: Stacks, { stackId }: Owner): Promise<boolean> {
  const stack = await stacks.stack(stackId);
  if (stack.state !== 'known') return stack.state === 'unknown';
  return /(CLEANUP|ROLLBACK|DELETE)_IN_PROGRESS$/.test(stack.status);
}

/** Whether the principal is another resource's by its record in aws-auth, unless CloudFormation no longer has that one. */
export async function isOfAnother(
  { edges, log }: Invocation,
  { key }: Removal,
  holder: Owner | undefined,
): Promise<boolean> {
  if (!holder || (await isGone(holder, edges.stacks))) return false;
  warnOfNodes({ log }, key);
  return true;
}

export function warnOfNodes({ log }: Pick<Invocation, 'log'>, principal: string): void {
  log('WARN', 'an access entry of nodes is left: it has no record that says who made it', { principal });
}
