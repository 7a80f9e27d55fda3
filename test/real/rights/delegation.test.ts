/** Whom admins of a namespace can let in: with `admin` what they hold themselves, with the bundle the roles of Kubernetes. */
import { groupOf, type RightsName } from '../../../access/rights/catalogue';
import { eventually, withRig } from '../rig/lifetime';
import { type Part } from '../rig/part';
import { applyRights, bind, clusterRole, makeNamespaces, mapRoles, startAggregation } from './granted';
import { API_GROUP, ask, collection, type Said } from './requests';

const rig = withRig({ grant: false });
let aggregation: Part | undefined;
const NAMES = ['admin', 'admin-plus-role-bindings'] as const;

beforeAll(async () => {
  // Without it view, edit and admin of Kubernetes are empty, and everybody may bind them.
  aggregation = startAggregation(rig());
  await makeNamespaces(rig(), 'team', 'kept');
  await applyRights(rig());
  for (const name of NAMES) await bind(rig(), 'team', `cfn-eks-access:${name}`, groupOf(name, 'team'));
  await mapRoles(
    rig(),
    NAMES.map((name) => groupOf(name, 'team')),
  );
  expect(await eventually(async () => (await clusterRole(rig(), 'admin')).rules, Boolean)).not.toBeNull();
});
afterAll(async () => aggregation?.kill());

const bindAs = async (name: RightsName, role: string, namespace = 'team'): Promise<Said> =>
  ask(rig(), groupOf(name, 'team'), 'POST', collection(namespace), {
    body: {
      metadata: { generateName: 'made-by-holder-' },
      roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: API_GROUP, kind: 'User', name: 'friend' }],
    },
  });

test.each([
  ['admin', 'cfn-eks-access:view', 201],
  ['admin', 'cfn-eks-access:admin', 201],
  ['admin', 'cfn-eks-access:admin-plus-role-bindings', 403],
  ['admin', 'view', 403],
  ['admin', 'admin', 403],
  ['admin', 'cluster-admin', 403],
  ['admin-plus-role-bindings', 'view', 201],
  ['admin-plus-role-bindings', 'edit', 201],
  ['admin-plus-role-bindings', 'admin', 201],
  ['admin-plus-role-bindings', 'cfn-eks-access:edit-plus-custom-resources', 201],
  ['admin-plus-role-bindings', 'cfn-eks-access:admin-plus-role-bindings', 201],
  ['admin-plus-role-bindings', 'cfn-eks-access:view-plus-nodes', 403],
  ['admin-plus-role-bindings', 'cluster-admin', 403],
  ['admin-plus-role-bindings', 'system:node', 403],
] as const)('with %s: %s is answered %d', async (name, role, status) => {
  expect((await bindAs(name, role)).status).toBe(status);
  expect((await bindAs(name, role, 'kept')).status).toBe(403);
});
