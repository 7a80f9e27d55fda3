/** What kubectl and the AWS CLI ask beside ConfigMaps: impersonation, events, RBAC objects, tokens for the local STS. */
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { ask, type Asked, bearerToken } from './requests';

const creator = 'arn:aws:iam::111122223333:role/creator';
const other = 'arn:aws:iam::111122223333:role/other';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const roles = `${rbac}/namespaces/kube-system/roles`;
const bindings = `${rbac}/namespaces/kube-system/rolebindings`;

let plane: ControlPlane;
let cluster: LocalCluster;
beforeAll(async () => {
  plane = await startControlPlane();
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
