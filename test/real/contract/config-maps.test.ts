/**
 * One contract for the Kubernetes API, held against the real kube-apiserver and against the local one that the other tests
 * rely on: status, reason and the parts of the message that the function tells apart or shows (access/cluster/kubernetes-refusal.ts).
 * The same bearer tokens open both; the real one is decided by the real authenticator.
 */
import { readFileSync } from 'node:fs';
import { AWS_AUTH } from '../../../access/contract';
import { type LocalCluster } from '../../../local/aws/control-plane';
import { type Answer as RawAnswer, type DoorOptions, send } from '../rig/kubernetes-door';
import { eventually, withRig } from '../rig/lifetime';
import { CLUSTER, RBAC_FILE } from '../rig/rig';

const rig = withRig();

const collection = '/api/v1/namespaces/kube-system/configmaps';
const path = `${collection}/aws-auth`;
const admin = 'arn:aws:iam::111122223333:role/contract-admin';
const provider = 'arn:aws:iam::111122223333:role/contract-provider';
const MIB = 1_048_576;

/** Lets both roles in, on either server by the same words. */
const mapRoles = JSON.stringify([
  { rolearn: admin, username: 'contract-admin', groups: ['system:masters'] },
  { rolearn: provider, username: 'contract-provider', groups: ['cfn-eks-access'] },
]);

interface Answer {
  readonly status: number;
  readonly body: {
    readonly kind?: string;
    readonly status?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly details?: {
      readonly name?: string;
      readonly causes?: readonly { reason?: string; field?: string }[];
    };
    readonly metadata?: { readonly name?: string; readonly uid?: string; readonly resourceVersion?: string };
    readonly data?: Readonly<Record<string, string>>;
  };
}

interface Server {
  readonly door: () => DoorOptions;
  /** Makes aws-auth what lets the two roles in; nothing else is there. */
  readonly reset: () => Promise<void>;
}

const local = (): LocalCluster => rig().aws.controlPlane.cluster(CLUSTER);
const metadata = { ...AWS_AUTH };

const servers: Readonly<Record<string, Server>> = {
  'kube-apiserver': {
    door: () => ({ endpoint: rig().door.endpoint, authority: rig().authority.cert }),
    reset: async () => {
      await rig().deleteAwsAuth();
      await rig().admin('DELETE', `${collection}/other`);
      expect((await rig().putAwsAuth({ metadata, data: { mapRoles } })).status).toBe(201);
      for (const role of [admin, provider])
        expect(await eventually(() => rig().login(role), Boolean)).toBeDefined();
    },
  },
  'the local Kubernetes API': {
    door: () => ({ endpoint: local().endpoint, authority: local().certificateAuthority }),
    reset: async () => {
      local().applyRbac(readFileSync(RBAC_FILE, 'utf8'));
      local().deleteConfigMap();
      local().writeConfigMap({ data: { mapRoles } }, 'kubectl-create');
    },
  },
};

