/** What kubectl and the AWS CLI ask beside ConfigMaps: impersonation, events, RBAC objects, tokens for the local STS. */
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { certificateOfRun } from '../../../../support/certificate';
import { request } from 'node:https';
import { ask, type Asked, bearerToken } from './requests';

const creator = 'arn:aws:iam::111122223333:role/creator';
const other = 'arn:aws:iam::111122223333:role/other';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const roles = `${rbac}/namespaces/kube-system/roles`;
const bindings = `${rbac}/namespaces/kube-system/rolebindings`;

let plane: ControlPlane;
let cluster: LocalCluster;
beforeAll(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
  cluster = await plane.createCluster({
    name: 'c',
    authenticationMode: 'CONFIG_MAP',
    creatorArn: creator,
    awsAuth: { data: { mapRoles: `- {rolearn: "${other}", username: other, groups: [team]}\n` } },
  });
});
afterAll(() => plane.stop());

const as = async (arn: string, method: string, path: string, asked: Asked = {}) =>
  ask(cluster, method, path, {
    token: await bearerToken({ credentials: plane.iam.credentialsFor(arn), cluster: 'c' }),
    ...asked,
  });
const canUpdate = async (name: string, headers: Readonly<Record<string, string>>) => {
  const resourceAttributes = {
    verb: 'update',
    group: '',
    resource: 'configmaps',
    namespace: 'kube-system',
    name,
  };
  const { body } = await as(creator, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    headers: { ...headers, 'content-type': 'application/json' },
    body: { spec: { resourceAttributes } },
  });
  return (body['status'] as { allowed?: boolean }).allowed;
};

test('who may impersonate is asked as the other user, and others may not', async () => {
  const whoAmI = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const headers = { 'impersonate-user': 'nobody', 'impersonate-group': 'a' };
  const { body } = await as(creator, 'POST', whoAmI, { headers, body: {} });
  expect(body['status']).toMatchObject({
    userInfo: { username: 'nobody', groups: ['a', 'system:authenticated'] },
  });
  const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
  expect(await as(creator, 'GET', path, { headers })).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('User "nobody" cannot get resource "configmaps"') as string },
  });
  expect(await as(other, 'GET', path, { headers: { 'impersonate-user': 'kubernetes-admin' } })).toMatchObject(
    {
      status: 403,
      body: {
        message: expect.stringContaining('User "other" cannot impersonate resource "users"') as string,
      },
    },
  );
  expect((await as(creator, 'GET', path, { headers: { 'impersonate-group': 'a' } })).status).toBe(400);
  expect(
    (await as(creator, 'GET', path, { headers: { 'impersonate-user': 'a', 'impersonate-uid': '1' } })).status,
  ).toBe(400);
});

test('roles and bindings are made, change what is allowed at once, and go', async () => {
  const rules = [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['aws-auth'], verbs: ['update'] },
  ];
  const role = { kind: 'Role', metadata: { name: 'r' }, rules };
  const binding = {
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    roleRef: { kind: 'Role', name: 'r' },
    subjects: [{ kind: 'Group', name: 'g' }],
  };
  const headers = { 'impersonate-user': 'u', 'impersonate-group': 'g' };
  expect(await canUpdate('aws-auth', headers)).toBe(false);
  expect((await as(creator, 'POST', roles, { body: role })).status).toBe(201);
  expect((await as(creator, 'POST', roles, { body: role })).status).toBe(409);
  expect((await as(creator, 'POST', bindings, { body: binding })).status).toBe(201);
  expect([await canUpdate('aws-auth', headers), await canUpdate('coredns', headers)]).toEqual([true, false]);
  const patched = await as(creator, 'PATCH', `${roles}/r`, {
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { rules: [] },
  });
  expect(patched).toMatchObject({
    status: 200,
    body: { rules: [], metadata: { name: 'r', namespace: 'kube-system' } },
  });
  expect(await canUpdate('aws-auth', headers)).toBe(false);
  expect((await as(creator, 'GET', roles)).body['items']).toHaveLength(1);
  expect((await as(creator, 'DELETE', `${roles}/r`)).status).toBe(200);
  expect((await as(creator, 'GET', `${roles}/r`)).status).toBe(404);
  expect((await as(other, 'POST', roles, { body: role })).status).toBe(403);
  expect((await as(creator, 'POST', roles, { body: { ...role, kind: 'ClusterRole' } })).status).toBe(400);
});

