/** Bad input and bad surroundings: one clear sentence in the Reason, and nothing changed (CR-50). */
import { type AuthenticationMode } from '../../../access/desired-access';
import {
  givenWorld,
  NODES,
  PROVIDER,
  ROLE,
  roleEntry,
  type Sent,
  type Surroundings,
  type World,
} from './world';

let world: World | undefined;
afterEach(() => world?.stop());

interface Refusal {
  readonly about: string;
  readonly reason: RegExp;
  readonly given?: Surroundings;
  readonly sent?: Partial<Sent>;
  readonly prepare?: (world: World) => void;
}

const properties = (changes: Record<string, unknown>): Partial<Sent> => ({
  properties: { ...roleEntry, ...changes },
});
const policies = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    PolicyArn: `Policy${index}`,
    AccessScope: { Type: 'cluster' },
  }));
const strict: Surroundings = { guardrails: {} };

const refusals: readonly Refusal[] = [
  {
    about: 'an unknown property',
    sent: properties({ Grops: ['x'] }),
    reason: /unknown property "Grops".*did you mean Groups/,
  },
  {
    about: 'an unknown resource type',
    sent: { resourceType: 'Custom::EksMapRoleEntry' },
    reason: /"Custom::EksMapRoleEntry" is not one of this provider's/,
  },
  {
    about: 'a role in UserArn',
    sent: { resourceType: 'Custom::EksMapUsersEntry', properties: { Cluster: 'my-cluster', UserArn: ROLE } },
    reason: /UserArn is .*Custom::EksMapRolesEntry/,
  },
  {
    about: 'a group ARN',
    sent: properties({ RoleArn: 'arn:aws:iam::111122223333:group/admins' }),
    reason: /RoleArn is .*IAM groups cannot log in/,
  },
  {
    about: 'an instance profile',
    sent: properties({ RoleArn: 'arn:aws:iam::111122223333:instance-profile/x' }),
    reason: /RoleArn is .*role inside the instance profile/,
  },
  {
    about: 'an sts ARN of another shape',
    sent: properties({ RoleArn: 'arn:aws:sts::111122223333:federated-user/x' }),
    reason: /RoleArn is .*federated users/,
  },
  {
    about: 'a wildcard',
    sent: properties({ RoleArn: 'arn:aws:iam::111122223333:role/*' }),
    reason: /RoleArn is .*wildcards/,
  },
  { about: 'an empty user name', sent: properties({ UserName: '' }), reason: /UserName is empty/ },
  { about: 'an empty group', sent: properties({ Groups: [''] }), reason: /Groups\[0\] is empty/ },
  {
    about: 'a control character',
    sent: properties({ UserName: 'a\u0007' }),
    reason: /UserName is .*control character/,
  },
  {
    about: 'groups as one string',
    sent: properties({ Groups: 'system:masters' }),
    reason: /Groups is "system:masters" and must be a list/,
  },
  {
    about: '101 policies',
    sent: properties({ AccessPolicies: policies(101) }),
    given: { mode: 'API' },
    reason: /AccessPolicies has 101 items/,
  },
  {
    about: 'policies on a CONFIG_MAP cluster',
    sent: properties({ AccessPolicies: policies(1) }),
    reason: /AccessPolicies/,
  },
  {
    about: 'an unknown cluster',
    sent: properties({ Cluster: 'other' }),
    reason: /there is no cluster "other" in account 111122223333, region us-east-1/,
  },
  {
    about: 'a user name that no access entry can have',
    sent: properties({ UserName: 'eks:foo' }),
    given: { mode: 'API' },
    reason: /UserName.*eks:/,
  },
  {
    about: 'a template without colon before it',
    sent: properties({ UserName: 'john{{SessionName}}' }),
    given: { mode: 'API' },
    reason: /UserName.*colon/,
  },
  {
    about: 'a section that does not parse',
    given: { mode: 'API_AND_CONFIG_MAP', awsAuth: { mapRoles: '- rolearn: a\n  username: b\n c: d\n' } },
    sent: properties({ AuthenticationMode: 'CONFIG_MAP' }),
    reason: /mapRoles .*line 3, column \d+.*nothing was changed/,
  },
  {
    about: 'attributes that do not fit the answer',
    sent: properties({ Groups: Array.from({ length: 60 }, (_, index) => `team-${index}-${'x'.repeat(80)}`) }),
    reason: /may have 4096: shorten UserName or Groups/,
  },
  {
    about: 'no rights in the cluster',
    given: { rights: false, timeoutSeconds: 4 },
    reason: /samples\/provider-rbac\.yaml/,
  },
  {
    about: 'a provider without a mapping',
    given: { awsAuth: { mapRoles: NODES }, timeoutSeconds: 4 },
    reason: /does not know the provider's own role.*samples\/provider-rbac\.yaml/,
  },
  {
    about: 'a cluster that is being made',
    given: { timeoutSeconds: 3 },
    prepare: ({ cluster }) => cluster.setStatus('CREATING'),
    reason: /is CREATING/,
  },
  {
    about: 'a denied EKS call',
    given: { timeoutSeconds: 4 },
    prepare: ({ aws }) => aws.controlPlane.setAuthorize(() => false),
    reason: /AccessDenied.*eks:DescribeCluster/,
  },
  {
    about: 'an entry of another owner',
    given: {
      awsAuth: {
        mapRoles: `${NODES + PROVIDER}- rolearn: arn:aws:iam::111122223333:role/foo\n  username: x\n`,
      },
    },
    reason: /AlreadyExists.*already mapped.*ExistingEntry/,
  },
  {
    about: 'an annotation that another tool broke',
    given: { annotations: { 'cfn-eks-access/owners': '{' } },
    reason: /annotation cfn-eks-access\/owners/,
  },
  {
    about: 'an immutable ConfigMap',
    prepare: ({ cluster }) => void cluster.writeConfigMap((current) => ({ ...current, immutable: true })),
    reason: /immutable/,
  },
  {
    about: 'the group of the provider itself',
    sent: properties({ Groups: ['cfn-eks-access'] }),
    reason: /cfn-eks-access.*provider/,
  },
  {
    about: 'the group of the provider itself in an access entry',
    given: { mode: 'API' },
    sent: properties({ Groups: ['cfn-eks-access'] }),
    reason: /cfn-eks-access.*provider/,
  },
  {
    about: 'a group that a session name could turn into the provider’s',
    given: strict,
    sent: properties({ Groups: ['{{SessionName}}'] }),
    reason: /allowClusterAdmin/,
  },
  {
    about: 'system:masters under the default guardrails',
    given: strict,
    sent: properties({ Groups: ['system:masters'] }),
    reason: /allowClusterAdmin/,
  },
  {
    about: 'the cluster-admin policy under the default guardrails',
    given: { ...strict, mode: 'API' },
    sent: properties({
      AccessPolicies: [{ PolicyArn: 'AmazonEKSClusterAdminPolicy', AccessScope: { Type: 'cluster' } }],
    }),
    reason: /allowClusterAdmin/,
  },
  {
    about: 'a node type under the default guardrails',
    given: strict,
    sent: { properties: { Cluster: 'my-cluster', RoleArn: ROLE, Type: 'EC2_LINUX' } },
    reason: /allowNodes/,
  },
  {
    about: 'another account under the default guardrails',
    given: strict,
    sent: properties({ RoleArn: 'arn:aws:iam::444455556666:role/foo' }),
    reason: /principalAccounts/,
  },
  {
    about: 'guardrails with an unknown key',
    given: { environment: { EKS_ACCESS_GUARDRAILS: '{"cluster":["x"]}' } },
    reason: /EKS_ACCESS_GUARDRAILS.*"cluster"/,
  },
  {
    about: 'a stack of another account',
    sent: {
      tamper: (event) =>
        void (event['StackId'] = String(event['StackId']).replace('111122223333', '444455556666')),
    },
    reason: /account 444455556666/,
  },
];

