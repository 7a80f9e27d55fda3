/** When the other place is looked at, and what the ownership table sees of it. */
import { type LoginIdentity } from '../../../access/login-identity';
import { type Owner } from '../../../access/owner';
import { type Elsewhere, type Sighting } from '../../../access/sighting';
import { planInSurroundings, type Surroundings, thereOf } from '../../../access/surroundings';
import { alone, IDENTITY, NOWHERE, questions } from './alone';
import { OTHER, OURS, SIBLING } from './aws-auth/aws-auth-given';

const entry = { identity: 'theirs' as LoginIdentity, protects: undefined, gives: 'groups ops' };
const sighting: Sighting = { place: 'API', owner: OTHER, at: 5, isAdopted: true, entry };
const seen: Elsewhere = { state: 'seen', sighting, standing: 'foreign' };

/** Plans that are their surroundings. */
const plan = (
  recorded: Owner | undefined,
  {
    isNew = false,
    changes = true,
    elsewhere = async (): Promise<Elsewhere> => seen,
    refuseIfLate = async (): Promise<void> => undefined,
    isRollback = async (): Promise<boolean> => false,
  },
): Promise<Surroundings> =>
  planInSurroundings(
    recorded,
    {
      owner: OURS,
      isNew,
      desired: IDENTITY,
      ownership: questions(OURS, {
        elsewhere,
        refuseIfLate,
        isRollback,
        mayTakeOver: (hasRecord) => !hasRecord,
        isProvidersRole: true,
      }),
    },
    (surroundings) => surroundings,
    () => changes,
  );
const unreachable = (): Promise<Elsewhere> => Promise.reject(new Error('the other place was looked at'));

test.each([
  ['a new mapping, without record', undefined, true],
  ['a new mapping, under our record', OURS, true],
  ['an Update without record', undefined, false],
  ['an Update under the record of a sibling', SIBLING, false],
  ['an Update under the record of another stack', OTHER, false],
])('the other place is looked at for %s, though nothing changes here', async (_, recorded, isNew) => {
  await expect(plan(recorded, { isNew, changes: false })).resolves.toMatchObject({ elsewhere: seen });
});

test('an Update under our record looks only where it changes something', async () => {
  await expect(plan(OURS, { changes: true })).resolves.toMatchObject({ elsewhere: seen });
  await expect(plan(OURS, { changes: false, elsewhere: unreachable })).resolves.toMatchObject({
    elsewhere: NOWHERE,
  });
});

test.each([
  ['an Update without record that changes something', undefined, false, true, true],
  ['an Update under another stack’s record that changes something', OTHER, false, true, true],
  ['an Update without record that changes nothing', undefined, false, false, false],
  ['an Update under our record', OURS, false, true, false],
  ['a new mapping that changes something', undefined, true, true, true],
  ['a new mapping that changes nothing', undefined, true, false, false],
])('whether CloudFormation waits for it is asked for %s', async (_, recorded, isNew, changes, expected) => {
  const refuseIfLate = jest.fn(async () => undefined);
  await plan(recorded, { isNew, changes, refuseIfLate });
  expect(refuseIfLate).toHaveBeenCalledTimes(expected ? 1 : 0);
});

test.each([
  [undefined, undefined],
  [OURS, 'self'],
  [OTHER, 'foreign'],
])(
  'plans know whose record it is, and what the guardrail and the provider’s role say: %j',
  async (recorded, standing) => {
    const surroundings = await plan(recorded, {});
    expect(surroundings).toMatchObject({ standing, desired: IDENTITY, isProvidersRole: true });
    expect([true, false].map(surroundings.mayTakeOver)).toEqual([false, true]);
  },
);

test('CloudFormation is asked whether this is a way back only where the other place has an entry', async () => {
  const isRollback = jest.fn(async () => true);
  const empty = async (): Promise<Elsewhere> => ({ ...seen, sighting: { ...sighting, entry: undefined } });
  for (const elsewhere of [async () => NOWHERE, empty])
    await expect(plan(OURS, { elsewhere, isRollback })).resolves.toMatchObject({ isRollback: false });
  expect(isRollback).not.toHaveBeenCalled();
  await expect(plan(OURS, { isRollback })).resolves.toMatchObject({ isRollback: true });
});

describe('the table', () => {
  const there = (change: Partial<Sighting> = {}, now?: LoginIdentity) =>
    thereOf(alone(undefined, OURS, { elsewhere: { ...seen, sighting: { ...sighting, ...change } } }), now);

  test.each<Elsewhere>([NOWHERE, { state: 'unread', reason: 'denied' }])(
    'sees nothing of %j',
    (elsewhere) => {
      expect(thereOf(alone(undefined, OURS, { elsewhere }), IDENTITY)).toBeUndefined();
    },
  );

  test('sees owner, date, standing and entry', () => {
    expect(there()).toEqual({
      owner: OTHER,
      at: 5,
      isAdopted: true,
      standing: 'foreign',
      overrides: true,
      entry: { protects: undefined, givesAsDesired: false, givesAsNow: false },
    });
    expect(there({ entry: undefined })).toMatchObject({ owner: OTHER, entry: undefined });
  });

  test('sees an access entry override aws-auth, and not the other way round (GT-50)', () => {
    expect(there({ place: 'API' })).toMatchObject({ overrides: true });
    expect(there({ place: 'CONFIG_MAP' })).toMatchObject({ overrides: false });
  });

  test.each([
    ['what is asked for', IDENTITY, undefined, { givesAsDesired: true, givesAsNow: false }],
    [
      'what the entry here gives',
      entry.identity,
      entry.identity,
      { givesAsDesired: false, givesAsNow: true },
    ],
    ['both', IDENTITY, IDENTITY, { givesAsDesired: true, givesAsNow: true }],
  ])('compares what it gives with %s', (_, identity, now, compared) => {
    const protects = 'node' as const;
    expect(there({ entry: { ...entry, identity, protects } }, now)?.entry).toEqual({ protects, ...compared });
  });

  test('sees nothing that a way back would part from what the entry here gives', () => {
    const surroundings = alone(undefined, OURS, { elsewhere: seen, isRollback: true });
    expect(thereOf(surroundings, entry.identity)).toMatchObject({ entry: { givesAsNow: false } });
  });
});
