/** Named rights on the local Kubernetes: what their holders may do, judged by the manifest that people apply. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bindingOf, clusterRoleOf, groupOf, RIGHTS_MANIFEST } from '../../../../../access/rights/catalogue';
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { certificateOfRun } from '../../../../support/certificate';
import { ask, bearerToken } from './requests';

const root = join(__dirname, '../../../../..');
const roleArn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const HOLDERS = {
  viewer: groupOf('view'),
  grower: groupOf('edit-plus-custom-resources', 'team'),
  nodes: groupOf('view-plus-nodes'),
};

let plane: ControlPlane;
let cluster: LocalCluster;
beforeEach(async () => {
  plane = await startControlPlane({ certificate: await certificateOfRun() });
  const rows = Object.entries(HOLDERS).map(([name, group]) => ({
    rolearn: roleArn(name),
    username: name,
    groups: [group],
  }));
  cluster = await plane.createCluster({
    name: 'c',
    authenticationMode: 'CONFIG_MAP',
    awsAuth: { data: { mapRoles: JSON.stringify(rows) } },
  });
  cluster.applyRbac(readFileSync(join(root, RIGHTS_MANIFEST), 'utf8'));
  const roleRef = { kind: 'ClusterRole', name: clusterRoleOf('edit-plus-custom-resources') };
  const metadata = { name: bindingOf('edit-plus-custom-resources'), namespace: 'team' };
  cluster.applyRbac([
    { kind: 'RoleBinding', metadata, roleRef, subjects: [{ kind: 'Group', name: HOLDERS.grower }] },
  ]);
});
afterEach(() => plane.stop());

async function review(holder: keyof typeof HOLDERS, kind: string, spec: object) {
  const token = await bearerToken({ credentials: plane.iam.credentialsFor(roleArn(holder)), cluster: 'c' });
  const headers = { 'content-type': 'application/json' };
  const path = `/apis/authorization.k8s.io/v1/${kind}`;
  const { body } = await ask(cluster, 'POST', path, { token, headers, body: { spec } });
  return body['status'] as { readonly allowed: boolean; readonly resourceRules: readonly object[] };
}

/** `verb group/resource[/subresource] [namespace]`. */
async function can(holder: keyof typeof HOLDERS, asked: string): Promise<boolean> {
  const [verb, target = '', namespace = ''] = asked.split(' ');
  const [group, resource, subresource = ''] = target.split('/');
  const resourceAttributes = { verb, group, resource, subresource, namespace };
  return (await review(holder, 'selfsubjectaccessreviews', { resourceAttributes })).allowed;
}

test.each([
  ['viewer', 'get /pods team', true],
  ['viewer', 'get /pods/log other', true],
  ['viewer', 'get /pods/exec team', false],
  ['viewer', 'list /nodes', false],
  ['nodes', 'list /nodes', true],
  ['nodes', 'get /nodes/proxy', false],
  ['grower', 'create apps/deployments team', true],
  ['grower', 'create apps/deployments other', false],
  ['grower', 'create example.com/widgets team', false],
] as const)('%s: %s is %s', async (holder, asked, allowed) => {
  expect(await can(holder, asked)).toBe(allowed);
});

test('custom resources that an operator labels are held from then on, those of Kubernetes itself are not', async () => {
  const label = (name: string, labels: object, resource: string) => ({
    kind: 'ClusterRole',
    metadata: { name, labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true', ...labels } },
    rules: [{ apiGroups: ['example.com'], resources: [resource], verbs: ['create'] }],
  });
  cluster.applyRbac([
    label('widgets', {}, 'widgets'),
    label('built-in', { 'kubernetes.io/bootstrapping': 'rbac-defaults' }, 'tokens'),
  ]);
  expect(await can('grower', 'create example.com/widgets team')).toBe(true);
  expect(await can('grower', 'create example.com/tokens team')).toBe(false);
  expect(await can('viewer', 'create example.com/widgets team')).toBe(false);
});

test('all that RBAC gives is listed, namespace by namespace', async () => {
  const rules = async (namespace: string) =>
    (await review('grower', 'selfsubjectrulesreviews', { namespace })).resourceRules;
  expect(await rules('other')).toEqual([]);
  expect(await rules('team')).toContainEqual({
    apiGroups: [''],
    resources: ['serviceaccounts'],
    verbs: ['impersonate'],
  });
});

test('a namespace that goes takes its bindings along', async () => {
  cluster.namespaces.missing('team');
  cluster.namespaces.active('team');
  expect(await can('grower', 'create apps/deployments team')).toBe(false);
  expect(cluster.rbac().filter(({ kind }) => kind === 'RoleBinding')).toEqual([]);
});
