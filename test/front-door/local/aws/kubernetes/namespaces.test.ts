/** Namespaces, which samples and administrators make with kubectl; and what an administrator sees of its own rights. */
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { certificateOfRun } from '../../../../support/certificate';
import { ask, type Asked, bearerToken } from './requests';

const creator = 'arn:aws:iam::111122223333:role/creator';
const namespaces = '/api/v1/namespaces';

let plane: ControlPlane;
let cluster: LocalCluster;
let token: string;
beforeAll(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
  cluster = await plane.createCluster({
    name: 'c',
    authenticationMode: 'CONFIG_MAP',
    creatorArn: creator,
  });
  token = await bearerToken({ credentials: plane.iam.credentialsFor(creator), cluster: 'c' });
});
afterAll(() => plane.stop());

const call = (method: string, path: string, asked: Asked = {}) =>
  ask(cluster, method, path, { token, ...asked });
const names = async (): Promise<unknown> => {
  const items = (await call('GET', namespaces)).body['items'] as { metadata: { name: string } }[];
  return items.map(({ metadata }) => metadata.name);
};
const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } };

test('lists are chosen from by fields and labels', async () => {
  const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
  for (const [name, team] of [
    ['reader', 'a'],
    ['writer', 'b'],
  ])
    await call('POST', roles, {
      body: { kind: 'ClusterRole', metadata: { name, labels: { team } }, rules: [] },
    });
  const chosen = async (path: string): Promise<unknown> => {
    const items = (await call('GET', path)).body['items'] as { metadata: { name: string } }[];
    return items.map(({ metadata }) => metadata.name);
  };
  expect(
    await chosen(`${namespaces}?labelSelector=kubernetes.io/metadata.name%20in%20(default,none)`),
  ).toEqual(['default']);
  expect(await chosen(`${namespaces}?labelSelector=!kubernetes.io/metadata.name`)).toEqual([]);
  expect(await chosen(`${roles}?labelSelector=team!%3Db`)).toEqual(['reader']);
  expect(await chosen(`${roles}?fieldSelector=metadata.name%3Dwriter`)).toEqual(['writer']);
});

test('one is made, found in the list, made once, and described', async () => {
  const before = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
  expect(await names()).toEqual(before);
  expect((await call('POST', namespaces, { body: manifest })).status).toBe(201);
  expect(await names()).toEqual([before[0], 'dev', ...before.slice(1)]);
  const again = await call('POST', namespaces, { body: manifest });
  expect([again.status, again.body.reason]).toEqual([409, 'AlreadyExists']);
  const patched = await call('PATCH', `${namespaces}/dev`, {
    headers: { 'content-type': 'application/strategic-merge-patch+json' },
    body: { metadata: { annotations: { note: 'x' }, labels: { team: 'a' } } },
  });
  expect(patched.status).toBe(200);
  expect((await call('GET', `${namespaces}/dev`)).body).toMatchObject({
    metadata: {
      name: 'dev',
      annotations: { note: 'x' },
      labels: { team: 'a', 'kubernetes.io/metadata.name': 'dev' },
    },
    status: { phase: 'Active' },
  });
  expect((await call('DELETE', `${namespaces}/dev`)).status).toBe(405);
});

test.each([
  ['of another kind', { ...manifest, kind: 'ConfigMap' }],
  ['without a name', { ...manifest, metadata: {} }],
])('a manifest %s is refused', async (_what, body) => {
  expect((await call('POST', namespaces, { body })).status).toBe(400);
});

test('one that another tool has taken away is in no list', async () => {
  cluster.namespaces.missing('kube-public');
  expect(await names()).not.toContain('kube-public');
  expect((await call('GET', `${namespaces}/kube-public`)).status).toBe(404);
  cluster.namespaces.active('kube-public');
});

test('kubectl auth can-i --list: system:masters may do everything, without any binding', async () => {
  const { body } = await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    headers: { 'content-type': 'application/json' },
    body: { spec: { namespace: 'dev' } },
  });
  expect(body['status']).toMatchObject({
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  });
});

test('kubectl explain finds every kind that kubectl lists', async () => {
  for (const [version, path] of [
    ['/api/v1', '/openapi/v3/api/v1'],
    ['/apis/rbac.authorization.k8s.io/v1', '/openapi/v3/apis/rbac.authorization.k8s.io/v1'],
  ] as const) {
    const listed = (await call('GET', version)).body['resources'] as { kind: string }[];
    const { schemas } = (await call('GET', path)).body['components'] as {
      schemas: Record<string, { 'x-kubernetes-group-version-kind': { kind: string }[] }>;
    };
    const explained = Object.values(schemas).flatMap((schema) =>
      schema['x-kubernetes-group-version-kind'].map(({ kind }) => kind),
    );
    // There are no events, and nobody explains them.
    expect(explained.sort()).toEqual(
      listed
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'Event')
        .sort(),
    );
  }
});
