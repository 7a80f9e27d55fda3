/** Records in aws-auth that another writer of the ConfigMap has forged: they give nobody access, and cost no foreign byte. */
import { ACCOUNT, done, FOO, mapped } from './cast';
import { givenWorld, stackIdOf, type World } from '../world';

const victim = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const ID = `role|my-cluster|${FOO}`;
const APP = stackIdOf('app');
const EVIL = `${ACCOUNT}:role/evil`;

let world: World;
afterEach(() => world.stop());

const key = FOO.toLowerCase();
const records = (stacks: object): string => JSON.stringify({ v: 1, stacks });
const nested = (depth: number): string =>
  `{"v":1,"stacks":{"${APP}":{"${key}":{"id":"LambdaKubeUser","found":${'{"value":"x","more":'.repeat(depth)}1${'}'.repeat(depth)}}}}}`;
const found = (value: string): string =>
  records({ [APP]: { [key]: { id: 'LambdaKubeUser', found: { value } } } });
const forged: readonly (readonly [string, string])[] = [
  ['not JSON', '{'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a stack named __proto__', `{"v":1,"stacks":{"__proto__":{"${key}":{"id":"LambdaKubeUser"}}}}`],
  [
    'a principal named __proto__',
    `{"v":1,"stacks":{"${APP}":{"__proto__":{"id":"x"},"${key}":{"id":"LambdaKubeUser"}}}}`,
  ],
  ['7,000 nested objects', nested(7_000)],
  ['a found entry that is a whole section', found(`rolearn: x\n${mapped(EVIL, 'e', ['system:masters'])}`)],
  [
    'a found entry of another principal',
    found(`rolearn: ${EVIL}\n  username: e\n  groups: ["system:masters"]`),
  ],
  ['a found entry that is a comment', found('# x')],
  [
    'two owners of one entry',
    records({
      [stackIdOf('evil')]: { [key]: { id: 'LambdaKubeUser' } },
      [APP]: { [key]: { id: 'LambdaKubeUser' } },
    }),
  ],
];

test.each(forged)('%s: nobody else gets in, and the foreign bytes stay', async (_, annotation) => {
  world = await givenWorld({ guardrails: {} });
  const foreign = world.section('mapRoles') ?? '';
  done(await world.send({ type: 'Create', properties: victim }));
  world.cluster.writeConfigMap(({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, annotations: { 'cfn-eks-access/owners': annotation } },
  }));
  const answer = await world.send({ type: 'Delete', properties: victim, physicalId: ID });
  if (answer.Status === 'FAILED') expect(answer.Reason).not.toContain('InternalFailure');
  expect(answer.PhysicalResourceId).toBe(ID);
  expect(world.cluster.loginAs(EVIL)).toBeUndefined();
  expect(world.section('mapRoles')?.startsWith(foreign)).toBe(true);
});

test('a record that another tool has dated far ahead does not stop the stack', async () => {
  world = await givenWorld({ guardrails: {} });
  const foreign = world.section('mapRoles');
  done(await world.send({ type: 'Create', properties: victim }));
  world.cluster.writeConfigMap(({ metadata, ...rest }) => ({
    ...rest,
    metadata: {
      ...metadata,
      annotations: {
        'cfn-eks-access/owners': records({
          [APP]: { [key]: { id: 'LambdaKubeUser', at: 4_102_444_800_000 } },
        }),
      },
    },
  }));
  done(await world.send({ type: 'Delete', properties: victim, physicalId: ID }));
  expect(world.section('mapRoles')).toBe(foreign);
});
