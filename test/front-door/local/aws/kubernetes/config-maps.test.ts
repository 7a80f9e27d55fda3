/** The API server's semantics that a writer of aws-auth meets (GT-52 to GT-63). */
import { certificateOfRun } from '../../../../support/certificate';
import {
  startControlPlane,
  type ConfigMapManifest,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { ask, bearerToken, type Answer, type Asked } from './requests';

const base = '/api/v1/namespaces/kube-system/configmaps';
const path = `${base}/aws-auth`;
const noRoles: ConfigMapManifest = { data: { mapRoles: '[]\n' } };
const fault =
  'Operation cannot be fulfilled on configmaps "aws-auth": the object has been modified; please apply your changes to the latest version and try again';

let plane: ControlPlane;
let token: string;
beforeAll(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
  token = await bearerToken({
    credentials: plane.iam.credentialsFor(plane.iam.roleArn('creator')),
    cluster: 'c',
  });
});
afterAll(() => plane.stop());

let cluster: LocalCluster;
beforeEach(async () => {
  cluster = await plane.createCluster({
    name: 'c',
    authenticationMode: 'CONFIG_MAP',
    creatorArn: plane.iam.roleArn('creator'),
    awsAuth: noRoles,
  });
});
afterEach(() => plane.removeCluster('c'));

const call = (method: string, url = path, asked: Asked = {}): Promise<Answer> =>
  ask(cluster, method, url, { token, ...asked });
const manifest = (extra: object = {}, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'aws-auth', namespace: 'kube-system', ...metadata },
  ...extra,
});
const patch = (type: string, body: unknown, query = ''): Promise<Answer> =>
  call('PATCH', `${path}${query}`, { headers: { 'content-type': `application/${type}` }, body });
const version = (): string => cluster.configMap()?.metadata.resourceVersion ?? '';

describe('GET', () => {
  test('shows the object with version, uid and owners', async () => {
    const { status, body } = await call('GET');
    expect(status).toBe(200);
    expect(body).toEqual(cluster.configMap());
    expect(body.metadata?.resourceVersion).toMatch(/^\d+$/);
    expect(body.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.metadata).toMatchObject({
      managedFields: [
        { manager: 'vpcLambda', operation: 'Update', fieldsV1: { 'f:data': { 'f:mapRoles': {} } } },
      ],
    });
  });

  test('of a missing one is NotFound', async () => {
    cluster.deleteConfigMap();
    const { status, body } = await call('GET');
    expect([status, body.reason, body.message]).toEqual([404, 'NotFound', 'configmaps "aws-auth" not found']);
  });

  test('list selects by name', async () => {
    await call('POST', base, { body: manifest({}, { name: 'other' }) });
    const all = await call('GET', '/api/v1/configmaps');
    const one = await call('GET', `${base}?fieldSelector=metadata.name%3Daws-auth`);
    expect(all.body['items']).toHaveLength(2);
    expect(one.body['items']).toMatchObject([{ metadata: { name: 'aws-auth' } }]);
  });
});

