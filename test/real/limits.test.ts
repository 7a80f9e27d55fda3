/**
 * What the real API server refuses, and what happens when it goes away: the function says so in one sentence that helps,
 * changes nothing else, and comes through whatever passes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../lambda/aws-auth/refusal';
import { OWNERS_ANNOTATION, PROVIDER_GROUP } from '../../lambda/contract';
import { type Admission, startAdmission } from './rig/admission';
import { createAuthority } from './rig/authority';
import { send } from './rig/kubernetes-door';
import { eventually, withRig } from './rig/lifetime';
import { startRelay } from './rig/relay';
import { CLUSTER, grantProvider, RBAC_FILE } from './rig/rig';
import { createStack, deleteStack, type Resources } from './rig/stacks';

const rig = withRig({ grant: false });

const MIB = 1_048_576;
const role = 'arn:aws:iam::111122223333:role/newcomer';
const mapping: Resources = {
  Newcomer: ['Custom::EksMapRolesEntry', { RoleArn: role, UserName: 'newcomer', Groups: ['team'] }],
};
const metadata = { name: 'aws-auth', namespace: 'kube-system' };
const mapRoles =
  '- rolearn: arn:aws:iam::111122223333:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]\n';
const created = { status: 'CREATE_COMPLETE', reasons: [] };
const refused = (reason: RegExp): object => ({
  status: 'ROLLBACK_COMPLETE',
  reasons: [expect.stringMatching(reason)],
});

const create = () => createStack(rig(), 'limits', mapping);
const put = async (content: object): Promise<void> =>
  expect((await rig().putAwsAuth({ metadata, ...content })).status).toBeLessThan(300);
/** Few seconds, because a right that is missing is waited for. */
const deploy = (more: object = {}) =>
  rig().deploy({ nodePath: rig().tools.node['22'], runtime: 'nodejs22.x', timeoutSeconds: 15, ...more });

beforeAll(async () => {
  await deploy();
});

afterEach(async () => {
  if (rig().aws.cloudformation.stack('limits')) await deleteStack(rig(), 'limits');
  await rig().deleteAwsAuth();
});

describe('rights', () => {
  test('without the manifest every Create is refused by its name, and nothing is written', async () => {
    await rig().kubectl(['delete', '--ignore-not-found', '-f', RBAC_FILE]);
    await put({ data: { mapRoles } });
    const before = await rig().awsAuth();
    expect(await create()).toEqual(
      refused(/AccessDenied.*samples\/provider-rbac\.yaml.*cannot get resource \\?"configmaps\\?"/s),
    );
    expect(await rig().awsAuth()).toEqual(before);
  });

  test('with the manifest that people are asked to apply, an aws-auth is changed, or made where it is missing', async () => {
    await grantProvider(rig());
    await put({ data: { mapRoles } });
    expect(await create()).toEqual(created);
    expect((await rig().awsAuth())?.data?.['mapRoles']).toContain(mapRoles);
    await deleteStack(rig(), 'limits');

    await rig().deleteAwsAuth();
    expect(await create()).toEqual(created);
    expect(await eventually(() => rig().login(role), Boolean)).toEqual({
      username: 'newcomer',
      groups: ['team'],
    });
  });

  test('the manifest gives aws-auth and nothing else, as its own commands say', async () => {
    const commands = [...readFileSync(RBAC_FILE, 'utf8').matchAll(/^# +kubectl (auth can-i .*)$/gm)].map(
      ([, command = '']) => command.split(' '),
    );
    const answers = await Promise.all(commands.map((command) => rig().kubectl(command)));
    expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['yes', 'no']);
    const may = async (...asked: string[]): Promise<string> =>
      (
        await rig().kubectl([
          'auth',
          'can-i',
          ...asked,
          '-n',
          'kube-system',
          '--as',
          PROVIDER_GROUP,
          '--as-group',
          PROVIDER_GROUP,
        ])
      ).stdout.trim();
    expect(
      await Promise.all([
        may('delete', 'configmap/aws-auth'),
        may('list', 'configmaps'),
        may('create', 'configmaps'),
        may('update', 'configmap/coredns'),
        may('get', 'secrets'),
      ]),
    ).toEqual(['no', 'no', 'no', 'no', 'no']);
  });

  test('a provider whose role nobody mapped is told to map it', async () => {
    const { serviceToken } = await deploy({ functionName: 'stranger', exportName: 'Stranger' });
    await put({ data: { mapRoles } });
    const [[type, properties]] = Object.values(mapping) as [Resources[string]];
    const template = JSON.stringify({
      Resources: {
        Newcomer: { Type: type, Properties: { ...properties, ServiceToken: serviceToken, Cluster: CLUSTER } },
      },
    });
    const { events } = await rig().aws.cloudformation.createStack({ name: 'limits', template });
    const reasons = events.filter(({ status }) => status === 'CREATE_FAILED').map(({ reason }) => reason);
    expect(reasons).toEqual([expect.stringMatching(/AccessDenied.*401.*provider-rbac\.yaml/s)]);
  });
});