test.each(refusals.map((refusal) => [refusal.about, refusal] as const))(
  '%s',
  async (_, { given, sent, prepare, reason }) => {
    world = await givenWorld(given);
    prepare?.(world);
    const before = [world.cluster.configMap(), world.cluster.accessEntries()];
    const answer = await world.send({ type: 'Create', properties: roleEntry, ...sent });
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(reason);
    expect(answer.Reason).toMatch(/\(log group \/aws\/lambda\/eks-access-provider, stream .*, request .*\)$/);
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect([world.cluster.configMap(), world.cluster.accessEntries()]).toEqual(before);

    // CloudFormation sends the Delete of what failed; it must succeed without a look at anything.
    const requests = world.aws.controlPlane.eks.requests.length;
    const deleted = await world.send({
      type: 'Delete',
      properties: roleEntry,
      ...sent,
      physicalId: answer.PhysicalResourceId,
      tamper: () => undefined,
    });
    expect(deleted).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: answer.PhysicalResourceId });
    expect(world.aws.controlPlane.eks.requests.length).toBe(requests);
  },
);

describe('a Delete is never refused for what the properties ask', () => {
  test.each<[string, Partial<Sent>]>([
    ['properties of an older provider', properties({ Colour: 'red' })],
    ['a group that is no longer allowed', properties({ Groups: ['system:masters'] })],
    ['broken guardrails', {}],
  ])('%s', async (about, sent) => {
    world = await givenWorld(
      about === 'broken guardrails' ? { environment: { EKS_ACCESS_GUARDRAILS: '{' } } : { guardrails: {} },
    );
    const answer = await world.send({
      type: 'Delete',
      properties: roleEntry,
      ...sent,
      physicalId: `role|my-cluster|${ROLE.replace('service/', '')}`,
    });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each<[string, AuthenticationMode]>([
    ['my-stack-LambdaKubeUser-1ABC', 'CONFIG_MAP'],
    ['2026/11/22/[$LATEST]0123456789abcdef', 'API_AND_CONFIG_MAP'],
    ['7c1e2f7a-3b1d-4c58-9d3f-2f1f0f0e0d0c', 'API'],
  ])('an id that is not ours (%s) removes nothing that is not ours', async (physicalId, mode) => {
    const theirs = `${NODES + PROVIDER}- rolearn: arn:aws:iam::111122223333:role/foo\n  username: lambdafoo\n  groups: [team-a]\n`;
    world = await givenWorld({ mode, awsAuth: { mapRoles: theirs } });
    if (mode !== 'CONFIG_MAP')
      world.cluster.putAccessEntry({
        principalArn: ROLE,
        username: 'lambdafoo',
        kubernetesGroups: ['team-a'],
      });
    expect(await world.send({ type: 'Delete', properties: roleEntry, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(world.section('mapRoles')).toBe(theirs);
    if (mode !== 'CONFIG_MAP') expect(world.cluster.accessEntry(ROLE)).toBeDefined();
  });

  test('the cluster is gone', async () => {
    world = await givenWorld();
    const gone = { ...roleEntry, Cluster: 'gone' };
    expect(
      await world.send({
        type: 'Delete',
        properties: gone,
        physicalId: 'role|gone|arn:aws:iam::111122223333:role/foo',
      }),
    ).toMatchObject({ Status: 'SUCCESS' });
  });
});
