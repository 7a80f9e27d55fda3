/**
 * A cluster that moves, and stacks that nobody touches: who could log in still can after each switch, by the word of the real
 * authenticator for what aws-auth holds, and by the local EKS for access entries, of which no authenticator is to be had
 * that reads them. On the real API server, by the built bundle on a Node of Lambda's, fired by its schedule.
 */
import { scheduleName } from '../../local/demo/provider-template';
import { account } from './principals';
import { eventually, withRig } from './rig/lifetime';
import { CLUSTER, type Login } from './rig/rig';
import { createStack, deleteStack, type Resources } from './rig/stacks';

const rig = withRig();

const [ROLE, PATHED, USER] = [
  `${account}:role/deployer`,
  `${account}:role/team/a/ops`,
  `${account}:user/jane`,
];
const resources: Resources = {
  Role: [
    'Custom::EksMapRolesEntry',
    { RoleArn: ROLE, UserName: 'deployer:{{SessionName}}', Groups: ['team-a'] },
  ],
  Pathed: ['Custom::EksMapRolesEntry', { RoleArn: PATHED, UserName: 'ops', Groups: ['team-b'] }],
  User: ['Custom::EksMapUsersEntry', { UserArn: USER, UserName: 'jane', Groups: ['viewers'] }],
};
const expected: readonly Login[] = [
  { username: 'deployer:carol', groups: ['team-a'] },
  { username: 'ops', groups: ['team-b'] },
  { username: 'jane', groups: ['viewers'] },
];
/** What is there before us, and must be there after us, byte for byte. */
const nodes = `# of the cluster's own nodes
- rolearn: ${account}:role/nodes-of-the-cluster
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
`;
const NOBODY = [undefined, undefined, undefined];

/** Whom the authenticator lets in by aws-auth. */
const byAwsAuth = (): Promise<(Login | undefined)[]> =>
  Promise.all([ROLE, PATHED, USER].map((arn) => rig().login(arn, arn === USER ? undefined : 'carol')));
/** Whom the local EKS lets in by access entries: its own aws-auth is empty. */
const byEntries = (): (Login | undefined)[] =>
  [ROLE, PATHED, USER].map((arn) => {
    const login = local().loginAs(arn, 'carol');
    return login && { username: login.username, groups: login.groups };
  });
const local = () => rig().aws.controlPlane.cluster(CLUSTER);

/** One run of the schedule, with what it has said of the cluster. */
async function run(): Promise<unknown> {
  const before = rig().aws.lambda.logs().length;
  expect(await rig().aws.scheduler.fire(scheduleName('eks-access-provider'))).toMatchObject({
    status: 'success',
  });
  const lines = rig()
    .aws.lambda.logs()
    .slice(before)
    .flatMap(({ text }) => text.split('\n'))
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as { message: string });
  return lines.find(({ message }) => message === 'followed the cluster');
}

/**
 * Everybody who has not been let in, looked at without a pause until `work` is over. aws-auth is asked first: who has gone from
 * there must have an access entry by then.
 */
async function shutOutDuring(work: Promise<unknown>): Promise<{ looks: number; shutOut: string[] }> {
  let isOver = false;
  void work.finally(() => (isOver = true));
  let looks = 0;
  const shutOut: string[] = [];
  do {
    const logins = await byAwsAuth();
    const entries = byEntries();
    expected.forEach(({ username }, index) => {
      if ((entries[index] ?? logins[index])?.username !== username) shutOut.push(username);
    });
    looks += 1;
  } while (!isOver);
  return { looks, shutOut };
}

test('both switches: everybody who could log in before can after, and at every moment between', async () => {
  const { aws } = rig();
  await rig().putAwsAuth({
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data: { mapRoles: nodes },
  });
  await rig().deploy({ nodePath: rig().tools.node['24'], runtime: 'nodejs24.x' });
  expect(await createStack(rig(), 'app', resources)).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
  const isComplete = (logins: readonly unknown[]): boolean => !logins.includes(undefined);
  expect(await eventually(byAwsAuth, isComplete)).toEqual(expected);
  const events = aws.lambda.deliveries.length;
  expect(await run()).toBeUndefined();
  expect(byEntries()).toEqual(NOBODY);

  local().setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await byAwsAuth()).toEqual(expected);
  const following = run();
  const { looks, shutOut } = await shutOutDuring(following);
  expect(await following).toMatchObject({ mode: 'API_AND_CONFIG_MAP', moved: 3, left: 0 });
  expect(looks).toBeGreaterThan(1);
  expect(shutOut).toEqual([]);
  expect(byEntries()).toEqual(expected);
  expect(await eventually(byAwsAuth, (logins) => logins.every((login) => login === undefined))).toEqual(
    NOBODY,
  );
  expect((await rig().awsAuth())?.data).toEqual({ mapRoles: nodes });
  expect((await rig().awsAuth())?.metadata.annotations ?? {}).toEqual({});

  local().setAuthenticationMode('API');
  expect(byEntries()).toEqual(expected);
  await run();
  expect(byEntries()).toEqual(expected);
  // CloudFormation has sent nothing.
  expect(aws.lambda.deliveries).toHaveLength(events);

  expect(await deleteStack(rig(), 'app')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  expect(byEntries()).toEqual(NOBODY);
});

test('what its template forces into aws-auth stays there, and the authenticator goes on letting it in', async () => {
  local().setAuthenticationMode('CONFIG_MAP');
  const [type, properties] = resources['Role'] ?? [];
  if (!type) throw new Error('no such mapping');
  await createStack(rig(), 'forced', { Role: [type, { ...properties, AuthenticationMode: 'CONFIG_MAP' }] });
  local().setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await run()).toMatchObject({ moved: 0, left: 1 });
  expect(await eventually(byAwsAuth, ([login]) => login !== undefined)).toEqual([
    expected[0],
    undefined,
    undefined,
  ]);
  expect(byEntries()).toEqual(NOBODY);
  expect(await deleteStack(rig(), 'forced')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
});
