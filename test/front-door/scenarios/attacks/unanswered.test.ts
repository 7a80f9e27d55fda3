/** Whatever an event holds, CloudFormation gets exactly one answer, and nothing is written for an event that is wrong (CR-1). */
import { FOO, stateOf } from './cast';
import { givenWorld, stackIdOf, type World } from '../world';

type Event = Record<string, unknown> & { ResourceProperties: Record<string, unknown> };

const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const unknownProperties = Object.fromEntries(
  Array.from({ length: 50_000 }, (_, index) => [`k${index}`, '1']),
);

interface Wrong {
  readonly about: string;
  readonly spoil: (event: Event) => void;
  readonly reason: RegExp;
  /** Default Create. */
  readonly type?: 'Create' | 'Update' | 'Delete';
}

const wrong: readonly Wrong[] = [
  {
    about: 'a ServiceTimeout that is no number, even when asked to be one',
    spoil: (event) => (event.ResourceProperties['ServiceTimeout'] = { toString: 'x', valueOf: 'y' }),
    reason: /ServiceTimeout/,
  },
  {
    about: 'a ServiceTimeout of 2,500 nested lists',
    spoil: (event) => (event.ResourceProperties['ServiceTimeout'] = nested(2_500)),
    reason: /ServiceTimeout/,
  },
  {
    about: 'groups of 2,500 nested lists',
    spoil: (event) => (event.ResourceProperties['Groups'] = nested(2_500)),
    reason: /Groups/,
  },
  { about: 'no RequestType', spoil: (event) => delete event['RequestType'], reason: /RequestType/ },
  {
    about: 'a RequestType in lower case',
    spoil: (event) => (event['RequestType'] = 'create'),
    reason: /RequestType is "create"/,
  },
  {
    about: 'a RequestType of 2,500 nested lists',
    spoil: (event) => (event['RequestType'] = nested(2_500)),
    reason: /RequestType/,
  },
  {
    about: 'a RequestType of 900,000 characters',
    spoil: (event) => (event['RequestType'] = 'x'.repeat(900_000)),
    reason: /RequestType/,
  },
  {
    about: 'a property named __proto__',
    spoil: ({ ResourceProperties }) =>
      Object.defineProperty(ResourceProperties, '__proto__', {
        value: { Groups: ['system:masters'] },
        enumerable: true,
      }),
    reason: /unknown property "__proto__"/,
  },
  {
    about: 'a property named constructor',
    spoil: (event) => Object.assign(event.ResourceProperties, { constructor: { prototype: {} } }),
    reason: /unknown property "constructor"/,
  },
  {
    about: 'a user name of 900,000 characters',
    spoil: (event) => (event.ResourceProperties['UserName'] = 'x'.repeat(900_000)),
    reason: /UserName/,
  },
  {
    about: '50,000 unknown properties',
    spoil: (event) => Object.assign(event.ResourceProperties, unknownProperties),
    reason: /unknown property "k0"/,
  },
  {
    about: 'no properties',
    spoil: (event) => delete (event as Record<string, unknown>)['ResourceProperties'],
    reason: /ResourceProperties/,
  },
  {
    about: 'null for properties',
    spoil: (event) => Object.assign(event, { ResourceProperties: null }),
    reason: /ResourceProperties/,
  },
  {
    about: 'a list for properties',
    spoil: (event) => Object.assign(event, { ResourceProperties: [] }),
    reason: /ResourceProperties/,
  },
  {
    about: 'a number for PhysicalResourceId',
    type: 'Update',
    spoil: (event) => Object.assign(event, { PhysicalResourceId: 7, OldResourceProperties: {} }),
    reason: /PhysicalResourceId/,
  },
  {
    about: 'no OldResourceProperties',
    type: 'Update',
    spoil: (event) => Object.assign(event, { PhysicalResourceId: 'x' }),
    reason: /OldResourceProperties/,
  },
  {
    about: 'a stack of another account',
    spoil: (event) => (event['StackId'] = String(event['StackId']).replace('111122223333', '999999999999')),
    reason: /^AccessDenied: the stack is in account 999999999999/,
  },
];

const sessionOf = (role: string): string => `arn:aws:sts::111122223333:assumed-role/${role}/s`;

let world: World;
beforeAll(async () => (world = await givenWorld({ guardrails: {} })));
afterAll(() => world.stop());

/** The answers to one spoilt event. */
async function answersTo({ spoil, type = 'Create' }: Omit<Wrong, 'about' | 'reason'>): Promise<unknown[]> {
  const before = world.aws.answerBucket.accepted.length;
  await world.invoke({ type, properties, tamper: (event) => void spoil(event as Event) });
  return world.aws.answerBucket.accepted.slice(before).map(({ document }) => document);
}

test.each(wrong)('$about', async ({ reason, ...event }) => {
  const before = stateOf(world.cluster);
  const [answer, ...more] = await answersTo(event);
  expect(more).toEqual([]);
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) as string });
  expect(answer).toMatchObject({ StackId: expect.stringContaining(':stack/app/') as string });
  expect(stateOf(world.cluster)).toEqual(before);
});

test('old properties of 2,500 nested lists are the past, and stop nothing', async () => {
  const { PhysicalResourceId } = await world.send({ type: 'Create', properties });
  const spoil = (event: Event): unknown =>
    Object.assign(event, { PhysicalResourceId, OldResourceProperties: { A: nested(2_500) } });
  expect(await answersTo({ type: 'Update', spoil })).toMatchObject([{ Status: 'SUCCESS' }]);
  const deleted = await world.send({ type: 'Delete', properties, physicalId: PhysicalResourceId });
  expect(deleted).toMatchObject({ Status: 'SUCCESS' });
});

test('a Delete of an id of 2,000 bytes is answered all the same', async () => {
  const spoil = (event: Event): unknown => (event['PhysicalResourceId'] = 'x'.repeat(2_000));
  const answers = await answersTo({ type: 'Delete', spoil });
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({ StackId: stackIdOf('app'), LogicalResourceId: 'LambdaKubeUser' });
});

test('a session of a role whose name has more than 64 characters is refused', async () => {
  for (const RoleArn of [65, 900, 1_900].map((length) => sessionOf('r'.repeat(length)))) {
    const before = stateOf(world.cluster);
    const spoil = (event: Event): unknown => (event.ResourceProperties['RoleArn'] = RoleArn);
    const answers = await answersTo({ spoil });
    expect(answers).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringMatching(/^InvalidRequest: RoleArn/) as string },
    ]);
    expect(stateOf(world.cluster)).toEqual(before);
  }
});
