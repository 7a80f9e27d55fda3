/** A setup that is missing or changed is an error before anybody is mapped. */
import { givenWorld, ROLE, type World } from '../world';
import { asking, bindings, givenRights, setup } from './cluster-with-rights';

let world: World | undefined;
afterEach(() => world?.stop());

const view = asking({ Rights: [{ Name: 'view' }] });
const edit = asking({ Rights: [{ Name: 'edit', Namespaces: ['dev'] }] });

async function refused(properties: Readonly<Record<string, unknown>>, reason: string): Promise<void> {
  const before = world?.cluster.configMap();
  const answer = await world?.send({ type: 'Create', properties });
  expect(answer).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining(reason) as string,
    PhysicalResourceId: expect.stringMatching(/^create-failed\|/) as string,
  });
  expect(world?.cluster.configMap()).toEqual(before);
}

test('without the manifest the provider may not look, and says what to apply', async () => {
  world = await givenWorld();
  await refused(view, 'apply samples/rights-rbac.yaml');
});

test('nor is an access entry made where the rights in it are by groups', async () => {
  world = await givenRights({ mode: 'API' });
  world.cluster.applyRbac([changed('ClusterRole', 'cfn-eks-access:edit', { rules: [] })]);
  const grown = { Name: 'edit-plus-custom-resources', Namespaces: ['dev'] };
  // It begins with the role that was changed.
  await refused(asking({ Rights: [grown] }), 'ClusterRole cfn-eks-access:edit is not as');
  expect([world.cluster.accessEntry(ROLE), bindings(world)]).toEqual([undefined, {}]);
});

test.each<[string, (world: World) => void, object, string]>([
  [
    'a ClusterRole that was changed',
    ({ cluster }) => cluster.applyRbac([changed('ClusterRole', 'cfn-eks-access:edit', { rules: [] })]),
    edit,
    'ClusterRole cfn-eks-access:edit is not as samples/rights-rbac.yaml has it',
  ],
  [
    'a ClusterRoleBinding that has nobody',
    ({ cluster }) =>
      cluster.applyRbac([changed('ClusterRoleBinding', 'cfn-eks-access:view', { subjects: [] })]),
    view,
    'ClusterRoleBinding cfn-eks-access:view is not as samples/rights-rbac.yaml has it',
  ],
  [
    'a RoleBinding of another tool',
    ({ cluster }) =>
      cluster.applyRbac([
        roleBinding({ labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, 'cfn-eks-access:edit'),
      ]),
    edit,
    'RoleBinding cfn-eks-access:edit in namespace dev lacks the label app.kubernetes.io/managed-by: cfn-eks-access',
  ],
  [
    'a RoleBinding to another role',
    ({ cluster }) =>
      cluster.applyRbac([
        roleBinding({ labels: { 'app.kubernetes.io/managed-by': 'cfn-eks-access' } }, 'cluster-admin'),
      ]),
    edit,
    'RoleBinding cfn-eks-access:edit in namespace dev binds ClusterRole cluster-admin',
  ],
])('%s is not touched, and nobody is mapped', async (_, change, properties, reason) => {
  world = await givenRights();
  change(world);
  const before = world.cluster.rbac();
  await refused({ ...properties }, reason);
  expect(world.cluster.rbac()).toEqual(before);
});

test('without one of its rights the provider says which the cluster refuses, and the manifest that has it', async () => {
  world = await givenRights();
  const role = world.cluster
    .rbac()
    .find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'cfn-eks-access');
  const rules = role?.rules?.filter(({ resources }) => !resources?.includes('rolebindings'));
  world.cluster.applyRbac([{ ...role, rules }]);
  await refused(
    edit,
    'apply samples/rights-rbac.yaml; the Kubernetes API of cluster my-cluster said: rolebindings',
  );
});

test('a missing namespace fails with its name, and no other is bound', async () => {
  world = await givenRights();
  world.cluster.namespaces.missing('test');
  await refused(
    asking({ Rights: [{ Name: 'edit', Namespaces: ['dev', 'test'] }] }),
    'there is no namespace "test" of cluster my-cluster',
  );
  expect(bindings(world)).toEqual({});
});

test('a namespace that is being deleted is waited for, as long as the invocation has time', async () => {
  world = await givenRights({ timeoutSeconds: 8 });
  world.cluster.namespaces.terminating('dev');
  await refused(edit, 'namespace "dev" of cluster my-cluster is being deleted');
  expect(bindings(world)).toEqual({});
});

test('a namespace that comes back is bound', async () => {
  const { cluster } = (world = await givenRights());
  cluster.namespaces.terminating('dev');
  let tries = 0;
  cluster.kubernetes.injectFault({
    match: ({ method }) => method === 'PATCH' && (tries += 1) === 2,
    before: () => cluster.namespaces.active('dev'),
  });
  expect(await world.send({ type: 'Create', properties: edit })).toMatchObject({ Status: 'SUCCESS' });
  expect(bindings(world)).toEqual({ 'dev/cfn-eks-access:edit': ['cfn-eks-access:edit:dev'] });
});

test('the way back from an Update does not fail for a setup that was removed meanwhile', async () => {
  world = await givenRights();
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: view });
  world.cluster.applyRbac([changed('ClusterRoleBinding', 'cfn-eks-access:view', { subjects: [] })]);
  const next = { ...view, Groups: ['team-a'] };
  const update = { type: 'Update', properties: next, old: view, physicalId } as const;
  expect(await world.send(update)).toMatchObject({ Status: 'FAILED' });
  world.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
  expect(await world.send({ ...update, properties: view, old: next })).toMatchObject({ Status: 'SUCCESS' });
  expect(world.log()).toContain('rights are given back that the cluster may not bind');
});

test('a Delete needs no setup', async () => {
  world = await givenRights();
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: view });
  world.cluster.applyRbac([changed('ClusterRole', 'cfn-eks-access:view', { rules: [] })]);
  expect(await world.send({ type: 'Delete', properties: view, physicalId })).toMatchObject({
    Status: 'SUCCESS',
  });
  expect(world.section('mapRoles')).not.toContain('cfn-eks-access:view');
});

test('no template is given the group of a right as a group', async () => {
  world = await givenRights({ guardrails: { groups: ['*', 'cfn-eks-access*'], allowClusterAdmin: true } });
  await refused(
    asking({ Groups: ['cfn-eks-access:cluster-admin'] }),
    'such groups are given by Rights alone: write Rights instead',
  );
});

/** The object of the manifest with something else. */
function changed(kind: string, name: string, change: object): unknown {
  const found = world?.cluster.rbac().find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`${setup.length} characters without ${kind} ${name}`);
  return { ...found, ...change };
}

function roleBinding(metadata: object, role: string): unknown {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'cfn-eks-access:edit', namespace: 'dev', ...metadata },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'cfn-eks-access:edit:dev' }],
  };
}
