/** Rights that were groups in aws-auth become access policies when the cluster moves on, and nobody is a moment without. */
import { setup } from '../rights/cluster-with-rights';
import { type Followed, given, map, mapping, role } from './followed';

let world: Followed;
afterEach(() => world.stop());

const READS = { Name: 'view' };
const WRITES = { Name: 'edit', Namespaces: ['dev'] };
const MORE = { Name: 'view-plus-custom-resources', Namespaces: ['dev'] };
const OPEN = { guardrails: { rights: ['*'], accessPolicies: ['*'] } };

async function moved(options: Parameters<typeof given>[1], properties: object): Promise<Followed> {
  world = await given('CONFIG_MAP', options);
  world.session.cluster.applyRbac(setup);
  await map(world, 'app', { M: mapping('dev', { Groups: ['team-a'], ...properties }) });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  return world;
}

const entry = () => {
  const found = world.session.cluster.accessEntry(role('dev'));
  return (
    found && {
      groups: found.kubernetesGroups,
      policies: found.policies.map(({ policyArn, namespaces }) => [
        policyArn.replace(/.*\//, ''),
        ...namespaces,
      ]),
    }
  );
};

test('each becomes the access policy that says the same, and what no policy gives stays a group', async () => {
  await moved(OPEN, { Rights: [READS, WRITES, MORE] });
  expect(world.mapRoles()).toContain('cfn-eks-access:edit:dev');
  expect(await world.run()).toContainEqual(
    expect.objectContaining({ message: 'followed the cluster', moved: 1, left: 0 }),
  );
  expect(entry()).toEqual({
    groups: ['team-a', 'cfn-eks-access:view-plus-custom-resources:dev'],
    policies: [['AmazonEKSViewPolicy'], ['AmazonEKSEditPolicy', 'dev']],
  });
  expect(world.mapRoles()).not.toContain('cfn-eks-access:');
  // Nothing left to do, and nothing that has drifted.
  const again = await world.run();
  expect(again).not.toContainEqual(expect.objectContaining({ level: 'WARN' }));
});

test('access policies that were given by groups are associated', async () => {
  await moved(OPEN, {
    AccessPolicies: [
      { PolicyArn: 'AmazonEKSEditPolicy', AccessScope: { Type: 'namespace', Namespaces: ['dev'] } },
    ],
  });
  expect(world.mapRoles()).toContain('cfn-eks-access:edit:dev');
  await world.run();
  expect(entry()).toEqual({ groups: ['team-a'], policies: [['AmazonEKSEditPolicy', 'dev']] });
});

test('the entry is made with its policies before the group is taken out of aws-auth', async () => {
  await moved(OPEN, { Rights: [WRITES] });
  const { cluster } = world.session;
  let atTakeOut: unknown;
  cluster.kubernetes.injectFault({
    match: ({ method, path }) => method === 'PUT' && path.includes('/configmaps/aws-auth'),
    before: () => void (atTakeOut = entry()),
  });
  await world.run();
  expect(atTakeOut).toEqual({ groups: ['team-a'], policies: [['AmazonEKSEditPolicy', 'dev']] });
});

test('rights that a template gives by groups alone stay groups', async () => {
  await moved(OPEN, { Rights: [READS, WRITES], Engine: 'RBAC' });
  await world.run();
  expect(entry()).toEqual({
    groups: ['team-a', 'cfn-eks-access:view', 'cfn-eks-access:edit:dev'],
    policies: [],
  });
});

test('where the guardrails refuse the policy by now, the group stays, and the run says so', async () => {
  await moved(
    { guardrails: { rights: ['*'], accessPolicies: ['AmazonEKSViewPolicy'] } },
    { Rights: [WRITES] },
  );
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('with accessPolicies in') as string }),
  );
  expect(entry()).toBeUndefined();
  expect(world.mapRoles()).toContain('cfn-eks-access:edit:dev');
});

test('a namespace that is made again has lost the bindings of its rights: a run says so, and makes none', async () => {
  await moved(OPEN, { Rights: [WRITES, MORE] });
  const { cluster } = world.session;
  const drift = async (): Promise<unknown> =>
    (await world.run())
      .filter(({ level }) => level === 'WARN')
      .map(({ message, reason }) => [message, reason]);
  const lost = (name: string): string => `no RoleBinding cfn-eks-access:${name} in namespace dev`;
  const loseBindings = (): void => {
    cluster.namespaces.missing('dev');
    cluster.namespaces.active('dev');
  };
  const told = 'drift: another tool has changed the rights of the mapping';
  loseBindings();
  const before = cluster.rbac();
  // In aws-auth, and after the move, by which an access policy gives the one that needs no binding then.
  expect(await drift()).toEqual([
    [told, [lost('edit'), lost('view-plus-custom-resources')]],
    [told, [lost('view-plus-custom-resources')]],
  ]);
  expect(cluster.rbac()).toEqual(before);
});
