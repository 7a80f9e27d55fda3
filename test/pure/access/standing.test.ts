/** What CloudFormation says of two owners → what the one is to the other. */
import { isSameOwner, type Owner } from '../../../access/owner';
import { type StackResource, type Stacks, type StackStatus } from '../../../access/stacks';
import { goneAmong, isGone, standingOf } from '../../../access/standing';
import { OTHER, OURS, SIBLING } from './aws-auth/aws-auth-given';

const ID = 'role|prod|arn';

/** `gone` and `unknown` as they are; anything else is a status, after a comma the physical id. */
function resource(text: string): StackResource {
  if (text === 'gone' || text === 'unknown') return { state: text, detail: '' };
  const [status = '', physicalId = ID] = text.split(',');
  return { state: 'known', status, physicalId };
}

function stack(text: string): StackStatus {
  return text === 'gone' || text === 'unknown'
    ? { state: text, detail: '' }
    : { state: 'known', status: text };
}

/** CloudFormation that knows the resource that is served, its stack, and the one that is recorded. */
function stacks({ own = 'unknown', ownStack = 'unknown', recorded = 'unknown' }): Stacks {
  return {
    resource: async (owner: Owner) => resource(isSameOwner(owner, OURS) ? own : recorded),
    stack: async (stackId) => stack(stackId === OURS.stackId ? ownStack : 'gone'),
  };
}

const standing = (recorded: Owner, says: Parameters<typeof stacks>[0], isNew = false) =>
  standingOf(recorded, { owner: OURS, physicalId: ID, isNew }, stacks(says));

test('the same resource is itself, whatever CloudFormation says', async () => {
  await expect(standing({ ...OURS }, { own: 'gone', recorded: 'gone' })).resolves.toBe('self');
});

test.each([
  ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'sibling of a new stack'],
  ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'sibling'],
  ['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'sibling'],
  ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'sibling in a rollback'],
  ['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'sibling in a rollback'],
  ['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'sibling in a rollback'],
  ['CREATE_IN_PROGRESS', 'unknown', 'sibling'],
  ['CREATE_IN_PROGRESS', 'gone', 'sibling'],
  ['unknown', 'UPDATE_IN_PROGRESS', 'sibling'],
  ['unknown', 'CREATE_IN_PROGRESS', 'sibling of a new stack'],
  ['unknown', 'unknown', 'sibling'],
  ['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'sibling of a late event'],
  ['CREATE_FAILED', 'CREATE_IN_PROGRESS', 'sibling of a late event'],
  ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_IN_PROGRESS', 'sibling of a late event'],
  ['DELETE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'sibling of a late event'],
  ['gone', 'UPDATE_IN_PROGRESS', 'sibling of a late event'],
])('same stack, the resource is %s and the stack %s: %s', async (own, ownStack, expected) => {
  await expect(standing(SIBLING, { own, ownStack, recorded: 'gone' })).resolves.toBe(expected);
});

test.each([
  ['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'foreign', 'foreign'],
  ['DELETE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'foreign', 'foreign'],
  ['DELETE_FAILED', 'UPDATE_IN_PROGRESS', 'foreign', 'foreign'],
  ['unknown', 'UPDATE_IN_PROGRESS', 'foreign', 'foreign'],
  ['gone', 'UPDATE_IN_PROGRESS', 'gone', 'moved'],
  ['DELETE_COMPLETE', 'UPDATE_IN_PROGRESS', 'gone', 'moved'],
  ['gone', 'UPDATE_IN_PROGRESS,another id', 'gone', 'gone'],
  ['gone', 'gone', 'gone', 'gone'],
  ['gone', 'unknown', 'gone', 'gone'],
])(
  'another stack, its resource is %s, ours is %s: Create %s, Update %s',
  async (recorded, own, created, updated) => {
    await expect(standing(OTHER, { recorded, own }, true)).resolves.toBe(created);
    await expect(standing(OTHER, { recorded, own })).resolves.toBe(updated);
  },
);

test.each([
  ['gone', true],
  ['DELETE_COMPLETE', true],
  ['DELETE_SKIPPED', true],
  ['DELETE_FAILED', false],
  ['UPDATE_COMPLETE', false],
  ['unknown', false],
])('a resource that is %s is gone: %s', async (recorded, expected) => {
  await expect(isGone(OTHER, stacks({ recorded }))).resolves.toBe(expected);
});

test('asked about are those to whom the record of the one who asks gives back, and nobody else', async () => {
  const asked: Owner[] = [];
  const isGone = async (owner: Owner): Promise<boolean> => {
    asked.push(owner);
    return owner === OTHER;
  };
  const kept = {
    found: { value: 1, owner: OTHER },
    renamedFrom: { value: 2, owner: SIBLING },
  };
  await expect(goneAmong({ owner: OURS, ...kept }, OURS, isGone)).resolves.toEqual([OTHER]);
  expect(asked).toEqual([SIBLING, OTHER]);
  for (const record of [undefined, { owner: OURS }, { owner: OTHER, ...kept }])
    await expect(goneAmong(record, OURS, isGone)).resolves.toEqual([]);
  expect(asked).toHaveLength(2);
  await expect(goneAmong({ owner: OURS, ...kept }, OURS, undefined)).resolves.toEqual([]);
});
