/** As whom the cluster lets a principal in, by authentication mode, and what they may then do (GT-37 to GT-51, GT-63). */
import { certificateOfRun } from '../../../../support/certificate';
import {
  startControlPlane,
  type AuthenticationMode,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { ask, bearerToken, type Answer } from './requests';

const base = '/api/v1/namespaces/kube-system/configmaps';
const account = '111122223333';
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
});
afterAll(() => plane.stop());

let cluster: LocalCluster;
const start = async (
  authenticationMode: AuthenticationMode,
  mapRoles = '',
  mapUsers = '',
  mapAccounts = '',
): Promise<LocalCluster> => {
  cluster = await plane.createCluster({
    name: 'c',
    authenticationMode,
    creatorArn: role('creator'),
    awsAuth: { data: { mapRoles, mapUsers, mapAccounts } },
  });
  return cluster;
};
afterEach(() => plane.removeCluster('c'));

const call = async (
  arn: string,
  method: string,
  path: string,
  body?: object,
  type = 'application/json',
): Promise<Answer> => {
  const token = await bearerToken({ credentials: plane.iam.credentialsFor(arn), cluster: 'c' });
  return ask(cluster, method, path, {
    token,
    ...(body ? { body } : {}),
    headers: body ? { 'content-type': type } : {},
  });
};

const mapDev = `- rolearn: ${role('dev')}\n  username: from-aws-auth\n  groups: [viewers]\n`;
const fromAwsAuth = { username: 'from-aws-auth', groups: ['viewers'], source: 'aws-auth' };
const fromEntry = { username: 'from-entry', groups: ['editors'], source: 'access-entry' };

test.each<[AuthenticationMode, boolean, boolean, object | undefined]>([
  ['CONFIG_MAP', true, true, fromAwsAuth],
  ['CONFIG_MAP', false, true, undefined],
  ['API_AND_CONFIG_MAP', true, false, fromAwsAuth],
  ['API_AND_CONFIG_MAP', false, true, fromEntry],
  ['API_AND_CONFIG_MAP', true, true, fromEntry],
  ['API', true, false, undefined],
  ['API', true, true, fromEntry],
])(
  '%s, mapped in aws-auth: %s, by an access entry: %s (GT-50)',
  async (mode, inAwsAuth, asEntry, expected) => {
    await start(mode, inAwsAuth ? mapDev : '');
    if (asEntry)
      cluster.putAccessEntry({
        principalArn: role('team/dev'),
        username: 'from-entry',
        kubernetesGroups: ['editors'],
      });
    expect(cluster.loginAs(role('dev'))).toEqual(expected);
    expect(cluster.loginAs(`arn:aws:sts::${account}:assumed-role/dev/someone`)).toEqual(expected);
  },
);

test.each<[AuthenticationMode, string | undefined]>([
  ['CONFIG_MAP', 'creator'],
  ['API_AND_CONFIG_MAP', 'access-entry'],
  ['API', 'access-entry'],
])('the creator in mode %s comes in by %s (GT-51, GT-106)', async (mode, source) => {
  await start(mode);
  expect(cluster.loginAs(role('creator'))?.source).toBe(source);
  const { status } = await call(role('creator'), 'GET', `${base}/aws-auth`);
  expect(status).toBe(200);
});

test.each([
  ['{{SessionName}}', 'a@b', 'a-b'],
  ['{{SessionNameRaw}}', 'a@b', 'a@b'],
  ['x-{{AccountID}}', 's', `x-${account}`],
  [
    'system:node:{{EC2PrivateDNSName}}',
    'i-0123456789abcdef0',
    'system:node:i-0123456789abcdef0.us-east-1.compute.internal',
  ],
  ['system:node:{{EC2PrivateDNSName}}', 'no-instance', undefined],
  ['{{ SessionName }}', 's', '{{ SessionName }}'],
])(
  'the user name %s of session %s is %s, in groups too (GT-37, GT-38)',
  async (template, session, expected) => {
    await start(
      'CONFIG_MAP',
      `- rolearn: ${role('dev')}\n  username: "${template}"\n  groups: ["${template}"]\n`,
    );
    const found = cluster.loginAs(role('dev'), session);
    expect(found && [found.username, ...found.groups]).toEqual(
      expected === undefined ? undefined : [expected, expected],
    );
  },
);

