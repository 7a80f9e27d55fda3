/**
 * Who may log in, by the word of the real authenticator in front of the real API server, after events went through the
 * built bundle on the Nodes of Lambda's runtimes.
 */
import { speak } from './rig/kubernetes-door';
import { privateDnsName } from './rig/aws-front';
import { eventually, withRig } from './rig/lifetime';
import { quietEnvironment } from './rig/part';
import { CLUSTER, type Login } from './rig/rig';
import { createStack, deleteStack, type Resources, updateStack } from './rig/stacks';
import { NODES } from './setup/node-versions';

const rig = withRig();

const account = 'arn:aws:iam::111122223333';
const instance = 'i-0a1b2c3d4e5f6072a';

interface Whoami {
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly canonicalArn?: string;
  readonly error?: string;
}

/** `kubectl auth whoami` with that token; the groups without the one that everybody gets. */
async function whoami(token: string): Promise<Whoami> {
  const { status, stdout, stderr } = await rig().kubectl(['auth', 'whoami', '-o', 'json'], { token });
  if (status !== 0) return { error: stderr.trim() };
  const { userInfo } = (
    JSON.parse(stdout) as {
      status: { userInfo: { username: string; groups: string[]; extra: { canonicalArn?: string[] } } };
    }
  ).status;
  const groups = userInfo.groups.filter((group) => group !== 'system:authenticated');
  return { username: userInfo.username, groups, canonicalArn: userInfo.extra.canonicalArn?.[0] ?? '' };
}

/** Until kubectl says it: the API server believes the authenticator's last word for a second. */
const whoamiUntil = async (arn: string, isRight: (said: Whoami) => boolean): Promise<Whoami> =>
  eventually(async () => whoami(await rig().token(arn)), isRight);

