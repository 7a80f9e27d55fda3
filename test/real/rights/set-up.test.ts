/**
 * The setup of named rights by the provider itself (`setUpRights`) on a real kube-apiserver, as an administrator of the
 * cluster whom `clusterRoles` names.
 */
import { clusterRoleOf } from '../../../access/rights/catalogue';
import { type ClusterRole } from '../../../access/rights/objects';
import { setupOf } from '../../../access/rights/setup';
import { eventually, withRig } from '../rig/lifetime';
import { created, deploy, mapRoles, put, refused } from '../rig/newcomer';
import { CLUSTER } from '../rig/rig';
import { createStack, deleteStack, type Ended } from '../rig/stacks';
import { clusterRole, makeNamespaces } from './granted';
import { RBAC } from './requests';

const rig = withRig({ grant: false });
const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
const POWERLESS = 'arn:aws:iam::111122223333:role/powerless';
const GROWN = 'edit-plus-custom-resources';
let powerless = '';

beforeAll(async () => {
  await deploy(rig(), { clusterRoles: { [CLUSTER]: DEPLOYER }, setUpRights: true });
  const other = { functionName: 'other-provider', exportName: 'Other' };
  ({ serviceToken: powerless } = await deploy(rig(), {
    ...other,
    clusterRoles: { [CLUSTER]: POWERLESS },
    setUpRights: true,
  }));
  const entries = [
    [DEPLOYER, 'system:masters'],
    [POWERLESS, 'nobody'],
  ].map(([arn, group]) => `- rolearn: ${arn}\n  username: ${group}\n  groups: ["${group}"]\n`);
  await put(rig(), { data: { mapRoles: mapRoles + entries.join('') } });
  for (const arn of [DEPLOYER, POWERLESS]) {
    rig().aws.iam.addPrincipal(arn);
    expect(await eventually(() => rig().login(arn), Boolean)).toBeTruthy();
  }
  await makeNamespaces(rig(), 'team');
});
afterEach(async () => {
  if (rig().aws.cloudformation.stack('rights')) await deleteStack(rig(), 'rights');
  const kinds = 'clusterroles,clusterrolebindings,rolebindings';
  await rig().kubectl(['delete', kinds, '-n', 'team', '-l', 'app.kubernetes.io/managed-by=cfn-eks-access']);
});

function create(rights: object, more: object = {}): Promise<Ended> {
  const RoleArn = 'arn:aws:iam::111122223333:role/developer';
  return createStack(rig(), 'rights', {
    Developer: ['Custom::EksMapRolesEntry', { RoleArn, UserName: 'developer', Rights: [rights], ...more }],
  });
}

async function ours(
  kind: 'clusterroles' | 'clusterrolebindings' | 'rolebindings',
): Promise<readonly string[]> {
  const label = 'app.kubernetes.io%2Fmanaged-by%3Dcfn-eks-access';
  const { body } = await rig().admin('GET', `${RBAC}/${kind}?labelSelector=${label}`);
  const { items } = body as { readonly items: readonly { readonly metadata: { readonly name: string } }[] };
  return items.map(({ metadata }) => metadata.name).sort();
}

test('a role that is no administrator is named, with what it may not do, and nothing is applied', async () => {
  expect(await create({ Name: 'view' }, { ServiceToken: powerless })).toEqual(
    refused(/role\/powerless, the role by which clusterRoles lets .* may not do this there.*is forbidden/s),
  );
  expect(await ours('clusterroles')).toEqual([]);
});

test('what the rights need is applied, nothing else, and not again', async () => {
  const rights = { Name: GROWN, Namespaces: ['team'] };
  expect(await create(rights)).toEqual(created);
  expect(await ours('clusterroles')).toEqual([clusterRoleOf('edit'), clusterRoleOf(GROWN)]);
  expect(await ours('clusterrolebindings')).toEqual([clusterRoleOf(GROWN)]);
  expect(await ours('rolebindings')).toEqual([clusterRoleOf(GROWN)]);
  const [base] = setupOf(GROWN) as readonly ClusterRole[];
  const before = await clusterRole(rig(), clusterRoleOf('edit'));
  expect(before.rules).toEqual(base?.rules);

  await deleteStack(rig(), 'rights');
  expect(await create(rights)).toEqual(created);
  expect((await clusterRole(rig(), clusterRoleOf('edit'))).metadata.resourceVersion).toBe(
    before.metadata.resourceVersion,
  );
});

test('what another tool has changed stays as it is, and is named', async () => {
  expect(await create({ Name: 'secret-reader' })).toEqual(created);
  await deleteStack(rig(), 'rights');
  const name = clusterRoleOf('secret-reader');
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }];
  const changed = await rig().admin('PATCH', `${RBAC}/clusterroles/${name}?fieldManager=kubectl-edit`, {
    body: { rules },
    contentType: 'application/merge-patch+json',
  });
  expect(changed.status).toBe(200);
  expect(await create({ Name: 'secret-reader' })).toEqual(
    refused(/another tool has changed the ClusterRole cfn-eks-access:secret-reader in cluster/),
  );
  expect((await clusterRole(rig(), name)).rules).toEqual(rules);
});
