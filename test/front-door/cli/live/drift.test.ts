/** What became of mappings that the deployed provider made, in each mode, after other tools have been at work. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { demonstrationAwsAuth, startSession, type Session } from '../../../../local/demo/session';
import { followed, letProviderIn, map, mapping, role } from '../../scenarios/following/followed';
import { type Ran } from '../program';
import { environmentOf, runWith } from './cluster';

const CALLER = role('Administrator');
let session: Session;
afterEach(() => session.aws.stop());

async function given(mode: AuthenticationMode): Promise<void> {
  session = await startSession({ mode, awsAuth: demonstrationAwsAuth(), administrator: CALLER });
  if (mode === 'API') letProviderIn({ session });
}

function run(line: string): Promise<Ran> {
  const { aws } = session;
  const env = {
    ...environmentOf(aws.controlPlane, CALLER),
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
  };
  return runWith(env, `${line} --cluster my-cluster`);
}

/** State, stack, logical id and principal of each that is not as declared. */
async function driftOf(options = ''): Promise<readonly string[]> {
  const { stdout } = await run(`drift --plain${options}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'))
    .filter(([state]) => state !== 'as declared')
    .map(([state = '', stack = '', id = '', principal = '']) =>
      [state, stack, id, principal.replace(/^.*:/, '')].join(' '),
    );
}

/** What kubectl edit does: `change` of mapRoles, records untouched. */
function edit(change: (mapRoles: string) => string): void {
  session.cluster.writeConfigMap(({ metadata, data = {} }) => ({
    metadata,
    data: { ...data, mapRoles: change(data['mapRoles'] ?? '') },
  }));
}

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)(
  'a stack that was just deployed has no finding in mode %s',
  async (mode) => {
    await given(mode);
    await map({ session }, 'app', {
      A: mapping('foo', { Groups: ['b', 'a', 'b'] }),
      B: mapping('admin', { Groups: ['system:masters', 'c'] }),
      ...(mode === 'API' ? {} : { C: mapping('forced', { AuthenticationMode: 'CONFIG_MAP' }) }),
    });
    const { code, stdout, stderr } = await run('drift');
    expect(stdout).toMatch(/^my-cluster, us-east-1: As declared: \d mappings in 1 stack\.\n\n\d+ entr/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await run('drift --stack *')).toMatchObject({ code: 0 });
  },
);

describe('in aws-auth', () => {
  beforeEach(async () => {
    await given('CONFIG_MAP');
    await map({ session }, 'app', { A: mapping('foo', { Groups: ['team-a'] }), B: mapping('bar') });
    await map({ session }, 'other', { C: mapping('baz') });
  });

  test('changed, gone and shadowed', async () => {
    edit((text) => text.replace(/(role\/foo[^]*?)team-a/, '$1team-b'));
    expect(await driftOf()).toEqual(['changed app A role/foo']);
    edit((text) => `${text}- rolearn: ${role('BAR')}\n  username: intruder\n  groups: [system:masters]\n`);
    expect(await driftOf()).toEqual(['changed app A role/foo', 'shadowed app B role/bar']);
    edit((text) => text.replace(/^- rolearn: "?\S+role\/baz[^]*?(?=^- )/m, ''));
    expect(await driftOf()).toEqual([
      'gone other C role/baz',
      'changed app A role/foo',
      'shadowed app B role/bar',
    ]);
    const { code, stdout } = await run('drift --stack app');
    expect(stdout).toContain('2 mappings in 1 stack: 1 changed, 1 shadowed.');
    expect(stdout).toMatch(
      /! {2}stack app, B +role\/bar +aws-auth:\d+ +shadowed: there, and shadowed by line \d+/,
    );
    expect(stdout).not.toContain('stack other');
    expect(code).toBe(1);
  });

  test('all records wiped by another tool: nothing is recorded, and the resources of the pattern are told', async () => {
    session.cluster.writeConfigMap(() => ({ data: demonstrationAwsAuth().data ?? {} }));
    expect(await driftOf()).toEqual([]);
    expect(await driftOf(' --stack *')).toEqual([
      'gone app A role/foo',
      'gone app B role/bar',
      'gone other C role/baz',
    ]);
  });

  test('an orphan is removed by the command that is printed, and no other byte', async () => {
    const { aws, cluster } = session;
    const before = cluster.configMap()?.data;
    await map({ session }, 'left', { D: { ...mapping('kept'), DeletionPolicy: 'Retain' } });
    await aws.cloudformation.deleteStack({ name: 'left' });
    expect(await driftOf()).toEqual(['orphan left D role/kept']);
    const { code, stderr } = await run('drift');
    expect(code).toBe(1);
    expect(stderr.replaceAll('\n', ' ')).toContain(
      'eks-access drift --cluster my-cluster --fix > patch.json && kubectl patch configmap aws-auth -n kube-system --type merge --patch-file patch.json',
    );
    const { stdout: patch } = await run('drift --fix');
    expect(cluster.configMap()?.data).not.toEqual(before);
    apply(patch);
    expect(cluster.configMap()?.data).toEqual(before);
    expect(await driftOf()).toEqual([]);
    expect(await run('drift --fix')).toMatchObject({
      code: 2,
      stderr: 'eks-access: aws-auth has no orphans.\n',
    });
  });

  test('a stack operation under way is no drift; what CloudFormation does not tell is not guessed', async () => {
    session.aws.cloudformation.server.injectFault({
      match: ({ body }) => body.includes('ListStackResources'),
      times: 10,
      respond: { status: 403, body: DENIED },
    });
    const { code, stdout } = await run('drift');
    expect(stdout).toMatch(
      /2 stacks could not be read \(you may not: ask for cloudformation:DescribeStacks and/,
    );
    expect(code).toBe(2);
    expect(await run('drift --fix')).toMatchObject({ code: 2, stdout: '' });
  });
});

const DENIED =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';

/** As kubectl patch --type merge does with the version that the patch names. */
function apply(patch: string): void {
  const { metadata, data } = JSON.parse(patch) as {
    readonly metadata: {
      readonly resourceVersion: string;
      readonly annotations: Record<string, string | null>;
    };
    readonly data: Record<string, string | null>;
  };
  const merged = (
    from: Readonly<Record<string, string>> = {},
    by: Readonly<Record<string, string | null>>,
  ): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...from, ...by }).filter((pair): pair is [string, string] => pair[1] !== null),
    );
  expect(metadata.resourceVersion).toBe(session.cluster.configMap()?.metadata.resourceVersion);
  session.cluster.writeConfigMap((current) => ({
    metadata: {
      ...current.metadata,
      annotations: merged(current.metadata.annotations, metadata.annotations),
    },
    data: merged(current.data, data),
  }));
}

describe('of access entries', () => {
  beforeEach(async () => {
    await given('API_AND_CONFIG_MAP');
    await map({ session }, 'app', { A: mapping('foo', { Groups: ['team-a'] }), B: mapping('bar') });
  });

  test('changed, gone, and an orphan with its command', async () => {
    const { aws, cluster } = session;
    const entry = cluster.accessEntry(role('foo'));
    cluster.putAccessEntry({
      ...entry,
      principalArn: role('foo'),
      policies: [],
      kubernetesGroups: ['team-b'],
    });
    cluster.deleteAccessEntry(role('bar'));
    expect(await driftOf()).toEqual(['gone app B role/bar', 'changed app A role/foo']);
    await map({ session }, 'left', { D: { ...mapping('kept'), DeletionPolicy: 'Retain' } });
    await aws.cloudformation.deleteStack({ name: 'left' });
    expect(await driftOf(' --stack left')).toEqual(['orphan left D role/kept']);
    expect((await run('drift --stack left')).stderr.replaceAll('\n', ' ')).toContain(
      `aws eks delete-access-entry --cluster-name my-cluster --principal-arn ${role('kept')}`,
    );
  });

  test('taken by another stack; made again by another tool', async () => {
    const { cluster } = session;
    const { tags = {} } = cluster.accessEntry(role('foo')) ?? {};
    const taken = Object.entries(tags).map(([key, value]) => [key, value.replace('/A', '/Z')]);
    cluster.putAccessEntry({ principalArn: role('foo'), tags: Object.fromEntries(taken) as typeof tags });
    cluster.deleteAccessEntry(role('bar'));
    cluster.putAccessEntry({ principalArn: role('bar') });
    expect(await driftOf()).toEqual([
      'taken app A role/foo',
      'taken app B role/bar',
      'orphan app Z role/foo',
    ]);
  });
});

test('a mapping that is still in aws-auth after the mode has moved on', async () => {
  await given('CONFIG_MAP');
  await map({ session }, 'app', { A: mapping('foo') });
  session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await driftOf()).toEqual([]);
  session.cluster.putAccessEntry({ principalArn: role('foo'), kubernetesGroups: ['else'] });
  expect(await driftOf()).toEqual(['overridden app A role/foo']);
  session.cluster.setAuthenticationMode('API');
  session.cluster.deleteAccessEntry(role('foo'));
  expect(await driftOf()).toEqual(['unread app A role/foo']);
});

test('moved by half: its access entry is there, and another tool has put aws-auth back as it was', async () => {
  await given('CONFIG_MAP');
  await map({ session }, 'app', { A: mapping('foo') });
  const before = session.cluster.configMap();
  session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await followed(session).run();
  expect(await driftOf()).toEqual([]);
  session.cluster.writeConfigMap(({ metadata }) => ({
    metadata: { ...metadata, annotations: before?.metadata.annotations ?? {} },
    data: before?.data ?? {},
  }));
  expect(await driftOf()).toEqual(['moved app A role/foo']);
  const { stdout, code } = await run('drift');
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'moved: it has an access entry, and is still in aws-auth as well',
  );
  expect(code).toBe(1);
});

test('moved by another tool: its line is gone, and an access entry without a record lets it in', async () => {
  await given('CONFIG_MAP');
  const { mapRoles = '' } = session.cluster.configMap()?.data ?? {};
  await map({ session }, 'app', { A: mapping('foo') });
  session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  session.cluster.putAccessEntry({ principalArn: role('foo'), kubernetesGroups: ['team-a'] });
  edit(() => mapRoles);
  expect(await driftOf()).toEqual(['moved app A role/foo']);
});

test('files alone do not tell', async () => {
  await given('CONFIG_MAP');
  const env = environmentOf(session.aws.controlPlane, CALLER);
  expect((await runWith(env, 'drift aws-auth.yaml')).stderr).toMatch(
    /^eks-access: Name the cluster by --cluster/,
  );
});