describe.each(NODES)('on Node %s', (major) => {
  beforeAll(async () => {
    await rig().deleteAwsAuth();
    await rig().deploy({ nodePath: rig().tools.node[major], runtime: `nodejs${major}.x` });
  });

  test('a role logs in after Create, as somebody else after Update, and not after Delete', async () => {
    const role = `${account}:role/deployer`;
    const mapping = (UserName: string, Groups: string[]): Resources => ({
      Mapping: ['Custom::EksMapRolesEntry', { RoleArn: role, UserName, Groups }],
    });
    expect(await whoami(await rig().token(role))).toEqual({
      error: expect.stringContaining('Unauthorized') as string,
    });

    expect(await createStack(rig(), 'role', mapping('lambdafoo', ['system:masters', 'team-a']))).toEqual({
      status: 'CREATE_COMPLETE',
      reasons: [],
    });
    expect(await whoamiUntil(role, ({ username }) => username === 'lambdafoo')).toEqual({
      username: 'lambdafoo',
      groups: ['system:masters', 'team-a'],
      canonicalArn: role,
    });
    const secrets = await rig().kubectl(['auth', 'can-i', 'get', 'secrets', '-A'], {
      token: await rig().token(role),
    });
    expect(secrets.stdout.trim()).toBe('yes');

    expect(await updateStack(rig(), 'role', mapping('lambdabar', ['team-b']))).toEqual({
      status: 'UPDATE_COMPLETE',
      reasons: [],
    });
    expect(await whoamiUntil(role, ({ username }) => username === 'lambdabar')).toEqual({
      username: 'lambdabar',
      groups: ['team-b'],
      canonicalArn: role,
    });

    expect(await deleteStack(rig(), 'role')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    expect(await whoamiUntil(role, ({ error }) => error !== undefined)).toEqual({
      error: expect.stringContaining('Unauthorized') as string,
    });
  });

  test('a token of aws eks get-token is let in like our own', async () => {
    const role = `${account}:role/cli`;
    await createStack(rig(), 'cli', {
      Mapping: ['Custom::EksMapRolesEntry', { RoleArn: role, UserName: 'cli:{{SessionName}}' }],
    });
    const { accessKeyId, secretAccessKey, sessionToken = '' } = rig().aws.iam.credentialsFor(role, 'alice');
    const env = {
      ...quietEnvironment(rig().mark, rig().folder),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    const said = await speak(
      rig().tools.aws,
      ['eks', 'get-token', '--cluster-name', CLUSTER, '--output', 'json'],
      env,
    );
    expect(said).toMatchObject({ status: 0 });
    const { token } = (JSON.parse(said.stdout) as { status: { token: string } }).status;
    expect(
      await eventually(
        () => whoami(token),
        ({ username }) => username !== undefined,
      ),
    ).toEqual({ username: 'cli:alice', groups: [], canonicalArn: role });
    expect(await deleteStack(rig(), 'cli')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  });
});

interface Case {
  readonly what: string;
  readonly type: Resources[string][0];
  readonly properties: Readonly<Record<string, unknown>>;
  /** Who signs the token, and in which session. */
  readonly arn: string;
  readonly session?: string;
  readonly expected: Login;
  /** What the next update says, and what comes of it. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly changed: Login;
}

const nodeGroups = ['system:bootstrappers', 'system:nodes'];
const cases: readonly Case[] = [
  {
    what: 'a user',
    type: 'Custom::EksMapUsersEntry',
    properties: { UserArn: `${account}:user/alice`, UserName: 'alice', Groups: ['viewers'] },
    arn: `${account}:user/alice`,
    expected: { username: 'alice', groups: ['viewers'] },
    change: { Groups: ['editors'] },
    changed: { username: 'alice', groups: ['editors'] },
  },
  {
    what: 'a user with a path and no user name',
    type: 'Custom::EksMapUsersEntry',
    properties: { UserArn: `${account}:user/team/bob`, Groups: ['viewers'] },
    arn: `${account}:user/team/bob`,
    expected: { username: `${account}:user/team/bob`, groups: ['viewers'] },
    change: { UserName: 'bob' },
    changed: { username: 'bob', groups: ['viewers'] },
  },
  {
    what: 'a role with a path',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/team/dev/Admin`, UserName: 'admin', Groups: ['ops'] },
    arn: `${account}:role/team/dev/Admin`,
    expected: { username: 'admin', groups: ['ops'] },
    change: { Groups: ['ops', 'audit'] },
    changed: { username: 'admin', groups: ['ops', 'audit'] },
  },
  {
    what: 'a role of IAM Identity Center',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef`,
      UserName: 'developer:{{SessionName}}',
      Groups: ['dev'],
    },
    arn: `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef`,
    session: 'carol@example.com',
    expected: { username: 'developer:carol-example.com', groups: ['dev'] },
    change: { UserName: 'developer:{{SessionNameRaw}}' },
    changed: { username: 'developer:carol@example.com', groups: ['dev'] },
  },
  {
    what: 'a role and no user name',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/plain` },
    arn: `${account}:role/plain`,
    session: 'dave@example.com',
    expected: { username: 'arn:aws:sts::111122223333:assumed-role/plain/dave-example.com', groups: [] },
    change: { UserName: 'account-{{AccountID}}', Groups: ['team-{{AccountID}}'] },
    changed: { username: 'account-111122223333', groups: ['team-111122223333'] },
  },
  {
    what: 'a role of another account, in capitals',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: 'arn:aws:iam::444455556666:role/CrossAccount',
      UserName: 'cross',
      Groups: ['guests'],
    },
    arn: 'arn:aws:iam::444455556666:role/CrossAccount',
    expected: { username: 'cross', groups: ['guests'] },
    change: { UserName: 'yes' },
    changed: { username: 'yes', groups: ['guests'] },
  },
  {
    what: 'a name that YAML would take for something else',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: `${account}:role/odd`,
      UserName: '0123: "x" #{{SessionName}}',
      Groups: ['null', '- a', 'ünï'],
    },
    arn: `${account}:role/odd`,
    expected: { username: '0123: "x" #session', groups: ['null', '- a', 'ünï'] },
    change: { Groups: ['~', '*a', '1e3'] },
    changed: { username: '0123: "x" #session', groups: ['~', '*a', '1e3'] },
  },
  {
    what: 'Linux nodes, by the name that EC2 gives the instance',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/nodes`, Type: 'EC2_LINUX' },
    arn: `${account}:role/nodes`,
    session: instance,
    expected: { username: `system:node:${privateDnsName(instance)}`, groups: nodeGroups },
    change: { Type: 'EC2_WINDOWS' },
    changed: {
      username: `system:node:${privateDnsName(instance)}`,
      groups: [...nodeGroups, 'eks:kube-proxy-windows'],
    },
  },
  {
    what: 'Fargate pods',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/pods`, Type: 'FARGATE_LINUX' },
    arn: `${account}:role/pods`,
    session: 'fargate-ip-10-0-0-7',
    expected: { username: 'system:node:fargate-ip-10-0-0-7', groups: [...nodeGroups, 'system:node-proxier'] },
    change: { Type: 'HYBRID_LINUX' },
    changed: { username: 'system:node:fargate-ip-10-0-0-7', groups: nodeGroups },
  },
];

describe('whoever it is', () => {
  beforeAll(async () => {
    await rig().putAwsAuth({
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      data: { mapRoles: '' },
    });
    await rig().deploy({ nodePath: rig().tools.node['24'], runtime: 'nodejs24.x' });
  });

  test('every kind of principal logs in as its template says', async () => {
    const resources = (changed: boolean): Resources =>
      Object.fromEntries(
        cases.map(({ type, properties, change }, index) => [
          `Mapping${index}`,
          [type, { ...properties, ...(changed ? change : {}) }],
        ]),
      );
    const logins = async (
      isRight: (found: (Login | undefined)[]) => boolean,
    ): Promise<Record<string, Login | undefined>> => {
      const found = await eventually(
        () => Promise.all(cases.map(({ arn, session }) => rig().login(arn, session))),
        isRight,
      );
      return Object.fromEntries(cases.map(({ what }, index) => [what, sorted(found[index])]));
    };
    const expected = (pick: (one: Case) => Login | undefined): Record<string, Login | undefined> =>
      Object.fromEntries(cases.map((one) => [one.what, sorted(pick(one))]));

    expect(await createStack(rig(), 'principals', resources(false))).toEqual({
      status: 'CREATE_COMPLETE',
      reasons: [],
    });
    expect(await logins((found) => found.every(Boolean))).toEqual(expected((one) => one.expected));

    expect(await updateStack(rig(), 'principals', resources(true))).toEqual({
      status: 'UPDATE_COMPLETE',
      reasons: [],
    });
    const isChanged = (found: (Login | undefined)[]): boolean =>
      found[0]?.groups[0] === 'editors' && found.at(-1)?.groups.length === 2;
    expect(await logins(isChanged)).toEqual(expected((one) => one.changed));

    expect(await deleteStack(rig(), 'principals')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    expect(await logins((found) => !found.some(Boolean))).toEqual(expected(() => undefined));
  });

  test('every identity of an account logs in by its own ARN', async () => {
    const [role, user] = ['arn:aws:iam::777788889999:role/any', 'arn:aws:iam::777788889999:user/any'];
    expect(
      await createStack(rig(), 'account', {
        Mapping: ['Custom::EksMapAccountsEntry', { AccountId: '777788889999' }],
      }),
    ).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
    expect(await eventually(() => rig().login(role), Boolean)).toEqual({ username: role, groups: [] });
    expect(await rig().login(user)).toEqual({ username: user, groups: [] });
    expect(await deleteStack(rig(), 'account')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    expect(
      await eventually(
        () => rig().login(role),
        (login) => !login,
      ),
    ).toBeUndefined();
  });
});

function sorted(login: Login | undefined): Login | undefined {
  return login && { username: login.username, groups: [...login.groups].sort() };
}
