/** Asks CloudFormation what the owner of a record is to the resource that is being served (CR-20). */
import { isSameOwner, type Owner } from './owner';
import { type Standing } from './sighting';
import { type Stacks } from './stacks';

/** `physicalId`: of the mapping that is being served. CloudFormation is asked about other owners only. */
export async function standingOf(
  recorded: Owner,
  {
    owner,
    physicalId,
    isNew,
  }: { readonly owner: Owner; readonly physicalId: string; readonly isNew: boolean },
  stacks: Stacks,
): Promise<Standing> {
  if (isSameOwner(recorded, owner)) return 'self';
  if (recorded.stackId === owner.stackId) return siblingOf(owner, stacks);
  const resource = await stacks.resource(recorded);
  const isGone =
    resource.state === 'gone' || (resource.state === 'known' && resource.status === 'DELETE_COMPLETE');
  if (!isGone) return 'foreign';
  if (isNew) return 'gone';
  const own = await stacks.resource(owner);
  return own.state === 'known' && own.physicalId === physicalId ? 'moved' : 'gone';
}

const AWAITED = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'];

/**
 * An event that comes late must not take the name back. Where CloudFormation cannot be asked, a stack is taken to be updated: a rename must not fail for that.
 */
async function siblingOf(owner: Owner, stacks: Stacks): Promise<Standing> {
  const own = await stacks.resource(owner);
  const isAwaited = own.state === 'known' ? AWAITED.includes(own.status) : own.state === 'unknown';
  if (!isAwaited) return 'sibling of a late event';
  const stack = await stacks.stack(owner.stackId);
  if (stack.state !== 'known') return 'sibling';
  if (stack.status === 'CREATE_IN_PROGRESS') return 'sibling of a new stack';
  return stack.status.includes('ROLLBACK') ? 'sibling in a rollback' : 'sibling';
}