describe('PUT', () => {
  test('with the newest version writes and bumps the version', async () => {
    const before = version();
    const { status, body } = await call('PUT', path, {
      body: manifest({ data: { mapRoles: 'x' } }, { resourceVersion: before }),
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({ mapRoles: 'x' });
    expect(Number(body.metadata?.resourceVersion)).toBeGreaterThan(Number(before));
    expect(cluster.configMap()?.data).toEqual({ mapRoles: 'x' });
  });

  test('with a stale version is a Conflict and writes nothing (GT-52)', async () => {
    const before = version();
    cluster.writeConfigMap({ data: { mapRoles: 'foreign' } });
    const { status, body } = await call('PUT', path, {
      body: manifest({ data: { mapRoles: 'x' } }, { resourceVersion: before }),
    });
    expect([status, body.reason, body.message]).toEqual([409, 'Conflict', fault]);
    expect(cluster.configMap()?.data).toEqual({ mapRoles: 'foreign' });
  });

  test('without a version overwrites (GT-53)', async () => {
    cluster.writeConfigMap({ data: { mapRoles: 'foreign' } });
    const { status } = await call('PUT', path, { body: manifest({ data: { mapRoles: 'x' } }) });
    expect([status, cluster.configMap()?.data]).toEqual([200, { mapRoles: 'x' }]);
  });

  test('with version 0 counts as without', async () => {
    cluster.writeConfigMap({ data: { mapRoles: 'foreign' } });
    const { status } = await call('PUT', path, { body: manifest(noRoles, { resourceVersion: '0' }) });
    expect([status, cluster.configMap()?.data]).toEqual([200, noRoles.data]);
  });

  test('reads a null as an empty string', async () => {
    const { body } = await call('PUT', path, { body: manifest({ data: { mapRoles: null } }) });
    expect(body.data).toEqual({ mapRoles: '' });
  });

  test('that changes nothing keeps the version', async () => {
    const before = version();
    await call('PUT', path, { body: manifest(noRoles) });
    expect(version()).toBe(before);
  });

  test('does not create (GT-54)', async () => {
    cluster.deleteConfigMap();
    const { status, body } = await call('PUT', path, { body: manifest() });
    expect([status, body.reason]).toEqual([404, 'NotFound']);
    expect(cluster.configMap()).toBeUndefined();
  });

  test.each([
    ['another name', manifest({}, { name: 'other' }), 400, 'BadRequest', /name of the object/],
    [
      'another namespace',
      manifest({}, { namespace: 'default' }),
      400,
      'BadRequest',
      /namespace of the provided object/,
    ],
    [
      'a number as value',
      manifest({ data: { mapRoles: 1 } }),
      400,
      'BadRequest',
      /cannot unmarshal number .*of type string/,
    ],
    [
      'another kind',
      { ...manifest(), kind: 'Secret' },
      400,
      'BadRequest',
      /cannot be handled as a ConfigMap/,
    ],
    ['no JSON', 'nonsense', 400, 'BadRequest', /json parse error/],
    [
      'a bad key',
      manifest({ data: { 'a b': '' } }),
      422,
      'Invalid',
      /^ConfigMap "aws-auth" is invalid: data\[a b\]: Invalid value/,
    ],
    ['another uid', manifest({ data: {} }, { uid: 'x' }), 409, 'Conflict', /Precondition failed: UID/],
  ])('of %s is refused', async (_what, body, status, reason, message) => {
    const answer = await call('PUT', path, { body });
    expect([answer.status, answer.body.reason]).toEqual([status, reason]);
    expect(answer.body.message).toMatch(message);
    expect(cluster.configMap()?.data).toEqual(noRoles.data);
  });

  test('of YAML is read, of plain text is a 415', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {a: b}\n';
    expect(
      (await call('PUT', path, { headers: { 'content-type': 'application/yaml' }, body: yaml })).status,
    ).toBe(200);
    expect(cluster.configMap()?.data).toEqual({ a: 'b' });
    const text = await call('PUT', path, { headers: { 'content-type': 'text/plain' }, body: yaml });
    expect([text.status, text.body.reason]).toEqual([415, 'UnsupportedMediaType']);
  });
});

describe('size (GT-61)', () => {
  const limit = 1_048_576;
  test.each([
    ['exactly 1 MiB of values, keys not counted', { data: { long: 'x'.repeat(limit) } }, 200, undefined],
    ['one byte more', { data: { a: 'x'.repeat(limit), b: 'y' } }, 422, 'Invalid'],
    ['one byte more in UTF-8', { data: { a: 'x'.repeat(limit - 1), b: 'é' } }, 422, 'Invalid'],
    [
      'data and binaryData together',
      { data: { a: 'x'.repeat(limit) }, binaryData: { b: 'eA==' } },
      422,
      'Invalid',
    ],
    ['more than the request limit', { data: { a: 'x'.repeat(3 * limit) } }, 413, 'RequestEntityTooLarge'],
  ])('%s', async (_what, extra, status, reason) => {
    const answer = await call('PUT', path, { body: manifest(extra) });
    expect([answer.status, answer.status === 200 ? undefined : answer.body.reason]).toEqual([status, reason]);
  });

  test('more than 256 KiB of annotations are refused', async () => {
    const annotations = { 'cfn-eks-access/owners': 'x'.repeat(262_144) };
    const { status, body } = await call('PUT', path, { body: manifest(noRoles, { annotations }) });
    expect([status, body.message]).toEqual([
      422,
      'ConfigMap "aws-auth" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    ]);
  });
});

describe('immutable', () => {
  const frozen = 'Forbidden: field is immutable when `immutable` is set';
  test.each([
    [
      'data',
      { data: { mapRoles: 'x' }, immutable: true },
      `ConfigMap "aws-auth" is invalid: data: ${frozen}`,
    ],
    ['immutable', { ...noRoles }, `ConfigMap "aws-auth" is invalid: immutable: ${frozen}`],
  ])('%s stays', async (_what, extra, message) => {
    cluster.writeConfigMap({ ...noRoles, immutable: true });
    const { status, body } = await call('PUT', path, { body: manifest(extra) });
    expect([status, body.reason, body.message]).toEqual([422, 'Invalid', message]);
  });

  test('annotations may still change', async () => {
    cluster.writeConfigMap({ ...noRoles, immutable: true });
    expect((await patch('merge-patch+json', { metadata: { annotations: { a: 'b' } } })).status).toBe(200);
  });
});

describe('POST', () => {
  test('creates, and is AlreadyExists the second time (GT-55)', async () => {
    cluster.deleteConfigMap();
    expect((await call('POST', base, { body: manifest(noRoles) })).status).toBe(201);
    const { status, body } = await call('POST', base, { body: manifest(noRoles) });
    expect([status, body.reason, body.message]).toEqual([
      409,
      'AlreadyExists',
      'configmaps "aws-auth" already exists',
    ]);
  });

  test('must not carry a version', async () => {
    const { status, body } = await call('POST', base, {
      body: manifest({}, { name: 'n', resourceVersion: '1' }),
    });
    expect([status, body.message]).toEqual([
      500,
      'resourceVersion should not be set on objects to be created',
    ]);
  });

  test('to a name is not allowed', async () => {
    const { status, body } = await call('POST', path, { body: manifest() });
    expect([status, body.reason]).toEqual([405, 'MethodNotAllowed']);
  });

  test('only tried with dryRun', async () => {
    expect((await call('POST', `${base}?dryRun=All`, { body: manifest({}, { name: 'n' }) })).status).toBe(
      201,
    );
    expect(cluster.configMap('n')).toBeUndefined();
  });
});

describe('PATCH', () => {
  test.each(['merge-patch+json', 'strategic-merge-patch+json'])(
    '%s merges and deletes by null',
    async (type) => {
      cluster.writeConfigMap({ data: { a: '1', b: '2' } });
      const { body } = await patch(type, { data: { a: null, c: '3' } });
      expect(body.data).toEqual({ b: '2', c: '3' });
    },
  );

  test('merge patch with a stale version is a Conflict, without one it never is (GT-56)', async () => {
    const resourceVersion = version();
    cluster.writeConfigMap({ data: { mapRoles: 'foreign' } });
    const stale = await patch('merge-patch+json', { metadata: { resourceVersion }, data: { mapRoles: 'x' } });
    expect([stale.status, stale.body.reason]).toEqual([409, 'Conflict']);
    const blind = await patch('merge-patch+json', { data: { mapRoles: 'x' } });
    expect([blind.status, cluster.configMap()?.data]).toEqual([200, { mapRoles: 'x' }]);
  });

  test.each([
    [
      'test that holds, then replace',
      [
        { op: 'test', path: '/data/mapRoles', value: '[]\n' },
        { op: 'replace', path: '/data/mapRoles', value: 'x' },
      ],
      200,
      { mapRoles: 'x' },
    ],
    [
      'add, copy, move, remove',
      [
        { op: 'add', path: '/data/a', value: '1' },
        { op: 'copy', from: '/data/a', path: '/data/b' },
        { op: 'move', from: '/data/a', path: '/data/c' },
        { op: 'remove', path: '/data/mapRoles' },
      ],
      200,
      { b: '1', c: '1' },
    ],
    [
      'escaped path',
      [
        { op: 'add', path: '/metadata/annotations', value: {} },
        { op: 'add', path: '/metadata/annotations/a~1b', value: 'v' },
      ],
      200,
      noRoles.data,
    ],
    ['test that fails (GT-57)', [{ op: 'test', path: '/data/mapRoles', value: 'y' }], 422, noRoles.data],
    [
      'replace of what is not there (GT-57)',
      [{ op: 'replace', path: '/data/none', value: 'y' }],
      422,
      noRoles.data,
    ],
    ['remove of what is not there', [{ op: 'remove', path: '/data/none' }], 422, noRoles.data],
    ['no list', { op: 'remove' }, 400, noRoles.data],
  ])('JSON patch: %s', async (_what, steps, status, data) => {
    const answer = await patch('json-patch+json', steps);
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body.reason).toBe('Invalid');
    expect(cluster.configMap()?.data).toEqual(data);
  });

  test('of another type is a 415 (GT-58), of a missing object NotFound', async () => {
    const other = await patch('json', {});
    expect([other.status, other.body.reason]).toEqual([415, 'UnsupportedMediaType']);
    cluster.deleteConfigMap();
    expect((await patch('merge-patch+json', {})).body.reason).toBe('NotFound');
  });
});

describe('server-side apply (GT-59)', () => {
  const apply = (extra: object, query = '?fieldManager=me'): Promise<Answer> =>
    patch('apply-patch+yaml', manifest(extra), query);

  test('creates when the object is missing', async () => {
    cluster.deleteConfigMap();
    const { status, body } = await apply({ data: { mapRoles: 'x' } });
    expect([status, body.data]).toEqual([201, { mapRoles: 'x' }]);
    expect(body.metadata).toMatchObject({ managedFields: [{ manager: 'me', operation: 'Apply' }] });
  });

  test('of a field that another manager owns is a Conflict that names it', async () => {
    const { status, body } = await apply({ data: { mapRoles: 'x', mapUsers: 'y' } });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect(body.message).toMatch(
      /^Apply failed with 1 conflict: conflict with "vpcLambda" using v1 at [\dT:Z-]+: \.data\.mapRoles$/,
    );
    expect(body.details?.causes).toMatchObject([{ reason: 'FieldManagerConflict', field: '.data.mapRoles' }]);
    expect(cluster.configMap()?.data).toEqual(noRoles.data);
  });

  test('with force takes the field over', async () => {
    expect((await apply({ data: { mapRoles: 'x' } }, '?fieldManager=me&force=true')).status).toBe(200);
    expect(cluster.configMap()).toMatchObject({
      data: { mapRoles: 'x' },
      metadata: { managedFields: [{ manager: 'me' }] },
    });
  });

  test('of the same value shares it; dropping it later leaves it to the other owner', async () => {
    expect((await apply({ data: { mapRoles: '[]\n', mine: '1' } })).status).toBe(200);
    expect((await apply({ data: {} })).status).toBe(200);
    expect(cluster.configMap()?.data).toEqual(noRoles.data);
  });

  test('names every conflict by its owner when there are several', async () => {
    cluster.writeConfigMap(
      (current) => ({ ...current, data: { ...current.data, mapUsers: '[]' } }),
      'eksctl',
    );
    const { body } = await apply({ data: { mapRoles: 'x', mapUsers: 'y' } });
    expect(body.message?.replace(/ at [\dT:-]+Z/g, '')).toBe(
      'Apply failed with 2 conflicts: conflicts with "eksctl" using v1:\n- .data.mapUsers\nconflicts with "vpcLambda" using v1:\n- .data.mapRoles',
    );
  });

  test('needs a field manager', async () => {
    const { status, body } = await apply({}, '');
    expect([status, body.reason]).toEqual([422, 'Invalid']);
  });
});

describe('DELETE', () => {
  test('answers Success, and NotFound the second time', async () => {
    expect((await call('DELETE')).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'aws-auth' },
    });
    expect((await call('DELETE')).body.reason).toBe('NotFound');
  });

  test('heeds a precondition', async () => {
    const { body } = await call('DELETE', path, { body: { preconditions: { resourceVersion: '1' } } });
    expect(body.reason).toBe('Conflict');
    expect(cluster.configMap()).toBeDefined();
  });
});

test('a foreign write always bumps the version', () => {
  const before = version();
  cluster.writeConfigMap((current) => current);
  expect(Number(version())).toBeGreaterThan(Number(before));
});

test.each([
  ['GET', '/version', 200],
  ['GET', '/api', 200],
  ['GET', '/apis', 200],
  ['GET', '/api/v1', 200],
  ['GET', '/openapi/v3', 200],
  ['GET', '/openapi/v2', 404],
  ['GET', '/healthz', 200],
  ['GET', '/api/v1/namespaces/kube-system/secrets', 404],
])('%s %s: %d', async (method, url, status) => {
  expect((await call(method, url)).status).toBe(status);
});