test('there are no events, which kubectl describe wants to know', async () => {
  const { status, body } = await as(creator, 'GET', '/api/v1/namespaces/kube-system/events');
  expect([status, body.kind, body['items']]).toEqual([200, 'EventList', []]);
});

test('a token that is signed for the local STS lets in, and one for another port does not', async () => {
  const token = (localSts: string) =>
    bearerToken({ credentials: plane.iam.credentialsFor(creator), cluster: 'c', localSts });
  const host = new URL(plane.sts.url).host;
  const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
  expect((await ask(cluster, 'GET', path, { token: await token(host) })).status).toBe(200);
  expect((await ask(cluster, 'GET', path, { token: await token('127.0.0.1:1') })).status).toBe(401);
  const tamper = (url: string): string => url.replace('X-Amz-Signature=', 'X-Amz-Signature=0');
  const forged = await bearerToken({
    credentials: plane.iam.credentialsFor(creator),
    cluster: 'c',
    localSts: host,
    tamper,
  });
  expect((await ask(cluster, 'GET', path, { token: forged })).status).toBe(401);
});

describe('a watch', () => {
  interface Seen {
    readonly type: string;
    readonly object: { readonly metadata?: { readonly name: string }; readonly message?: string };
  }
  const configMaps = '/api/v1/namespaces/kube-system/configmaps';
  const put = (name: string, value: string) =>
    as(creator, 'PATCH', `${configMaps}/${name}?fieldManager=t`, {
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } },
    });

  /** What a watch tells until `stop` says that it is enough. */
  const watched = async (
    query: string,
    act: () => Promise<unknown>,
    stop: (seen: readonly Seen[]) => boolean,
  ) => {
    const token = await bearerToken({ credentials: plane.iam.credentialsFor(creator), cluster: 'c' });
    return new Promise<readonly Seen[]>((resolve, reject) => {
      const seen: Seen[] = [];
      const client = request(
        `${cluster.endpoint}${configMaps}?watch=true${query}`,
        { ca: cluster.certificateAuthority, headers: { authorization: `Bearer ${token}` } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            const lines = (text + chunk).split('\n');
            text = lines.pop() ?? '';
            seen.push(...lines.map((line) => JSON.parse(line) as Seen));
            if (!stop(seen)) return;
            client.destroy();
            resolve(seen);
          });
          act().catch(reject);
        },
      );
      client.on('error', reject).end();
    });
  };
  const brief = (seen: readonly Seen[]): string[] =>
    seen.map(({ type, object }) => `${type} ${object.metadata?.name ?? object.message ?? ''}`);

  test('tells what is there, and every change of what it asks for', async () => {
    const seen = await watched(
      '&fieldSelector=metadata.name%3Daws-auth',
      async () => {
        await put('other', '1');
        // Values that no other test writes; the same one again is no change.
        await put('aws-auth', 'one');
        await put('aws-auth', 'one');
        await put('aws-auth', 'two');
      },
      ({ length }) => length === 3,
    );
    expect(brief(seen)).toEqual(['ADDED aws-auth', 'MODIFIED aws-auth', 'MODIFIED aws-auth']);
  });

  test('from a version on tells what came after it, the end of an object too', async () => {
    const { body } = await as(creator, 'GET', configMaps);
    const from = (body['metadata'] as { resourceVersion: string }).resourceVersion;
    await put('late', '1');
    const seen = await watched(
      `&resourceVersion=${from}`,
      () => as(creator, 'DELETE', `${configMaps}/late`),
      ({ length }) => length === 2,
    );
    expect(brief(seen)).toEqual(['ADDED late', 'DELETED late']);
  });

  test('a bookmark ends what is there, where the client allows it', async () => {
    await put('aws-auth', '1');
    const seen = await watched(
      '&allowWatchBookmarks=true&fieldSelector=metadata.name%3Daws-auth',
      () => Promise.resolve(),
      ({ length }) => length === 2,
    );
    expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
  });

  test('from a version that is forgotten says so, and is refused to who may not', async () => {
    const seen = await watched(
      '&resourceVersion=1',
      () => Promise.resolve(),
      ({ length }) => length === 1,
    );
    expect(brief(seen)).toEqual(['ERROR too old resource version: 1 (1000)']);
    const refused = await as(other, 'GET', `${configMaps}?watch=true`);
    expect(refused).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('cannot watch resource "configmaps"') as string },
    });
  });
});
