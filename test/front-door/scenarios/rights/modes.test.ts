/** One template, the same rights in every authentication mode, and nothing left of them after the Delete. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type World } from '../world';
import { access, asking, bindings, givenRights } from './cluster-with-rights';

let world: World | undefined;
afterEach(() => world?.stop());

const RIGHTS = [{ Name: 'view' }, { Name: 'edit-plus-custom-resources', Namespaces: ['dev', 'test'] }];
const IN_DEV = 'cfn-eks-access:edit-plus-custom-resources:dev';
const IN_TEST = 'cfn-eks-access:edit-plus-custom-resources:test';
const MODES: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

test.each(MODES)('a developer’s rights on a cluster of mode %s, from Create to Delete', async (mode) => {
  world = await givenRights({ mode });
  const before = world.cluster.configMap()?.data;
  const properties = asking({ Groups: ['team-a'], Rights: RIGHTS });
  const created = await world.send({ type: 'Create', properties });
  expect(created).toMatchObject({ Status: 'SUCCESS' });
  const isEntry = mode !== 'CONFIG_MAP';
  expect(access(world)).toEqual({
    groups: ['team-a', ...(isEntry ? [] : ['cfn-eks-access:view']), IN_DEV, IN_TEST],
    policies: isEntry ? [['AmazonEKSViewPolicy']] : [],
  });
  expect(bindings(world)).toEqual({
    'dev/cfn-eks-access:edit-plus-custom-resources': [IN_DEV],
    'test/cfn-eks-access:edit-plus-custom-resources': [IN_TEST],
  });

  const less = asking({
    Groups: ['team-a'],
    Rights: [{ Name: 'edit-plus-custom-resources', Namespaces: ['dev'] }],
  });
  const physicalId = created.PhysicalResourceId;
  const update = { type: 'Update', properties: less, old: properties, physicalId } as const;
  expect(await world.send(update)).toMatchObject({ Status: 'SUCCESS' });
  expect(access(world)).toEqual({ groups: ['team-a', IN_DEV], policies: [] });

  expect(await world.send({ type: 'Delete', properties: less, physicalId })).toMatchObject({
    Status: 'SUCCESS',
  });
  expect(access(world)).toEqual({ groups: [], policies: [] });
  expect(world.cluster.configMap()?.data).toEqual(before);
  // What is left binds groups that nobody has.
  expect(Object.values(bindings(world))).toEqual([[IN_DEV], [IN_TEST]]);
});

test.each(MODES)('Engine RBAC gives by groups what a policy could give, in mode %s', async (mode) => {
  world = await givenRights({ mode });
  const properties = asking({
    Engine: 'RBAC',
    Rights: [{ Name: 'view' }, { Name: 'admin', Namespaces: ['dev'] }],
  });
  expect(await world.send({ type: 'Create', properties })).toMatchObject({
    Status: 'SUCCESS',
    Data: { Groups: 'cfn-eks-access:view,cfn-eks-access:admin:dev' },
  });
  expect(access(world)).toEqual({
    groups: ['cfn-eks-access:view', 'cfn-eks-access:admin:dev'],
    policies: [],
  });
  expect(bindings(world)).toEqual({ 'dev/cfn-eks-access:admin': ['cfn-eks-access:admin:dev'] });
});

test('what policies give needs neither setup nor Kubernetes', async () => {
  world = await givenRights({ mode: 'API', rights: false });
  const properties = asking({ Rights: [{ Name: 'edit', Namespaces: ['dev'] }] });
  expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
  expect(access(world)).toEqual({ groups: [], policies: [['AmazonEKSEditPolicy', 'dev']] });
  expect(bindings(world)).toEqual({});
});

test('access policies on a CONFIG_MAP cluster are the rights of the same rules', async () => {
  world = await givenRights();
  const scope = { Type: 'namespace', Namespaces: ['dev'] };
  const properties = asking({
    AccessPolicies: [
      { PolicyArn: 'AmazonEKSEditPolicy', AccessScope: scope },
      {
        PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
        AccessScope: { Type: 'cluster' },
      },
    ],
  });
  expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
  expect(access(world)).toEqual({ groups: ['cfn-eks-access:edit:dev', 'cfn-eks-access:view'], policies: [] });
  expect(bindings(world)).toEqual({ 'dev/cfn-eks-access:edit': ['cfn-eks-access:edit:dev'] });
});

test('an Update after the cluster has moved on associates the policies, and takes the groups away', async () => {
  world = await givenRights();
  const properties = asking({ Rights: [{ Name: 'view' }, { Name: 'edit', Namespaces: ['dev'] }] });
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties });
  world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const { cluster } = world;
  let atTakeOut: unknown;
  cluster.kubernetes.injectFault({
    match: ({ method, path }) => method === 'PUT' && path.endsWith('/configmaps/aws-auth'),
    before: () => void (atTakeOut = world && access(world)),
  });
  const changed = { ...properties, Revision: '2' };
  const update = { type: 'Update', properties: changed, old: properties, physicalId } as const;
  expect(await world.send(update)).toMatchObject({ Status: 'SUCCESS' });
  const moved = { groups: [], policies: [['AmazonEKSViewPolicy'], ['AmazonEKSEditPolicy', 'dev']] };
  expect(access(world)).toEqual(moved);
  // First the policies, then the groups go.
  expect(atTakeOut).toEqual(moved);
  expect(world.section('mapRoles')).not.toContain('cfn-eks-access:');
});
