/** Text that would be written and never work: a Create and an Update are refused and change nothing, a Delete is not. */
import { givenWorld, roleEntry, type Surroundings, type World } from './world';

let world: World | undefined;
afterEach(() => world?.stop());

interface Case {
  readonly about: string;
  readonly changes: Record<string, unknown>;
  readonly reason: RegExp;
  readonly given?: Surroundings;
}

const inNamespaces = (PolicyArn: string, Namespaces: readonly string[]): object => ({
  PolicyArn,
  AccessScope: { Type: 'namespace', Namespaces },
});

const cases: readonly Case[] = [
  {
    about: 'a template with one brace',
    changes: { UserName: 'system:node:{{EC2PrivateDNSName}' },
    reason: /UserName is .*did you mean \{\{EC2PrivateDNSName\}\}\?/,
  },
  {
    about: 'a template that nobody fills in',
    given: { mode: 'API' },
    changes: { Groups: ['{{Team}}'] },
    reason: /Groups\[0\] is "\{\{Team\}\}".*use one of/,
  },
  {
    about: 'a blank at the end of a group',
    given: { mode: 'API_AND_CONFIG_MAP' },
    changes: { Groups: ['team-a', ' team-b'] },
    reason: /Groups\[1\] is " team-b".*write "team-b"/,
  },
  {
    about: 'a dynamic reference that arrived as text',
    changes: { UserName: '{{resolve:secretsmanager:eks:SecretString:user}}' },
    reason: /UserName is .*dynamic reference that arrived as text.*!Ref a parameter/,
  },
  {
    about: 'groups in one text',
    changes: { Groups: 'team-a,team-b' },
    reason: /Groups is "team-a,team-b" and must be a list: write Groups: \["team-a","team-b"\]/,
  },
  {
    about: 'a Region in the ARN of a role',
    changes: { RoleArn: 'arn:aws:iam:us-east-1:111122223333:role/foo' },
    reason: /RoleArn is .*no Region: write arn:aws:iam::111122223333:role\/foo/,
  },
  {
    about: 'the name of a role, from !Ref',
    given: { mode: 'API' },
    changes: { RoleArn: 'app-Role-1ABCDEF' },
    reason: /RoleArn is "app-Role-1ABCDEF".*!GetAtt/,
  },
  {
    about: 'the ARN of the cluster',
    changes: { Cluster: 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster' },
    reason: /Cluster is .*write my-cluster/,
  },
  {
    about: 'a wildcard before the end of a namespace',
    given: { mode: 'API' },
    changes: { AccessPolicies: [inNamespaces('AmazonEKSViewPolicy', ['*-dev'])] },
    reason: /AccessPolicies\[0\]\.AccessScope\.Namespaces has "\*-dev".*such as dev-\*/,
  },
  {
    about: '26 namespaces',
    given: { mode: 'API' },
    changes: {
      AccessPolicies: [
        inNamespaces(
          'AmazonEKSViewPolicy',
          Array.from({ length: 26 }, (_, index) => `n${index}`),
        ),
      ],
    },
    reason: /has 26 namespaces and may have 25/,
  },
  {
    about: 'a policy of AWS’s own roles',
    given: { mode: 'API' },
    changes: { AccessPolicies: [inNamespaces('AmazonEKSClusterInsightsPolicy', ['a'])] },
    reason: /AccessPolicies\[0\]\.PolicyArn is "AmazonEKSClusterInsightsPolicy".*AmazonEKSViewPolicy/,
  },
];

test.each(cases.map((given) => [given.about, given] as const))(
  '%s',
  async (_, { changes, reason, given }) => {
    world = await givenWorld(given);
    const state = (from: World): unknown => [from.cluster.configMap(), from.cluster.accessEntries()];
    const bad = { ...roleEntry, ...changes };
    const empty = state(world);
    expect(await world.send({ type: 'Create', properties: bad })).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(reason) as string,
    });
    expect(state(world)).toEqual(empty);

    const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: roleEntry });
    const made = state(world);
    expect(made).not.toEqual(empty);
    const update = { properties: bad, old: roleEntry, physicalId };
    expect(await world.send({ type: 'Update', ...update })).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(reason) as string,
      PhysicalResourceId: physicalId,
    });
    expect(state(world)).toEqual(made);

    expect(await world.send({ type: 'Delete', properties: bad, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(JSON.stringify(state(world))).not.toContain('lambdafoo');
  },
);

test('the way back onto such text, which an older provider took, succeeds: it is there', async () => {
  const older = { ...roleEntry, Groups: ['a, b'] };
  world = await givenWorld();
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: roleEntry });
  world.cluster.writeConfigMap(({ metadata, data = {} }) => {
    const mapRoles = (data['mapRoles'] ?? '').replace('"team-a"', '"a, b"');
    return { metadata, data: { ...data, mapRoles } };
  });
  const before = world.cluster.configMap();
  const way = { type: 'Update', properties: older, old: roleEntry, physicalId } as const;
  expect(await world.send(way)).toMatchObject({ Status: 'FAILED' });
  world.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
  expect(await world.send(way)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  expect(world.cluster.configMap()?.data).toEqual(before?.data);
  world.cluster.writeConfigMap(({ metadata }) => ({ metadata, data: { mapRoles: '[]' } }));
  expect(await world.send(way)).toMatchObject({ Status: 'FAILED' });
});
