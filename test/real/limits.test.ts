/** What the real API server refuses: the function says so in one sentence that helps, and changes nothing. */
import { refusal } from '../../access/cluster/kubernetes-refusal';
import { send } from './rig/kubernetes-door';
import { eventually, withRig } from './rig/lifetime';
import {
  cleanUp,
  create,
  created,
  deploy,
  login,
  mapRoles,
  metadata,
  put,
  refused,
  remove,
  role,
} from './rig/newcomer';
import { CLUSTER } from './rig/rig';

const rig = withRig();

const MIB = 1_048_576;

beforeAll(async () => void (await deploy(rig())));
afterEach(() => cleanUp(rig()));

describe('limits', () => {
  test('a mebibyte to the byte: what fits is written, one byte more is refused and nothing changes', async () => {
    await put(rig(), { data: { mapRoles } });
    expect(await create(rig())).toEqual(created);
    const entry =
      Buffer.byteLength((await rig().awsAuth())?.data?.['mapRoles'] ?? '') - Buffer.byteLength(mapRoles);
    await remove(rig());

    const filler = 'x'.repeat(MIB - Buffer.byteLength(mapRoles) - entry);
    await put(rig(), { data: { mapRoles, filler } });
    expect(await create(rig())).toEqual(created);
    // The API server agrees on where the limit is.
    const full = await rig().awsAuth();
    const tooLong = { metadata, data: { ...full?.data, filler: `${filler}x` } };
    expect(await rig().putAwsAuth(tooLong)).toMatchObject({
      status: 422,
      body: { reason: 'Invalid', message: expect.stringContaining('1048576') as string },
    });
    await remove(rig());

    await put(rig(), { data: { mapRoles, filler: `${filler}x` } });
    const before = await rig().awsAuth();
    expect(await create(rig())).toEqual(refused(/1 MiB|1,?048,?576/));
    expect(await rig().awsAuth()).toEqual(before);
  });

  test('a mebibyte of other people’s mappings is no hindrance', async () => {
    const one = (index: number): string =>
      `- rolearn: arn:aws:iam::111122223333:role/teammate-${index}\n  username: teammate-${index}\n  groups: [team]\n`;
    const many = mapRoles + Array.from({ length: 10_500 }, (_, index) => one(index)).join('');
    expect(Buffer.byteLength(many)).toBeGreaterThan(1_000_000);
    await put(rig(), { data: { mapRoles: many } });
    expect(await create(rig())).toEqual(created);
    expect(await eventually(() => rig().login(role), Boolean)).toEqual(login);
    await remove(rig());
    expect((await rig().awsAuth())?.data).toEqual({ mapRoles: many });
  });

  test('annotations beyond 256 KiB are refused before anything changes', async () => {
    await put(rig(), {
      data: { mapRoles },
      metadata: { ...metadata, annotations: { 'example.com/large': 'x'.repeat(262_144 - 60) } },
    });
    const before = await rig().awsAuth();
    expect(await create(rig())).toEqual(refused(/annotation/));
    expect(await rig().awsAuth()).toEqual(before);
  });

  test('an immutable aws-auth is refused with what to do about it', async () => {
    await put(rig(), { data: { mapRoles }, immutable: true });
    const before = await rig().awsAuth();
    expect(await create(rig())).toEqual(refused(/aws-auth is immutable.*delete it/s));
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
    await put(rig(), { data: { mapRoles } });
    const { status, body } = await provoke();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(refusal({ status, body: JSON.stringify(body) }, { clusterName: CLUSTER }).code).toBe(code);
  });
});