test('an account that is mapped lets its identities in without groups (GT-34)', async () => {
  await start('CONFIG_MAP', '', '', `- "${account}"\n`);
  expect(cluster.loginAs(role('Any'))).toEqual({ username: role('Any'), groups: [], source: 'aws-auth' });
  expect(cluster.loginAs('arn:aws:iam::999999999999:role/Any')).toBeUndefined();
});

test('users keep their path, roles lose it (GT-30, GT-31)', async () => {
  const mapUsers = `- userarn: ${user('team/jo')}\n  username: jo\n- userarn: ${user('al')}\n  username: al\n`;
  await start('CONFIG_MAP', `- rolearn: ${role('team/dev')}\n  username: never\n`, mapUsers);
  expect(cluster.loginAs(user('team/jo'))?.username).toBe('jo');
  expect(cluster.loginAs(user('team/al'))).toBeUndefined();
  expect(cluster.loginAs(role('team/dev'))).toBeUndefined();
});

test('the entry of a role that was made again does not let it in (GT-79)', async () => {
  await start('API');
  plane.iam.addPrincipal(role('team/again'));
  cluster.putAccessEntry({ principalArn: role('team/again') });
  expect(cluster.loginAs(role('again'))?.source).toBe('access-entry');
  plane.iam.removePrincipal(role('team/again'));
  plane.iam.addPrincipal(role('team/again'));
  expect(cluster.loginAs(role('again'))).toBeUndefined();
});

describe('rights', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data: { a: 'b' },
  };
  const verbs: Readonly<Record<string, (arn: string) => Promise<Answer>>> = {
    get: (arn) => call(arn, 'GET', `${base}/aws-auth`),
    list: (arn) => call(arn, 'GET', base),
    update: (arn) => call(arn, 'PUT', `${base}/aws-auth`, object),
    patch: (arn) =>
      call(arn, 'PATCH', `${base}/aws-auth`, { data: { a: 'c' } }, 'application/merge-patch+json'),
    create: (arn) => call(arn, 'POST', base, { ...object, metadata: { name: 'new' } }),
    delete: (arn) => call(arn, 'DELETE', `${base}/aws-auth`),
  };
  const allowedVerbs = async (arn: string): Promise<string> => {
    const allowed: string[] = [];
    for (const [verb, send] of Object.entries(verbs)) {
      const { status } = await send(arn);
      if (status !== 403) allowed.push(verb);
    }
    return allowed.join(' ');
  };
  const all = 'get list update patch create delete';

  test.each([
    ['AmazonEKSClusterAdminPolicy', [], all],
    ['AmazonEKSAdminPolicy', [], all],
    ['AmazonEKSEditPolicy', ['kube-system'], all],
    ['AmazonEKSEditPolicy', ['kube-*'], all],
    ['AmazonEKSEditPolicy', ['default', 'kube'], ''],
    ['AmazonEKSAdminViewPolicy', [], 'get list'],
    ['AmazonEKSViewPolicy', ['kube-system'], 'get list'],
    ['AmazonEKSSecretReaderPolicy', [], ''],
  ])('%s in %j', async (policy, namespaces, expected) => {
    await start('API');
    cluster.putAccessEntry({ principalArn: role('dev'), policies: [{ policy, namespaces }] });
    expect(await allowedVerbs(role('dev'))).toBe(expected);
  });

  const rules = (rule: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r, namespace: kube-system}
