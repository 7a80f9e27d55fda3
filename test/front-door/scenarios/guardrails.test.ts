/**
 * Guardrails at the front door: what a template must not get, on Create and Update alike, and what a Delete always
 * gets. Where it says so, the EKS API asks the policy that the construct makes of the same guardrails.
 */
import { deployProvider } from '../../../local/demo/provider';
import '../../constructs/fast-synth';
import { type EksAccessGuardrails } from '../../../cdk/guardrails';
import { isAllowed, type Statement } from '../../constructs/iam';
import { constructPolicy, REGION } from '../../constructs/policies';
import { givenWorld, ROLE, roleEntry, type World } from './world';

let world: World;
afterEach(() => world.stop());

// The first synthesis loads all of CDK, which takes its time beside other test files.
beforeAll(() => void constructPolicy({}), 120_000);

/** The tags of an entry as IAM's keys: the local TagResource does not tell what is asked for. */
function resourceTagsOf(arn: string): Record<string, string> {
  const entry = world.cluster.accessEntries().find(({ accessEntryArn }) => accessEntryArn === arn);
  return Object.fromEntries(
    Object.entries(entry?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
}

/** From now on the provider may do what these guardrails make of its role, and nothing else. Returns what was denied. */
function enforceIam(guardrails: EksAccessGuardrails): string[] {
  const { aws, providerArn } = world;
  const statements = JSON.parse(
    JSON.stringify(constructPolicy(guardrails)).replaceAll(REGION, aws.iam.region),
  ) as Statement[];
  const denied: string[] = [];
  const name = providerArn.split('/').at(-1) ?? '';
  aws.controlPlane.setAuthorize((caller, action, resource, context) => {
    if (!caller.includes(`/${name}/`)) return true;
    const own = { 'aws:RequestedRegion': aws.iam.region, 'aws:PrincipalArn': providerArn };
    const tags = /tagResource$/i.test(action) ? resourceTagsOf(resource) : {};
    const allowed = isAllowed(statements, { action, resource, keys: { ...own, ...tags, ...context } });
    if (!allowed) denied.push(`${action} ${resource}`);
    return allowed;
  });
  return denied;
}

// As many as one scope takes (GT-112).
const everyLetter = [...'bcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}*`);
const inNamespaces = (PolicyArn: string, Namespaces: string[]): object => ({
  AccessPolicies: [{ PolicyArn, AccessScope: { Type: 'namespace', Namespaces } }],
});
const ofCluster = (PolicyArn: string): object => ({
  AccessPolicies: [{ PolicyArn, AccessScope: { Type: 'cluster' } }],
});
const BOSS = 'arn:aws:sts::111122223333:assumed-role/Boss/alice';

const attempts: readonly (readonly [string, object, string])[] = [
  [
    'AmazonEKSAdminPolicy in as many namespaces as there can be',
    inNamespaces('AmazonEKSAdminPolicy', everyLetter),
    'allowClusterAdmin',
  ],
  ['AmazonEKSAdminPolicy in k*', inNamespaces('AmazonEKSAdminPolicy', ['k*']), 'allowClusterAdmin'],
  [
    'AmazonEKSEditPolicy in kube-system',
    inNamespaces('AmazonEKSEditPolicy', ['kube-system']),
    'allowClusterAdmin',
  ],
  ['AmazonEKSEditPolicy for the whole cluster', ofCluster('AmazonEKSEditPolicy'), 'allowClusterAdmin'],
  [
    'AmazonEKSAdminViewPolicy for the whole cluster',
    ofCluster('AmazonEKSAdminViewPolicy'),
    'allowClusterAdmin',
  ],
  [
    'AmazonEKSAdminViewPolicy in one namespace',
    inNamespaces('AmazonEKSAdminViewPolicy', ['dev']),
    'accessPolicies',
  ],
  ['the user name of another principal', { UserName: BOSS }, 'userNames'],
  [
    'the user name of a service account',
    { UserName: 'system:serviceaccount:kube-system:x' },
    'allowClusterAdmin',
  ],
  ['system:masters', { Groups: ['system:masters'] }, 'allowClusterAdmin'],
  ['a group of EKS', { Groups: ['eks:kube-proxy-windows'] }, 'allowNodes'],
  ['a group that a session could make cfn-eks-access-x', { Groups: ['{{SessionName}}-x'] }, 'groups'],
];

/** What cannot be said there at all, and is refused for that. */
const noForm = {
  CONFIG_MAP: /AdminView|\*/,
  API: /system:serviceaccount|eks:|\{\{/,
};

describe.each(['CONFIG_MAP', 'API'] as const)('on a cluster of mode %s, by default', (mode) => {
  test.each(attempts)('%s is refused on Create and on Update', async (_, wish, key) => {
    const reason = noForm[mode].test(JSON.stringify(wish))
      ? /InvalidRequest/
      : new RegExp(
          `which this provider does not allow; its owner can allow it with ${key} in EKS_ACCESS_GUARDRAILS`,
        );
    world = await givenWorld({ mode, guardrails: {} });
    const untouched = [world.cluster.configMap(), world.cluster.accessEntries()];
    const refused = await world.send({ type: 'Create', properties: { ...roleEntry, ...wish } });
    expect(refused).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) as string });
    expect([world.cluster.configMap(), world.cluster.accessEntries()]).toEqual(untouched);

    const created = await world.send({ type: 'Create', properties: roleEntry });
    expect(created.Status).toBe('SUCCESS');
    const before = [world.cluster.configMap(), world.cluster.accessEntries()];
    const update = { type: 'Update', old: roleEntry, physicalId: created.PhysicalResourceId } as const;
    const updated = await world.send({ ...update, properties: { ...roleEntry, ...wish } });
    expect(updated.Status).toBe('FAILED');
    expect([world.cluster.configMap(), world.cluster.accessEntries()]).toEqual(before);
  });
});

test('with groups of one team alone, no user name gives the rights of another principal', async () => {
  world = await givenWorld({ mode: 'API', guardrails: { groups: ['team-*'] } });
  const properties = { ...roleEntry, UserName: BOSS, Groups: [] };
  const answer = await world.send({ type: 'Create', properties });
  expect(answer.Reason).toContain(`UserName is "${BOSS}", which this provider does not allow`);
  expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
});

test('the role that the guardrails make can create, update and delete what they allow', async () => {
  world = await givenWorld({ mode: 'API', guardrails: {} });
  const denied = enforceIam({});
  const properties = {
    ...roleEntry,
    AccessPolicies: [
      { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } },
      { PolicyArn: 'AmazonEKSEditPolicy', AccessScope: { Type: 'namespace', Namespaces: ['dev', 'team-*'] } },
    ],
  };
  const created = await world.send({ type: 'Create', properties });
  expect(created).toMatchObject({ Status: 'SUCCESS' });
  expect(world.cluster.accessEntry(ROLE)?.policies).toHaveLength(2);
  const physicalId = created.PhysicalResourceId;
  const updated = await world.send({ type: 'Update', properties: roleEntry, old: properties, physicalId });
  expect(updated).toMatchObject({ Status: 'SUCCESS' });
  expect(await world.send({ type: 'Delete', properties: roleEntry, physicalId })).toMatchObject({
    Status: 'SUCCESS',
  });
  expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
  expect(denied).toEqual([]);
});

test.each(['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'] as const)(
  'a Delete passes after the clusters were narrowed, in the function and in IAM (mode %s)',
  async (mode) => {
    world = await givenWorld({ mode, guardrails: { clusters: ['prod-*', 'my-*'] } });
    const created = await world.send({ type: 'Create', properties: roleEntry });
    expect(created.Status).toBe('SUCCESS');
    await deployProvider(world.aws, { guardrails: { clusters: ['prod-*'] } });
    const denied = enforceIam({ clusters: ['prod-*'] });
    const physicalId = created.PhysicalResourceId;
    const update = await world.send({
      type: 'Update',
      properties: { ...roleEntry, Groups: ['b'] },
      old: roleEntry,
      physicalId,
    });
    expect(update.Reason).toContain('its owner can allow it with clusters in EKS_ACCESS_GUARDRAILS');
    expect(await world.send({ type: 'Delete', properties: roleEntry, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
    expect(world.section('mapRoles')).not.toContain('lambdafoo');
    expect(denied).toEqual([]);
  },
);
