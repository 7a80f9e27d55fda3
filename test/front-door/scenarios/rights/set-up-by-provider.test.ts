/**
 * The setup of named rights by the provider itself (`setUpRights`), on a cluster where nobody has run kubectl: as the role
 * that its owner has named for the cluster, and never anywhere else.
 */
import { brotliCompressSync } from 'node:zlib';
import { ENVIRONMENT } from '../../../../access/contract';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { clusterRoleBindings, clusterRoles } from '../../../../access/rights/manifest';
import { setupOf } from '../../../../access/rights/setup';
import { RIGHTS_SETUP } from '../../../../cdk/rights-setup';
import { deployProvider } from '../../../../local/demo/provider';
import { givenWorld, NODES, PROVIDER, type Surroundings, type World } from '../world';
import { access, asking, bindings, setup } from './cluster-with-rights';

const ADMIN = 'arn:aws:iam::111122223333:role/ci/admin';
const MODES: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

let world: World;
afterEach(() => world.stop());

/** Nobody has applied anything. `variables`: of the function, beside the role that reaches the cluster. */
async function given(variables: Readonly<Record<string, string>>, more: Surroundings = {}): Promise<void> {
  world = await givenWorld({
    guardrails: { rights: ['*'], accessPolicies: ['*'] },
    rights: false,
    awsAuth: { mapRoles: NODES },
    creatorArn: ADMIN,
    ...more,
    environment: { [ENVIRONMENT.clusterRoles]: JSON.stringify({ 'my-cluster': ADMIN }), ...variables },
  });
  world.aws.iam.addPrincipal(ADMIN);
}

const allowed = { [ENVIRONMENT.setUpRights]: RIGHTS_SETUP };
const developer = asking({
  Rights: [{ Name: 'view' }, { Name: 'edit-plus-custom-resources', Namespaces: ['dev'] }],
});

/** What of the manifest the cluster has, `Kind name`. */
function applied(): readonly string[] {
  const ours = [...clusterRoles(), ...clusterRoleBindings()];
  return world.cluster
    .rbac()
    .filter(({ kind, metadata }) =>
      ours.some((object) => object.kind === kind && object.metadata.name === metadata.name),
    )
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
}

async function refused(properties: Readonly<Record<string, unknown>>, reason: string): Promise<void> {
  const before = { rbac: world.cluster.rbac(), awsAuth: world.cluster.configMap() };
  const answer = await world.send({ type: 'Create', properties });
  expect(answer).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining(reason) as string,
    PhysicalResourceId: expect.stringMatching(/^create-failed\|/) as string,
  });
  expect({ rbac: world.cluster.rbac(), awsAuth: world.cluster.configMap() }).toEqual(before);
}

test.each(MODES)(
  'in mode %s a new cluster gets what the rights need, once, and keeps it after the Delete',
  async (mode) => {
    await given(allowed, { mode });
    const created = await world.send({ type: 'Create', properties: developer });
    expect(created).toMatchObject({ Status: 'SUCCESS' });
    const grown = 'edit-plus-custom-resources';
    expect(applied()).toEqual(
      [
        ...(mode === 'CONFIG_MAP' ? ['ClusterRole cfn-eks-access:view'] : []),
        'ClusterRole cfn-eks-access:edit',
        `ClusterRole cfn-eks-access:${grown}`,
        ...(mode === 'CONFIG_MAP' ? ['ClusterRoleBinding cfn-eks-access:view'] : []),
        `ClusterRoleBinding cfn-eks-access:${grown}`,
      ].sort(),
    );
    expect(access(world).groups).toContain(`cfn-eks-access:${grown}:dev`);
    expect(Object.keys(bindings(world))).toEqual([`dev/cfn-eks-access:${grown}`]);

    const before = world.cluster.rbac();
    const physicalId = created.PhysicalResourceId;
    const again = { ...developer, Revision: '2' };
    const update = { type: 'Update', properties: again, old: developer, physicalId } as const;
    expect(await world.send(update)).toMatchObject({ Status: 'SUCCESS' });
    // The kubectl of an administrator finds it as the manifest has it, too.
    const objects = world.cluster.rbac();
    expect(objects).toEqual(before);
    for (const wanted of setupOf(grown))
      expect(
        objects.find(({ kind, metadata }) => kind === wanted.kind && metadata.name === wanted.metadata.name),
      ).toMatchObject(wanted);
    expect(await world.send({ type: 'Delete', properties: again, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(world.cluster.rbac()).toEqual(before);
  },
);

test('a provider that was not deployed with setUpRights applies nothing', async () => {
  await given({});
  await refused(
    developer,
    'ClusterRole cfn-eks-access:view is missing: it comes with samples/rights-rbac.yaml',
  );
});

test('a cluster that is reached as the provider’s own role is set up by an administrator alone', async () => {
  await given(
    { ...allowed, [ENVIRONMENT.clusterRoles]: '{}' },
    { rights: true, awsAuth: { mapRoles: NODES + PROVIDER } },
  );
  world.cluster.applyRbac(setup);
  world.cluster.applyRbac([{ ...objectNamed('ClusterRole', 'cfn-eks-access:view'), rules: [] }]);
  await refused(developer, 'ClusterRole cfn-eks-access:view is not as samples/rights-rbac.yaml has it');
});

test('what an older release has applied is brought up to date', async () => {
  const [role, ...others] = setupOf('view');
  const older = JSON.stringify({ view: [{ ...role, rules: [] }, ...others] });
  const compressed = brotliCompressSync(older).toString('base64');
  await given({ [ENVIRONMENT.setUpRights]: compressed });
  const view = asking({ Rights: [{ Name: 'view' }] });
  expect(await world.send({ type: 'Create', properties: view })).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('ClusterRole cfn-eks-access:view is not as') as string,
  });
  expect(world.section('mapRoles')).toBe(NODES);
  await deployProvider(world.aws, {
    environment: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: world.stackApi.url,
      [ENVIRONMENT.clusterRoles]: JSON.stringify({ 'my-cluster': ADMIN }),
      ...allowed,
    },
  });
  expect(await world.send({ type: 'Create', properties: view })).toMatchObject({ Status: 'SUCCESS' });
  expect(objectNamed('ClusterRole', 'cfn-eks-access:view')).toMatchObject(role ?? {});
});

test('what another tool has set stays, and is named', async () => {
  await given(allowed);
  const view = asking({ Rights: [{ Name: 'view' }] });
  const created = await world.send({ type: 'Create', properties: view });
  expect(created).toMatchObject({ Status: 'SUCCESS' });
  const role = objectNamed('ClusterRole', 'cfn-eks-access:view');
  world.cluster.applyRbac([{ ...role, rules: [] }]);
  await refused(
    { ...view, RoleArn: 'arn:aws:iam::111122223333:role/other' },
    'another tool has changed the ClusterRole cfn-eks-access:view in cluster my-cluster: delete it, and the provider makes it again',
  );
});

test('without the rights of an administrator the role is named, with what the cluster refuses', async () => {
  await given(allowed, {
    rights: true,
    awsAuth: { mapRoles: NODES + PROVIDER.replace('role/eks-access-provider', 'role/admin') },
    creatorArn: 'arn:aws:iam::111122223333:role/somebody',
  });
  world.cluster.applyRbac(setup);
  world.cluster.applyRbac([{ ...objectNamed('ClusterRole', 'cfn-eks-access:view'), rules: [] }]);
  await refused(
    developer,
    `${ADMIN}, the role by which clusterRoles lets the provider reach cluster my-cluster, may not do this there`,
  );
});

function objectNamed(kind: string, name: string): object {
  const found = world.cluster.rbac().find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}