rules: [{apiGroups: [""], resources: [configmaps], ${rule}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: kube-system}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: Group, name: viewers, apiGroup: rbac.authorization.k8s.io}]
`;

  test.each([
    [
      'get and update of aws-auth alone',
      rules('resourceNames: [aws-auth], verbs: [get, update]'),
      'get update',
    ],
    [
      'POST never matches a resourceName (GT-63)',
      rules('resourceNames: [aws-auth], verbs: ["*"]'),
      'get update patch delete',
    ],
    ['every name', rules('verbs: [create, list]'), 'list create'],
    ['another namespace', rules('verbs: ["*"]').replaceAll('kube-system', 'default'), ''],
    ['another group', rules('verbs: ["*"]').replace('name: viewers', 'name: others'), ''],
    [
      'the user by name',
      rules('verbs: [get]').replace('kind: Group, name: viewers', 'kind: User, name: from-aws-auth'),
      'get',
    ],
    [
      'a ClusterRole bound everywhere',
      'kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: Group, name: viewers}]',
      'get list',
    ],
    [
      'a ClusterRole bound in the namespace',
      'kind: RoleBinding\nmetadata: {name: b, namespace: kube-system}\nroleRef: {kind: ClusterRole, name: edit}\nsubjects: [{kind: Group, name: system:authenticated}]',
      all,
    ],
    [
      'a role alone',
      'kind: ClusterRole\nmetadata: {name: x}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]',
      '',
    ],
  ])('RBAC: %s', async (_what, manifests, expected) => {
    await start('CONFIG_MAP', mapDev);
    cluster.applyRbac(manifests);
    const { data } = cluster.configMap() ?? {};
    const put = { ...object, data };
    // Writing other mappings would end the session of the one who writes.
    const update = (arn: string): Promise<Answer> => call(arn, 'PUT', `${base}/aws-auth`, put);
    const allowed: string[] = [];
    for (const [verb, send] of Object.entries({ ...verbs, update })) {
      const { status } = await send(role('dev'));
      if (![401, 403].includes(status)) allowed.push(verb);
    }
    expect(allowed.join(' ')).toBe(expected);
  });

  test.each([
    ['with the name', 'resourceNames: [aws-auth], verbs: [get, patch, create]', 201],
    ['without create', 'resourceNames: [aws-auth], verbs: [get, patch, update]', 403],
    ['without patch', 'resourceNames: [aws-auth], verbs: [get, update, create]', 403],
    ['of another name', 'resourceNames: [other], verbs: [patch, create]', 403],
  ])('apply creates aws-auth %s in resourceNames: %d (GT-63)', async (_what, rule, status) => {
    await start('API_AND_CONFIG_MAP');
    cluster.deleteConfigMap();
    cluster.putAccessEntry({ principalArn: role('dev'), kubernetesGroups: ['viewers'] });
    cluster.applyRbac(rules(rule));
    const answer = await call(
      role('dev'),
      'PATCH',
      `${base}/aws-auth?fieldManager=me`,
      object,
      'application/apply-patch+yaml',
    );
    expect(answer.status).toBe(status);
    expect(cluster.configMap() !== undefined).toBe(status === 201);
  });

  test('a refusal says who may not do what', async () => {
    await start('CONFIG_MAP', mapDev);
    const { body } = await verbs['get']!(role('dev'));
    expect([body.reason, body.message]).toEqual([
      'Forbidden',
      'configmaps "aws-auth" is forbidden: User "from-aws-auth" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
    ]);
  });

  test('everybody who is let in may ask who they are and what they may do', async () => {
    await start('CONFIG_MAP', mapDev);
    cluster.applyRbac(rules('resourceNames: [aws-auth], verbs: [get]'));
    const me = await call(role('dev'), 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(me.body).toMatchObject({
      status: { userInfo: { username: 'from-aws-auth', groups: ['viewers', 'system:authenticated'] } },
    });
    const canI = async (verb: string): Promise<unknown> => {
      const spec = {
        resourceAttributes: { namespace: 'kube-system', resource: 'configmaps', name: 'aws-auth', verb },
      };
      const { body } = await call(
        role('dev'),
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        { spec },
      );
      return body['status'];
    };
    expect([await canI('get'), await canI('update')]).toEqual([{ allowed: true }, { allowed: false }]);
  });
});
