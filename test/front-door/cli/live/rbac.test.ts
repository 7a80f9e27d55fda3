/** `--rbac live`: what groups and user names are bound to, read from the cluster. */
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const DEV = `${ACCOUNT}:role/dev`;
const READER = `${ACCOUNT}:role/reader`;
const mapped = (arn: string, username: string, groups: string): string =>
  `- rolearn: ${arn}\n  username: ${username}\n  groups: [${groups}]\n`;
const binding = (kind: string, name: string, role: string, group: string, namespace?: string): object => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
});
/** Every cluster has some in these namespaces. */
const OF_KUBERNETES = ['kube-system', 'kube-public'].map((namespace) =>
  binding('RoleBinding', 'system:x', 'view', 'system:y', namespace),
);

async function given(): Promise<LiveWorld> {
  const world = await givenCluster({
    authenticationMode: 'CONFIG_MAP',
    awsAuth: {
      data: { mapRoles: mapped(DEV, 'dev', 'team-a, team-b') + mapped(READER, 'reader', 'readers') },
    },
  });
  world.cluster.applyRbac([
    ...OF_KUBERNETES,
    binding('ClusterRoleBinding', 'team-a-edit', 'edit', 'team-a'),
    binding('RoleBinding', 'team-b-shop', 'view', 'team-b', 'shop'),
    {
      kind: 'Role',
      metadata: { name: 'reads-aws-auth', namespace: 'kube-system' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
    },
    {
      ...binding('RoleBinding', 'readers', 'x', 'readers', 'kube-system'),
      roleRef: { kind: 'Role', name: 'reads-aws-auth' },
    },
  ]);
  return world;
}

const told = async (world: LiveWorld, line: string, as = ADMIN) => {
  const ran = await world.run(line, { as, env: { COLUMNS: '1000' } });
  return { ...ran, text: ran.stdout.replace(/\s+/g, ' ') };
};

test('list and explain say what the cluster binds', async () => {
  const world = await given();
  const listed = await told(world, 'list --cluster prod --rbac live');
  expect(listed.text).toContain('ClusterRole edit, ClusterRole view in shop');
  expect(listed.code).toBe(0);
  const explained = await told(world, 'explain role/dev --cluster prod --rbac live');
  expect(explained.text).toContain('cluster-wide as ClusterRole edit by ClusterRoleBinding team-a-edit');
});

test('doctor finds a group that nothing binds', async () => {
  const world = await given();
  const { text } = await told(world, 'doctor --cluster prod --rbac live');
  expect(text).not.toContain('group-bound-nowhere');
  world.cluster.writeConfigMap({ data: { mapRoles: mapped(DEV, 'dev', 'team-z') } });
  expect((await told(world, 'doctor --cluster prod --rbac live')).text).toContain('group-bound-nowhere');
});

test('a list that comes in pages is read to its end', async () => {
  const world = await given();
  const page = { kind: 'ClusterRoleBindingList', metadata: { continue: 'next' }, items: [] };
  world.cluster.kubernetes.injectFault({
    match: ({ path, query }) => path.endsWith('/clusterrolebindings') && !query.has('continue'),
    respond: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(page) },
  });
  const { text, code } = await told(world, 'explain role/dev --cluster prod --rbac live');
  expect([text.includes('ClusterRoleBinding team-a-edit'), code]).toEqual([true, 0]);
  const asked = world.cluster.kubernetes.requests.filter(({ path }) => path.endsWith('/clusterrolebindings'));
  expect(asked.map(({ query }) => query.get('continue'))).toEqual([null, 'next']);
});

test('bindings that may not be read are said, with the right to ask for; the rest is shown', async () => {
  const world = await given();
  const { text, code, stderr } = await told(world, 'list --cluster prod --rbac live', READER);
  expect(text).toMatch(
    /Bindings could not be read \(your user "reader" may not: ask for list on (cluster)?rolebindings\.rbac\.authorization\.k8s\.io, or pass a file\)/,
  );
  expect(text).toContain('role/dev');
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
});

test('without a cluster there is nothing to read', async () => {
  const { run } = await given();
  expect(await run('list aws-auth.yaml --rbac live')).toMatchObject({
    code: 2,
    stderr: 'eks-access: --rbac live is for a cluster: name it by --cluster.\n',
  });
});
