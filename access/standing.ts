/** Asks CloudFormation what the owner of a record is to the resource that is being served (CR-20). */
import { isSameOwner, type Owner } from './owner';
import { keptOwners, type OwnershipRecord } from './ownership-record';
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
  if (!(await isGone(recorded, stacks))) return 'foreign';
  if (isNew) return 'gone';
  const own = await stacks.resource(owner);
  return own.state === 'known' && own.physicalId === physicalId ? 'moved' : 'gone';
}

/** Whether CloudFormation says that the resource is no longer there, or no longer its stack's (DeletionPolicy: Retain). */
export async function isGone(owner: Owner, stacks: Stacks): Promise<boolean> {
  const resource = await stacks.resource(owner);
  if (resource.state === 'known') return /^DELETE_(COMPLETE|SKIPPED)$/.test(resource.status);
  return resource.state === 'gone';
}

/** Of those to whom a record of `owner` would give its entry back, the ones that CloudFormation no longer has. */
export async function goneAmong(
  record: OwnershipRecord<unknown> | undefined,
  owner: Owner,
  isGone: ((owner: Owner) => Promise<boolean>) | undefined,
): Promise<readonly Owner[]> {
  if (!record || !isGone || !isSameOwner(record.owner, owner)) return [];
  const gone: Owner[] = [];
  for (const kept of keptOwners(record)) if (await isGone(kept)) gone.push(kept);
  return gone;
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
