/**
 * Who may log in, by the word of the real authenticator in front of the real API server, after events went through the
 * built bundle on the Nodes of Lambda's runtimes.
 */
import { speak } from './rig/kubernetes-door';
import { eventually, withRig } from './rig/lifetime';
import { account, cases, type Case } from './principals';
import { quietEnvironment } from './rig/part';
import { CLUSTER, type Login } from './rig/rig';
import { createStack, deleteStack, type Resources, updateStack } from './rig/stacks';
import { NODES } from './setup/node-versions';

const rig = withRig();

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

  test('a role logs in after Create, as another user after Update, and not after Delete', async () => {
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

describe('principals', () => {
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