describe.each(Object.entries(servers))('%s', (_, { door, reset }) => {
  let tokens: Readonly<Record<string, string>>;

  beforeEach(async () => {
    tokens = { [admin]: await rig().token(admin), [provider]: await rig().token(provider) };
    await reset();
  });

  const ask = async (
    method: string,
    url: string,
    body?: unknown,
    {
      as = provider,
      type,
      accept,
    }: { readonly as?: string; readonly type?: string; readonly accept?: string } = {},
  ): Promise<Answer> => {
    const token = tokens[as] ?? as;
    const options = {
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { contentType: type }),
      ...(accept === undefined ? {} : { accept }),
    };
    const answer: RawAnswer = await send({ ...door(), token }, method, url, options);
    return answer as Answer;
  };
  const get = (): Promise<Answer> => ask('GET', path);
  const object = (data: object, more: object = {}, extra: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, ...more },
    data,
    ...extra,
  });
  const versioned = async (data: object, extra: object = {}): Promise<object> => {
    const { body } = await get();
    return { ...body, data, ...extra };
  };
  const apply = (manager: string, data: object, more: object = {}): Promise<Answer> =>
    ask('PATCH', `${path}?fieldManager=${manager}`, object(data, more), {
      type: 'application/apply-patch+yaml',
    });
  /** What the function looks at. */
  const said = ({ status, body: { reason, message } }: Answer): object => ({ status, reason, message });
  const aside = '"aws-auth"';

  test('get: the object, with version and uid', async () => {
    expect(await get()).toMatchObject({
      status: 200,
      body: {
        kind: 'ConfigMap',
        metadata: {
          name: 'aws-auth',
          uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          resourceVersion: expect.stringMatching(/^\d+$/) as string,
        },
        data: { mapRoles },
      },
    });
  });

  test('replace: bumps the version, keeps the uid, writes what was given', async () => {
    const before = (await get()).body;
    const { status, body } = await ask('PUT', path, await versioned({ mapRoles, mapUsers: '[]' }));
    expect([status, body.data, body.metadata?.uid]).toEqual([
      200,
      { mapRoles, mapUsers: '[]' },
      before.metadata?.uid,
    ]);
    expect(body.metadata?.resourceVersion).not.toBe(before.metadata?.resourceVersion);
    expect((await get()).body).toEqual(body);
  });

  test('replace: answers with metadata alone where they are asked for, and with a status where it fails', async () => {
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';
    const object = await versioned({ mapRoles, mapUsers: '[]' });
    const { status, body } = await ask('PUT', path, object, { accept });
    const { metadata: written, data } = (await get()).body;
    expect(data).toEqual({ mapRoles, mapUsers: '[]' });
    expect({ status, body }).toEqual({
      status: 200,
      body: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: written },
    });
    expect(await ask('PUT', path, object, { accept })).toMatchObject({
      status: 409,
      body: { kind: 'Status', reason: 'Conflict' },
    });
  });

  test('replace with what is there keeps the version', async () => {
    const before = (await get()).body;
    expect((await ask('PUT', path, before)).body.metadata?.resourceVersion).toBe(
      before.metadata?.resourceVersion,
    );
  });

  test('conflict: a stale version, and nothing is written', async () => {
    const stale = await versioned({ mapRoles, mapUsers: 'stale' });
    await ask('PUT', path, await versioned({ mapRoles, mapUsers: 'newer' }));
    expect(said(await ask('PUT', path, stale))).toEqual({
      status: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on configmaps ${aside}: the object has been modified; please apply your changes to the latest version and try again`,
    });
    expect((await get()).body.data).toEqual({ mapRoles, mapUsers: 'newer' });
  });

  test('conflict: the uid of an object that is gone', async () => {
    const gone = await versioned({ mapRoles });
    const { body } = await get();
    const other = { ...gone, metadata: { ...body.metadata, uid: '00000000-0000-4000-8000-000000000000' } };
    expect(await ask('PUT', path, other)).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
  });

  test('already exists: a POST of the same name', async () => {
    expect(said(await ask('POST', collection, object({}), { as: admin }))).toEqual({
      status: 409,
      reason: 'AlreadyExists',
      message: `configmaps ${aside} already exists`,
    });
  });

  test('create, and delete: 201 and Success', async () => {
    const other = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'other', namespace: 'kube-system' },
      data: { a: 'b' },
    };
    expect(await ask('POST', collection, other, { as: admin })).toMatchObject({
      status: 201,
      body: { data: { a: 'b' } },
    });
    const deleted = await ask('DELETE', `${collection}/other`, undefined, { as: admin });
    expect(deleted).toMatchObject({ status: 200, body: { kind: 'Status', status: 'Success' } });
  });

  test('not found, by every verb that names an object', async () => {
    const missing = `${collection}/missing`;
    const notFound = { status: 404, reason: 'NotFound', message: 'configmaps "missing" not found' };
    const type = 'application/merge-patch+json';
    expect(said(await ask('GET', missing, undefined, { as: admin }))).toEqual(notFound);
    expect(said(await ask('PATCH', missing, {}, { as: admin, type }))).toEqual(notFound);
    expect(said(await ask('DELETE', missing, undefined, { as: admin }))).toEqual(notFound);
  });

  test('too large: past 1 MiB of data', async () => {
    const { status, body } = await ask('PUT', path, await versioned({ mapRoles, big: 'x'.repeat(MIB) }));
    expect([status, body.reason]).toEqual([422, 'Invalid']);
    expect(body.message).toMatch(
      /^ConfigMap "aws-auth" is invalid: .*Too long: may not be more than 1048576 bytes/,
    );
    const fits = MIB - Buffer.byteLength(mapRoles);
    expect((await ask('PUT', path, await versioned({ mapRoles, big: 'x'.repeat(fits) }))).status).toBe(200);
  });

  test('immutable: data cannot change, nor the flag be taken back', async () => {
    expect((await ask('PUT', path, await versioned({ mapRoles }, { immutable: true }))).status).toBe(200);
    const field = await ask('PUT', path, await versioned({ mapRoles, mapUsers: '[]' }));
    expect([field.status, field.body.reason]).toEqual([422, 'Invalid']);
    expect(field.body.message).toMatch(
      /^ConfigMap "aws-auth" is invalid: data: Forbidden: field is immutable when `immutable` is set/,
    );
    const flag = await ask('PUT', path, await versioned({ mapRoles }, { immutable: false }));
    expect(flag.body.message).toMatch(
      /^ConfigMap "aws-auth" is invalid: immutable: Forbidden: field is immutable when `immutable` is set/,
    );
  });

  test('bad patch: a type that it does not know, and a body that is none', async () => {
    const unknown = await ask('PATCH', path, {}, { type: 'application/json' });
    expect([unknown.status, unknown.body.reason]).toEqual([415, 'UnsupportedMediaType']);
    const broken = await ask('PATCH', path, '{', { type: 'application/merge-patch+json' });
    expect([broken.status, broken.body.reason]).toEqual([400, 'BadRequest']);
  });

  test('bad object: a key, a type of value', async () => {
    const key = await ask('PUT', path, await versioned({ mapRoles, 'no spaces': 'x' }));
    expect([key.status, key.body.reason]).toEqual([422, 'Invalid']);
    expect(key.body.message).toContain('data[no spaces]: Invalid value: "no spaces"');
    const value = await ask('PUT', path, await versioned({ mapRoles: 1 }));
    expect([value.status, value.body.reason]).toEqual([400, 'BadRequest']);
  });

  test('merge patch with a version: written, or a conflict', async () => {
    const type = 'application/merge-patch+json';
    const { metadata: found } = (await get()).body;
    const patch = { metadata: { resourceVersion: found?.resourceVersion }, data: { mapUsers: '[]' } };
    expect(await ask('PATCH', path, patch, { type })).toMatchObject({
      status: 200,
      body: { data: { mapRoles, mapUsers: '[]' } },
    });
    const again = { ...patch, data: { mapUsers: 'x' } };
    expect(await ask('PATCH', path, again, { type })).toMatchObject({
      status: 409,
      body: { reason: 'Conflict' },
    });
  });

  test('apply: a conflict with the owner of the field, named', async () => {
    const { status, body } = await apply('another', { mapRoles: 'x' });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect(body.message).toMatch(
      /^Apply failed with 1 conflict: conflict with ".+"( using v1)?.*: \.data\.mapRoles$/,
    );
    expect(body.details?.causes).toMatchObject([{ reason: 'FieldManagerConflict', field: '.data.mapRoles' }]);
    expect((await get()).body.data).toEqual({ mapRoles });
  });

  test('apply under one name twice: the second is no conflict, and drops what it does not name', async () => {
    expect((await apply('twice', { mapUsers: 'first', mine: 'x' })).status).toBe(200);
    expect((await apply('twice', { mapUsers: 'second' })).status).toBe(200);
    expect((await get()).body.data).toEqual({ mapRoles, mapUsers: 'second' });
  });

  test('apply under two names: the second is a conflict, and the first stays', async () => {
    expect((await apply('one', { mapUsers: 'first' })).status).toBe(200);
    expect(await apply('two', { mapUsers: 'second' })).toMatchObject({
      status: 409,
      body: { reason: 'Conflict' },
    });
    expect((await get()).body.data).toEqual({ mapRoles, mapUsers: 'first' });
  });

  test('apply needs a field manager, and makes what is missing whatever version it names', async () => {
    const nameless = await ask('PATCH', path, object({}), { type: 'application/apply-patch+yaml' });
    expect([nameless.status, nameless.body.reason]).toEqual([422, 'Invalid']);
    // So there is no way to say that it must not be there: the manager's name is all that tells two writers apart.
    const elsewhere = await ask(
      'PATCH',
      `${collection}/other?fieldManager=me`,
      { ...object({}), metadata: { name: 'other', namespace: 'kube-system', resourceVersion: '1' } },
      { type: 'application/apply-patch+yaml', as: admin },
    );
    expect([elsewhere.status, elsewhere.body.metadata?.name]).toEqual([201, 'other']);
  });

  test.each([
    [
      'GET',
      `${collection}/other`,
      `cannot get resource "configmaps" in API group "" in the namespace "kube-system"`,
    ],
    ['GET', collection, `cannot list resource "configmaps" in API group "" in the namespace "kube-system"`],
    ['DELETE', path, `cannot delete resource "configmaps" in API group "" in the namespace "kube-system"`],
    [
      'GET',
      '/api/v1/namespaces/default/configmaps/aws-auth',
      `cannot get resource "configmaps" in API group "" in the namespace "default"`,
    ],
  ])('forbidden with the rights of samples/provider-rbac.yaml: %s %s', async (method, url, sentence) => {
    const { status, body } = await ask(method, url);
    expect([status, body.reason]).toEqual([403, 'Forbidden']);
    expect(body.message).toContain(`is forbidden: User "contract-provider" ${sentence}`);
  });

  test('forbidden: a POST, because only apply names what it creates', async () => {
    const { status, body } = await ask('POST', collection, object({}));
    expect([status, body.reason]).toEqual([403, 'Forbidden']);
    expect(body.message).toContain('User "contract-provider" cannot create resource "configmaps"');
  });

  test('unauthorized: an unknown token', async () => {
    expect(said(await ask('GET', path, undefined, { as: 'k8s-aws-v1.aHR0cHM6Ly9leGFtcGxlLmNvbQ' }))).toEqual({
      status: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
  });
});
