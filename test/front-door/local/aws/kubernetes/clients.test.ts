/** The local API under a client of other people: @kubernetes/client-node; and the bodies that kubectl sends. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { certificateOfRun } from '../../../../support/certificate';
import { readProtobuf } from '../../../../../local/aws/kubernetes/protobuf';
import { ask, bearerToken } from './requests';

let plane: ControlPlane;
let cluster: LocalCluster;
let token: string;
beforeAll(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
  const creatorArn = plane.iam.roleArn('creator');
  cluster = await plane.createCluster({ name: 'c', authenticationMode: 'CONFIG_MAP', creatorArn });
  token = await bearerToken({ credentials: plane.iam.credentialsFor(creatorArn), cluster: 'c' });
});
afterAll(() => plane.stop());

test('client-node reads, writes, meets refusals and asks who it is', async () => {
  const before = cluster.configMap()?.data;
  const caData = Buffer.from(cluster.certificateAuthority).toString('base64');
  const access = JSON.stringify({ server: cluster.endpoint, caData, token });
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(__dirname, 'client-node.mjs'),
    access,
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    read: before,
    created: true,
    replaced: { mapRoles: '' },
    conflict: [409, 'Conflict'],
    patched: { mapRoles: '', mapUsers: '[]' },
    again: [409, 'AlreadyExists'],
    names: ['aws-auth', 'fresh'],
    gone: [404, 'NotFound'],
    me: {
      username: 'kubernetes-admin',
      groups: ['system:masters', 'system:authenticated'],
      extra: { canonicalArn: [plane.iam.roleArn('creator')] },
    },
  });
  expect(cluster.configMap()?.data).toEqual({ mapRoles: '', mapUsers: '[]' });
});

/** `kubectl create configmap foo --from-literal=a=b --from-file=x` in Protobuf, as kubectl 1.32 sends it. */
const field = (number: number, ...parts: readonly (string | Buffer)[]): Buffer => {
  const value = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value]);
};
const protobuf = (kind: string, ...fields: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('k8s\0'), field(1, field(1, 'v1'), field(2, kind)), field(2, ...fields)]);

test('Protobuf bodies are read', () => {
  const body = protobuf(
    'ConfigMap',
    field(
      1,
      field(1, 'foo'),
      field(3, 'default'),
      Buffer.from([7 << 3, 5]),
      field(12, field(1, 'k'), field(2, 'v')),
    ),
    field(2, field(1, 'a'), field(2, 'é')),
    field(2, field(1, 'b'), field(2, '')),
    field(3, field(1, 'x'), field(2, Buffer.from([0xff]))),
    Buffer.from([4 << 3, 1]),
  );
  expect(readProtobuf(body)).toEqual({
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'foo', namespace: 'default', annotations: { k: 'v' } },
    data: { a: 'é', b: '' },
    binaryData: { x: '/w==' },
    immutable: true,
  });
});

const meta = (name: string): Buffer => field(1, field(1, name));
const subject = (name: string): Buffer => field(2, field(1, 'Group'), field(3, name));
const roleRef = field(3, field(1, 'rbac.authorization.k8s.io'), field(2, 'ClusterRole'), field(3, 'view'));
const rule = (...resources: readonly string[]): Buffer =>
  field(2, field(1, 'get'), field(1, 'list'), field(2, ''), ...resources.map((name) => field(3, name)));

test.each([
  [
    'kubectl create clusterrolebinding',
    protobuf('ClusterRoleBinding', meta('b'), subject('a'), subject('c'), roleRef),
    {
      metadata: { name: 'b' },
      subjects: [
        { kind: 'Group', name: 'a' },
        { kind: 'Group', name: 'c' },
      ],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    },
  ],
  [
    'kubectl create role',
    protobuf('Role', meta('r'), rule('pods', 'pods/log'), rule('services')),
    {
      metadata: { name: 'r' },
      rules: [
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'pods/log'] },
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['services'] },
      ],
    },
  ],
  ['kubectl create namespace', protobuf('Namespace', meta('n')), { metadata: { name: 'n' } }],
  [
    'kubectl auth can-i create pods/exec',
    protobuf(
      'SelfSubjectAccessReview',
      field(2, field(1, field(2, 'create'), field(5, 'pods'), field(6, 'exec'))),
    ),
    { spec: { resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'exec' } } },
  ],
  [
    'kubectl auth can-i --list',
    protobuf('SelfSubjectRulesReview', field(2, field(1, 'dev'))),
    { spec: { namespace: 'dev' } },
  ],
])('%s', (_command, body, read) => {
  expect(readProtobuf(body)).toMatchObject(read);
});

test.each([
  ['no Protobuf', Buffer.from('{}')],
  ['another kind', protobuf('Secret')],
  ['a cut body', protobuf('ConfigMap', field(2, field(1, 'a'))).subarray(0, -1)],
])('of Protobuf, %s is a 400', async (_what, body) => {
  const answer = await ask(cluster, 'POST', '/api/v1/namespaces/default/configmaps', {
    token,
    headers: { 'content-type': 'application/vnd.kubernetes.protobuf' },
    body: body.toString('latin1'),
  });
  expect([answer.status, answer.body.reason]).toEqual([400, 'BadRequest']);
});