describe('limits', () => {
  beforeAll(() => grantProvider(rig()));

  test('a mebibyte to the byte: what fits is written, one byte more is refused and nothing changes', async () => {
    await put({ data: { mapRoles } });
    expect(await create()).toEqual(created);
    const entry =
      Buffer.byteLength((await rig().awsAuth())?.data?.['mapRoles'] ?? '') - Buffer.byteLength(mapRoles);
    await deleteStack(rig(), 'limits');

    const filler = 'x'.repeat(MIB - Buffer.byteLength(mapRoles) - entry);
    await put({ data: { mapRoles, filler } });
    expect(await create()).toEqual(created);
    // The API server agrees on where the limit is.
    const full = await rig().awsAuth();
    const tooLong = { metadata, data: { ...full?.data, filler: `${filler}x` } };
    expect(await rig().putAwsAuth(tooLong)).toMatchObject({
      status: 422,
      body: { reason: 'Invalid', message: expect.stringContaining('1048576') as string },
    });
    await deleteStack(rig(), 'limits');

    await put({ data: { mapRoles, filler: `${filler}x` } });
    const before = await rig().awsAuth();
    expect(await create()).toEqual(refused(/1 MiB|1,?048,?576/));
    expect(await rig().awsAuth()).toEqual(before);
  });

  test('a mebibyte of other people’s mappings is no hindrance', async () => {
    const one = (index: number): string =>
      `- rolearn: arn:aws:iam::111122223333:role/somebody-${index}\n  username: somebody-${index}\n  groups: [team]\n`;
    const many = mapRoles + Array.from({ length: 10_500 }, (_, index) => one(index)).join('');
    expect(Buffer.byteLength(many)).toBeGreaterThan(1_000_000);
    await put({ data: { mapRoles: many } });
    expect(await create()).toEqual(created);
    expect(await eventually(() => rig().login(role), Boolean)).toEqual({
      username: 'newcomer',
      groups: ['team'],
    });
    await deleteStack(rig(), 'limits');
    expect((await rig().awsAuth())?.data).toEqual({ mapRoles: many });
  });

  test('annotations beyond 256 KiB are refused before anything changes', async () => {
    await put({
      data: { mapRoles },
      metadata: { ...metadata, annotations: { 'example.com/large': 'x'.repeat(262_144 - 60) } },
    });
    const before = await rig().awsAuth();
    expect(await create()).toEqual(refused(/annotation/));
    expect(await rig().awsAuth()).toEqual(before);
  });

  test('an immutable aws-auth is refused with what to do about it', async () => {
    await put({ data: { mapRoles }, immutable: true });
    const before = await rig().awsAuth();
    expect(await create()).toEqual(refused(/aws-auth is immutable.*delete it/s));
    expect(await rig().awsAuth()).toEqual(before);
  });
});

describe('the bodies of refusals', () => {
  const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
  const apply = (fieldManager: string, value: string) =>
    rig().admin('PATCH', `${path}?fieldManager=${fieldManager}`, {
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { mapRoles: value } },
    });
  const stranger = async () =>
    send({ ...rig().door, client: await rig().authority.client('stranger', 'strangers') }, 'GET', path);

  test.each([
    [
      'a stale version',
      'ResourceConflict',
      async () =>
        rig().admin('PUT', path, {
          body: { ...(await rig().awsAuth()), metadata: { ...metadata, resourceVersion: '1' } },
        }),
    ],
    [
      'a field of another manager',
      'ResourceConflict',
      async () => (await apply('one', 'a'), apply('two', 'b')),
    ],
    [
      'a name that is taken',
      'ResourceConflict',
      () => rig().admin('POST', '/api/v1/namespaces/kube-system/configmaps', { body: { metadata } }),
    ],
    [
      'a write to what is gone',
      'NotFound',
      async () => (await rig().deleteAwsAuth(), rig().admin('PUT', path, { body: { metadata, data: {} } })),
    ],
    [
      'another uid than the live one',
      'ResourceConflict',
      async () =>
        rig().admin('PUT', path, {
          body: { metadata: { ...metadata, uid: 'b1a5e7e0-0000-4000-8000-000000000000' } },
        }),
    ],
    [
      'data that is no text',
      'InvalidRequest',
      () => rig().admin('PUT', path, { body: { metadata, data: { mapRoles: [] } } }),
    ],
    ['missing rights', 'AccessDenied', stranger],
    [
      'no login',
      'AccessDenied',
      () => send({ endpoint: rig().door.endpoint, token: 'k8s-aws-v1.bm9uZQ' }, 'GET', path),
    ],
  ] as const)('%s is read as %s', async (_what, code, provoke) => {
    await put({ data: { mapRoles } });
    const { status, body } = await provoke();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(refusal({ status, body: JSON.stringify(body) }, CLUSTER).code).toBe(code);
  });
});

