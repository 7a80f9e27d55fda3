/** `Custom::EksAuthenticationMode`: from which mode to which, beside which updates, and what comes of it. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type World } from '../world';
import { api, both, changes, givenModeWorld, ID, settle } from './mode';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';

let world: World;
afterEach(() => world.stop());

type Case = readonly [
  from: AuthenticationMode,
  to: 'API_AND_CONFIG_MAP' | 'API',
  beside: string,
  arrange: (world: World) => void,
  ends: { readonly answer: string; readonly mode: AuthenticationMode; readonly changes: number },
];
const nothing = (): void => undefined;
/** Nobody gets in by aws-auth but the provider. */
const emptied = ({ cluster }: World): void => void cluster.writeConfigMap({ data: {} });
const asIs = { answer: 'SUCCESS', changes: 0 };

const cases: readonly Case[] = [
  [
    'CONFIG_MAP',
    'API_AND_CONFIG_MAP',
    'nothing',
    nothing,
    { answer: 'SUCCESS', mode: 'API_AND_CONFIG_MAP', changes: 1 },
  ],
  ['API_AND_CONFIG_MAP', 'API_AND_CONFIG_MAP', 'nothing', nothing, { ...asIs, mode: 'API_AND_CONFIG_MAP' }],
  ['API', 'API_AND_CONFIG_MAP', 'nothing', nothing, { ...asIs, mode: 'API' }],
  ['API', 'API', 'nothing', nothing, { ...asIs, mode: 'API' }],
  [
    'CONFIG_MAP',
    'API',
    'nothing',
    nothing,
    { answer: 'deploy Mode: API_AND_CONFIG_MAP first', mode: 'CONFIG_MAP', changes: 0 },
  ],
  [
    'CONFIG_MAP',
    'API_AND_CONFIG_MAP',
    'an update that fails',
    ({ cluster }) =>
      cluster.endUpdatesWith({
        status: 'Failed',
        errors: [{ errorCode: 'AccessDenied', errorMessage: 'the cluster’s role may not' }],
      }),
    {
      answer: 'as Failed: AccessDenied: the cluster’s role may not; the mode is as it was',
      mode: 'CONFIG_MAP',
      changes: 1,
    },
  ],
  [
    'CONFIG_MAP',
    'API_AND_CONFIG_MAP',
    'an update that is cancelled',
    ({ cluster }) => cluster.endUpdatesWith({ status: 'Cancelled' }),
    { answer: 'as Cancelled: it gives no reason', mode: 'CONFIG_MAP', changes: 1 },
  ],
  [
    'API_AND_CONFIG_MAP',
    'API',
    'another mapping in aws-auth',
    nothing,
    {
      answer: 'would lose access: arn:aws:iam::111122223333:role/nodes; nothing was changed',
      mode: 'API_AND_CONFIG_MAP',
      changes: 0,
    },
  ],
  [
    'API_AND_CONFIG_MAP',
    'API',
    'no digest',
    emptied,
    { answer: 'PlanDigest is missing', mode: 'API_AND_CONFIG_MAP', changes: 0 },
  ],
];

test.each(cases)('%s to %s beside %s', async (from, to, _beside, arrange, ends) => {
  world = await givenModeWorld(from);
  arrange(world);
  const { answers } = await settle(world, { type: 'Create', properties: { ...both, Mode: to } });
  expect(answers).toHaveLength(1);
  const [answer] = answers;
  expect([world.cluster.authenticationMode, changes(world)]).toEqual([ends.mode, ends.changes]);
  if (ends.answer === 'SUCCESS') {
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
      Data: { AuthenticationMode: ends.mode },
      ...identified,
    });
  } else
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining(ends.answer) as string,
    });
});
const text = expect.any(String) as string;
const identified = { StackId: text, RequestId: text, LogicalResourceId: 'Mode' };

test('EKS’s own entries that come late are no reason to wait for', async () => {
  world = await givenModeWorld('CONFIG_MAP', { creatorArn: ADMIN });
  world.aws.controlPlane.consistency.ownEntryReads = 100;
  const { answers } = await settle(world, { type: 'Create' });
  expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  expect(world.cluster.accessEntries()).toEqual([]);
});

test('the step to API with the digest of the stack event', async () => {
  world = await givenModeWorld('API_AND_CONFIG_MAP', { creatorArn: ADMIN });
  world.cluster.putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:role/nodes', type: 'EC2_LINUX' });
  const first = await settle(world, { type: 'Update', old: both, properties: api, physicalId: ID });
  const digest = /write PlanDigest: ([0-9a-f]{16});/.exec(first.answers[0]?.Reason ?? '')?.[1];
  expect(digest).toBeDefined();
  const approved = { ...api, PlanDigest: digest };
  const wrong = { ...api, PlanDigest: '0123456789abcdef' };
  expect(
    (await settle(world, { type: 'Update', old: both, properties: wrong, physicalId: ID })).answers,
  ).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining(`write PlanDigest: ${digest}`) as string },
  ]);
  expect(changes(world)).toBe(0);
  const { answers } = await settle(world, {
    type: 'Update',
    old: both,
    properties: approved,
    physicalId: ID,
  });
  expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { AuthenticationMode: 'API' } }]);
  expect([world.cluster.authenticationMode, changes(world)]).toEqual(['API', 1]);
});
