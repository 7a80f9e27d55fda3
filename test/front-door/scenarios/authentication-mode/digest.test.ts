/** The digest that the function computes is the one that eks-access prints of the same cluster, before and after a move. */
import { environmentOf, runWith } from '../../cli/live/cluster';
import { NODES, PROVIDER, type World } from '../world';
import { api, both, changes, givenModeWorld, ID, settle } from './mode';

jest.setTimeout(60_000);

const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const ADMIN = iam('role/Administrator');
const entry = (key: string, arn: string, username: string, groups: string): string =>
  `- ${key}: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: [${groups}]\n`;
const DATA = {
  mapRoles: [
    NODES,
    PROVIDER,
    entry('rolearn', ADMIN, 'admin:{{SessionName}}', 'system:masters, auditors'),
    entry('rolearn', iam('role/dev'), 'old', 'a'),
    entry('rolearn', iam('role/dev'), 'dev:{{SessionName}}', 'b, a, b'),
    entry('rolearn', iam('role/team/never'), 'never', 'system:masters'),
    entry('rolearn', 'arn:aws:iam::444455556666:role/partner', 'partner:{{AccountID}}', ''),
  ].join('# a comment\n'),
  mapUsers: entry('userarn', iam('user/team/bob'), 'bob', 'viewers'),
};

let world: World;
afterEach(() => world.stop());

/** As eks-access prints it now. */
async function printed(): Promise<string> {
  const { stdout, stderr } = await runWith(
    environmentOf(world.aws.controlPlane, ADMIN),
    'plan-migration --cluster my-cluster --json --region us-east-1',
  );
  const { digest = stderr } = JSON.parse(stdout) as { readonly digest?: string };
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  return digest;
}

/** As the function names it in its refusal. */
async function computed(): Promise<string> {
  const { answers } = await settle(world, { type: 'Update', old: both, properties: api, physicalId: ID });
  const reason = (answers[0] as { readonly Reason?: string } | undefined)?.Reason ?? '';
  return /write PlanDigest: ([0-9a-f]{16})/.exec(reason)?.[1] ?? reason;
}

test('with everybody on an access entry, equal ones and another one', async () => {
  world = await givenModeWorld('API_AND_CONFIG_MAP', { awsAuth: DATA });
  const { cluster } = world;
  const before = await printed();
  cluster.putAccessEntry({ principalArn: iam('role/nodes'), type: 'EC2_LINUX' });
  cluster.putAccessEntry({
    principalArn: ADMIN,
    username: 'admin:{{SessionName}}',
    kubernetesGroups: ['auditors'],
    policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
  });
  cluster.putAccessEntry({
    principalArn: iam('role/service/dev'),
    username: 'dev:{{SessionName}}',
    kubernetesGroups: ['a', 'b'],
  });
  cluster.putAccessEntry({
    principalArn: 'arn:aws:iam::444455556666:role/partner',
    username: 'partner:{{AccountID}}',
  });
  cluster.putAccessEntry({
    principalArn: iam('user/team/bob'),
    username: 'bob',
    kubernetesGroups: ['viewers'],
  });
  // Equal access entries change nothing.
  expect(await printed()).toBe(before);
  expect(await computed()).toBe(before);
  cluster.putAccessEntry({ principalArn: iam('user/team/bob'), username: 'other' });
  const after = await printed();
  expect(after).not.toBe(before);
  expect(await computed()).toBe(after);
  const { answers } = await settle(world, {
    type: 'Update',
    old: both,
    properties: { ...api, PlanDigest: after },
    physicalId: ID,
  });
  expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  expect([changes(world), cluster.authenticationMode]).toEqual([1, 'API']);
});

test('with a mapping of a stack, wherever it lives', async () => {
  world = await givenModeWorld('API_AND_CONFIG_MAP', { awsAuth: { mapRoles: PROVIDER } });
  const { cluster } = world;
  cluster.putAccessEntry({
    principalArn: ADMIN,
    policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
  });
  const properties = { Cluster: 'my-cluster', RoleArn: iam('role/dev'), UserName: 'dev' };
  expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
  const digest = await printed();
  expect(await computed()).toBe(digest);
});