describe('in the middle of a write', () => {
  let admission: Admission;
  beforeAll(async () => {
    await grantProvider(rig());
    await deploy({ timeoutSeconds: 60 });
    admission = await startAdmission(rig());
  });
  afterAll(() => admission.stop());
  beforeEach(async () => {
    await admission.ready();
    await put({ data: { mapRoles } });
  });

  test('somebody else writes: both writes are there', async () => {
    const theirs = mapRoles + '- rolearn: arn:aws:iam::111122223333:role/theirs\n  username: theirs\n';
    admission.once(PROVIDER_GROUP, async () => void (await put({ data: { mapRoles: theirs } })));
    const tried = admission.writes(PROVIDER_GROUP);
    expect(await create()).toEqual(created);
    expect(admission.writes(PROVIDER_GROUP) - tried).toBe(2);
    expect((await rig().awsAuth())?.data?.['mapRoles']).toMatch(/role\/theirs[\s\S]*role\/newcomer/);
  });

  test('the API server is killed and started: the write is made once it is back', async () => {
    let back: Promise<void> | undefined;
    admission.once(PROVIDER_GROUP, async () => {
      await rig().apiServer.stop();
      back = rig().apiServer.start();
      return undefined;
    });
    const ended = await create();
    await back;
    expect(ended).toEqual(created);
    expect(await eventually(() => rig().login(role), Boolean)).toEqual({
      username: 'newcomer',
      groups: ['team'],
    });
    expect((await rig().awsAuth())?.data?.['mapRoles']?.match(/role\/newcomer/g)).toHaveLength(1);
  });

  test('the answer is lost on its way: the write is found and not made again', async () => {
    const relay = await startRelay(Number(new URL(rig().door.endpoint).port));
    try {
      rig().eks.announced = { ...rig().eks.announced, endpoint: `https://127.0.0.1:${relay.port}` };
      const tried = admission.writes(PROVIDER_GROUP);
      admission.once(PROVIDER_GROUP, () => {
        relay.loseNextAnswers();
        return undefined;
      });
      expect(await create()).toEqual(created);
      expect(admission.writes(PROVIDER_GROUP) - tried).toBe(1);
      expect((await rig().awsAuth())?.data?.['mapRoles']?.match(/role\/newcomer/g)).toHaveLength(1);
    } finally {
      rig().eks.announced = { ...rig().eks.announced, endpoint: rig().door.endpoint };
      await relay.stop();
    }
  });

  test('a webhook of somebody else says no: its words are in the reason', async () => {
    const before = await rig().awsAuth();
    admission.once(PROVIDER_GROUP, () => 'mappings are frozen until Monday');
    expect(await create()).toEqual(refused(/mappings are frozen until Monday/));
    expect(await rig().awsAuth()).toEqual(before);
  });
});

describe('when trust ends', () => {
  beforeAll(() => grantProvider(rig()));
  beforeEach(() => put({ data: { mapRoles } }));

  test('a server of another authority is not spoken to', async () => {
    await deploy();
    const { announced } = rig().eks;
    const before = await rig().awsAuth();
    rig().eks.announced = { ...announced, authority: (await createAuthority('another')).cert };
    expect(await create()).toEqual(refused(/certificate.*authority/s));
    expect(await rig().awsAuth()).toEqual(before);
    await deleteStack(rig(), 'limits');

    // The warm container does not hold on to the wrong one.
    rig().eks.announced = announced;
    expect(await create()).toEqual(created);
  });

  test('an expired token is refused, and a warm container makes itself a new one', async () => {
    const clock = join(rig().folder, 'clock');
    const shifted = join(rig().folder, 'shifted-clock.cjs');
    writeFileSync(
      shifted,
      `const { readFileSync } = require('node:fs'); const Real = Date; const now = () => Real.now() + Number(readFileSync(${JSON.stringify(clock)}, 'utf8'));
       globalThis.Date = class extends Real { constructor(...given) { super(...(given.length > 0 ? given : [now()])); } static now() { return now(); } };`,
    );
    // Twenty minutes ago by the function's clock: what it signs has been expired for five.
    writeFileSync(clock, String(-20 * 60_000));
    await deploy({ environment: { NODE_OPTIONS: `--require ${shifted}` } });
    const seen = rig().aws.lambda.deliveries.length;
    const before = await rig().awsAuth();
    expect(await create()).toEqual(refused(/AccessDenied.*401/s));
    expect(await rig().awsAuth()).toEqual(before);
    await deleteStack(rig(), 'limits');

    writeFileSync(clock, '0');
    expect(await create()).toEqual(created);
    const containers = rig()
      .aws.lambda.deliveries.slice(seen)
      .map(({ awsRequestId }) => rig().aws.lambda.logs({ requestId: awsRequestId })[0]?.logStreamName);
    // The Delete of the rollback in between may have come so early that it got one of its own.
    expect(containers.at(-1)).toBe(containers[0]);
  });

  test('a cluster that cannot be reached is named, within the time of the function', async () => {
    await deploy();
    await rig().apiServer.stop();
    try {
      expect(await create()).toEqual(refused(/could not be reached|ran out/));
    } finally {
      await rig().apiServer.start();
    }
    expect((await rig().awsAuth())?.metadata.annotations?.[OWNERS_ANNOTATION]).toBeUndefined();
  });
});
