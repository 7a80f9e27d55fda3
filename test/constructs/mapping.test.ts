/** The four resource constructs: what they write into a template, and what they refuse. */
import './fast-synth';
import { importing } from './importing';
import { aws_eks as eks, aws_iam as iam, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import {
  AccessPolicy,
  EksAccessEntry,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  EksMapUsersEntry,
  EntryType,
  ExistingEntry,
  MappingAuthenticationMode,
} from '../../cdk/index';
import { ATTRIBUTES } from '../../access/contract';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other';
const USER = 'arn:aws:iam::111122223333:user/alice';

describe('in a template', () => {
  let template: Template;
  let mapping: EksMapRolesEntry;
  beforeAll(() => {
    const { stack, common } = importing();
    mapping = new EksMapRolesEntry(stack, 'Role', {
      ...common,
      roleArn: ROLE,
      userName: 'app:{{SessionName}}',
      groups: ['team-a'],
      entryType: EntryType.STANDARD,
      accessPolicies: [AccessPolicy.view(), AccessPolicy.edit({ namespaces: ['dev'] })],
      authenticationMode: MappingAuthenticationMode.API,
      existingEntry: ExistingEntry.ADOPT,
      expiresAt: '2026-12-31T18:00:00Z',
      waitForEffect: Duration.seconds(20),
      revision: '2',
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new EksMapUsersEntry(stack, 'User', { ...common, userArn: USER });
    new EksMapAccountsEntry(stack, 'Account', {
      ...common,
      accountId: '111122223333',
      serviceTimeout: Duration.seconds(360),
    });
    new EksAccessEntry(stack, 'Entry', {
      ...common,
      principalArn: OTHER_ROLE,
      username: 'app',
      kubernetesGroups: ['team-a'],
      accessPolicies: [AccessPolicy.of('arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy')],
      tags: { team: 'a' },
    });
    template = Template.fromStack(stack);
  });
  const common = { ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' }, ServiceTimeout: '600' };

  test('a role, with everything', () => {
    template.hasResource('Custom::EksMapRolesEntry', {
      Properties: {
        ...common,
        Cluster: 'prod',
        RoleArn: ROLE,
        UserName: 'app:{{SessionName}}',
        Groups: ['team-a'],
        Type: 'STANDARD',
        AccessPolicies: [
          { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } },
          { PolicyArn: 'AmazonEKSEditPolicy', AccessScope: { Type: 'namespace', Namespaces: ['dev'] } },
        ],
        AuthenticationMode: 'API',
        ExistingEntry: 'ADOPT',
        ExpiresAt: '2026-12-31T18:00:00Z',
        WaitForEffect: 20,
        Revision: '2',
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('a user, with what is required and nothing else', () => {
    const [resource] = Object.values(template.findResources('Custom::EksMapUsersEntry'));
    expect(resource).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { ...common, Cluster: 'prod', UserArn: USER },
    });
    expect(Object.keys((resource as { Properties: object }).Properties)).toHaveLength(4);
  });

  test('an account', () => {
    template.hasResourceProperties('Custom::EksMapAccountsEntry', {
      Cluster: 'prod',
      AccountId: '111122223333',
      ServiceTimeout: '360',
    });
  });

  test('an access entry, in the words of the native type', () => {
    template.hasResourceProperties('Custom::EksAccessEntry', {
      ...common,
      ClusterName: 'prod',
      PrincipalArn: OTHER_ROLE,
      Username: 'app',
      KubernetesGroups: ['team-a'],
      AccessPolicies: [
        {
          PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          AccessScope: { Type: 'cluster' },
        },
      ],
      Tags: [{ Key: 'team', Value: 'a' }],
    });
  });

  test('every attribute of the function has a getter', () => {
    const values = ATTRIBUTES.map((name) => mapping[`attr${name}`]);
    expect(mapping.node.scope && Stack.of(mapping).resolve([mapping.physicalId, ...values])).toEqual([
      { Ref: expect.stringMatching(/^Role/) as string },
      ...ATTRIBUTES.map((name) => ({ 'Fn::GetAtt': [expect.stringMatching(/^Role/) as string, name] })),
    ]);
  });
});

test('clusters of every kind, roles and users give their names', () => {
  const { stack, common } = importing();
  const { provider } = common;
  const l1 = new eks.CfnCluster(stack, 'L1', {
    name: 'l1',
    roleArn: ROLE,
    resourcesVpcConfig: { subnetIds: [] },
    accessConfig: { authenticationMode: 'API' },
  });
  const clusters: readonly eks.IClusterRef[] = [
    eks.Cluster.fromClusterAttributes(stack, 'V1', { clusterName: 'v1' }),
    eksV2.Cluster.fromClusterAttributes(stack, 'V2', { clusterName: 'v2' }),
    eks.CfnCluster.fromClusterName(stack, 'Name', 'named'),
    l1,
  ];
  const principals = [
    { role: iam.Role.fromRoleArn(stack, 'Role', ROLE) },
    {
      role: new iam.CfnRole(stack, 'CfnRole', {
        assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      }),
    },
    { user: iam.User.fromUserArn(stack, 'User', USER) },
    { user: new iam.CfnUser(stack, 'CfnUser') },
  ];
  clusters.forEach((cluster, index) => {
    new EksAccessEntry(stack, `Entry${index}`, { provider, cluster, ...principals[index] });
  });
  const entries = Object.values(Template.fromStack(stack).findResources('Custom::EksAccessEntry'));
  expect(entries.map(({ Properties }) => Properties as unknown)).toMatchObject([
    { ClusterName: 'v1', PrincipalArn: ROLE },
    { ClusterName: 'v2', PrincipalArn: { 'Fn::GetAtt': ['CfnRole', 'Arn'] } },
    { ClusterName: 'named', PrincipalArn: USER },
    { ClusterName: { Ref: 'L1' }, PrincipalArn: { 'Fn::GetAtt': ['CfnUser', 'Arn'] } },
  ]);
});

test.each([
  ['AmazonEKSViewPolicy', AccessPolicy.view()],
  ['AmazonEKSEditPolicy', AccessPolicy.edit()],
  ['AmazonEKSAdminPolicy', AccessPolicy.admin()],
  ['AmazonEKSAdminViewPolicy', AccessPolicy.adminView()],
  ['AmazonEKSClusterAdminPolicy', AccessPolicy.clusterAdmin()],
])('%s has a name of its own', (name, policy) => {
  expect([policy.policy, policy.accessScope]).toEqual([name, { type: 'cluster' }]);
});
