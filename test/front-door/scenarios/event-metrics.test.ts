/** What a stack event counts is in its last line of the log, in the form from which CloudWatch makes metrics (CR-47). */
import { EVENT_METRICS, type EventMetric, PROVIDER_GROUP } from '../../../access/contract';
import { embedded, type Embedded, sent } from '../../support/embedded-metrics';
import { givenWorld, ROLE, roleEntry, type Sent, type Surroundings, type World } from './world';

const create: Sent = { type: 'Create', properties: roleEntry };
const isPut = ({ method }: { readonly method: string }): boolean => method === 'PUT';

/** Metrics of the one line that has some, by name. */
function metricsOf(world: World): Readonly<Record<string, unknown>> {
  const lines = world
    .log()
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Embedded);
  expect(lines).toHaveLength(1);
  const [line] = lines as [Embedded];
  expect([embedded(line), embedded.errors]).toEqual([true, null]);
  expect(line).toMatchObject({
    Service: 'eks-access-provider',
    _aws: { CloudWatchMetrics: [{ Namespace: 'cfn-eks-access', Dimensions: [['Service']] }] },
  });
  return Object.fromEntries(sent(line).map((name) => [name, line[name]]));
}

interface Case {
  readonly given?: Surroundings;
  readonly before?: (world: World) => void;
  readonly event?: Sent;
  readonly counts: Partial<Record<EventMetric, unknown>>;
}

const succeeded = { EventsSucceeded: 1, EventAge: expect.any(Number) as number };
const failed = { EventsFailed: 1, EventAge: expect.any(Number) as number };
const foreign = '- rolearn: arn:aws:iam::111122223333:role/foo\n  username: theirs\n  groups: [them]\n';
const provider =
  '- rolearn: arn:aws:iam::111122223333:role/eks-access-provider\n  username: cfn-eks-access\n  groups: [cfn-eks-access]\n';

const cases: Readonly<Record<string, Case>> = {
  'an event that succeeds': { counts: succeeded },
  'what the guardrails refuse': {
    given: { guardrails: {} },
    event: { ...create, properties: { ...roleEntry, Groups: ['system:masters'] } },
    counts: { ...failed, EventsDenied: 1 },
  },
  'a template that cannot be': {
    event: { ...create, properties: { ...roleEntry, RoleArn: 'arn:aws:iam::111122223333:group/x' } },
    counts: failed,
  },
  'an event that comes too late': {
    before: (world) => (world.resourceStatus = 'DELETE_COMPLETE'),
    event: { ...create, age: 120 },
    counts: { ...failed, EventsLate: 1 },
  },
  'an event that runs out of time': {
    given: { timeoutSeconds: 3 },
    before: (world) =>
      world.cluster.kubernetes.injectFault({ match: () => true, times: 99, action: 'stall' }),
    counts: { ...failed, EventsOutOfTime: 1 },
  },
  'another writer of aws-auth': {
    before: (world) =>
      world.cluster.kubernetes.injectFault({
        match: isPut,
        times: 2,
        respond: {
          status: 409,
          body: JSON.stringify({
            kind: 'Status',
            status: 'Failure',
            reason: 'Conflict',
            code: 409,
            message: 'x',
          }),
        },
      }),
    counts: { ...succeeded, Conflicts: 2 },
  },
  'an entry that is adopted': {
    given: { awsAuth: { mapRoles: provider + foreign } },
    event: { ...create, properties: { ...roleEntry, ExistingEntry: 'ADOPT' } },
    counts: { ...succeeded, MappingsAdopted: 1 },
  },
  'aws-auth that cannot be read beside access entries': {
    given: { mode: 'API_AND_CONFIG_MAP', rights: false },
    counts: { ...succeeded, AwsAuthNotChecked: 1 },
  },
  'an answer that does not get out': {
    given: { timeoutSeconds: 3 },
    before: (world) =>
      world.aws.answerBucket.injectFault({ match: isPut, times: 99, respond: { status: 403 } }),
    counts: { ...succeeded, AnswersUndelivered: 1 },
  },
  'an event that is not CloudFormation’s': {
    event: { ...create, tamper: (event) => (event['ResponseURL'] = 'https://example.com/x') },
    counts: { EventsRefused: 1 },
  },
};

test.each(Object.entries(cases))('%s', async (_, { given, before, event = create, counts }) => {
  const world = await givenWorld(given);
  try {
    before?.(world);
    await world.invoke(event).catch(() => undefined);
    expect(metricsOf(world)).toEqual(counts);
  } finally {
    await world.stop();
  }
});

const blocked = { ...succeeded, MappingsNotMoved: 1 };

test('a move that another owner’s entry blocks', async () => {
  const world = await givenWorld();
  try {
    const { PhysicalResourceId } = await world.send(create);
    world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
    world.cluster.putAccessEntry({ principalArn: ROLE, kubernetesGroups: ['theirs'] });
    world.cluster.putAccessEntry({ principalArn: world.providerArn, kubernetesGroups: [PROVIDER_GROUP] });
    const seen = world.log().length;
    const properties = { ...roleEntry, Revision: '2' };
    const event = { properties, old: roleEntry, physicalId: PhysicalResourceId };
    await world.send({ type: 'Update', ...event });
    expect(metricsOf({ ...world, log: () => world.log().slice(seen) })).toEqual(blocked);
  } finally {
    await world.stop();
  }
});

test('every metric of an event has its case here', () => {
  const counts = [...Object.values(cases).map((each) => each.counts), blocked];
  expect([...new Set(counts.flatMap(Object.keys))].sort()).toEqual(Object.keys(EVENT_METRICS).sort());
});
