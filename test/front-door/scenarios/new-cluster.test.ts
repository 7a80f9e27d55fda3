/**
 * One template makes a cluster, maps its node role and an administrator, gives developers a named right, and nobody runs
 * kubectl: the provider, deployed from the plain template, reaches the cluster as the role by which CloudFormation made it.
 */
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type LocalAws } from '../../../local/aws/local-aws';
import { deployPlainProvider, startAws } from './plain-provider';
import { failuresOf } from './whole-stacks';

const NODE = 'arn:aws:iam::111122223333:role/new-nodes';
const ADMIN = 'arn:aws:iam::111122223333:role/new-admin';
const DEVELOPER = 'arn:aws:iam::111122223333:role/new-developer';

let aws: LocalAws;
let deployer: string;
beforeEach(async () => {
  aws = await startAws();
  // Who makes the clusters of the local CloudFormation.
  deployer = aws.iam.roleArn('cloudformation-execution');
});
afterEach(() => aws.stop());

function role(): object {
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ec2.amazonaws.com' },
  };
  return { AssumeRolePolicyDocument: { Statement: [statement] } };
}

function create(mode: string): Promise<Stack> {
  const mapping = (more: object, after: object = {}): object => ({
    Type: 'Custom::EksMapRolesEntry',
    ...after,
    Properties: {
      ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
      ServiceTimeout: 600,
      Cluster: { Ref: 'Cluster' },
      ...more,
    },
  });
  const named = (RoleName: string): object => ({
    Type: 'AWS::IAM::Role',
    Properties: { RoleName, ...role() },
  });
  return aws.cloudformation.createStack({
    name: 'app',
    capabilities: ['CAPABILITY_NAMED_IAM'],
    template: JSON.stringify({
      Resources: {
        ClusterRole: named('new-cluster'),
        NodeRole: named('new-nodes'),
        AdminRole: named('new-admin'),
        DeveloperRole: named('new-developer'),
        Cluster: {
          Type: 'AWS::EKS::Cluster',
          Properties: {
            Name: 'new',
            RoleArn: { 'Fn::GetAtt': ['ClusterRole', 'Arn'] },
            ResourcesVpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
            AccessConfig: { AuthenticationMode: mode },
          },
        },
        Nodes: mapping({
          RoleArn: { 'Fn::GetAtt': ['NodeRole', 'Arn'] },
          UserName: 'system:node:{{EC2PrivateDNSName}}',
          Groups: ['system:bootstrappers', 'system:nodes'],
        }),
        Admin: mapping(
          {
            RoleArn: { 'Fn::GetAtt': ['AdminRole', 'Arn'] },
            UserName: 'admin:{{SessionName}}',
            Groups: ['system:masters'],
          },
          { DependsOn: 'Nodes' },
        ),
        Developers: mapping(
          {
            RoleArn: { 'Fn::GetAtt': ['DeveloperRole', 'Arn'] },
            UserName: 'developer:{{SessionName}}',
            Rights: [{ Name: 'edit-plus-custom-resources', Namespaces: ['default'] }],
          },
          { DependsOn: 'Nodes' },
        ),
      },
    }),
  });
}

const reached = {
  ClusterRoleClusters: 'new',
  ClusterRoleExternalIds: 'fleet-1',
  SetUpRights: 'true',
  Rights: 'edit-plus-custom-resources@*',
};

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'])('mode %s: made and deleted', async (mode) => {
  const trust = await deployPlainProvider(aws, { ...reached, ClusterRoleArns: deployer });
  aws.iam.addPrincipal(deployer, { Version: '2012-10-17', Statement: [JSON.parse(trust ?? '')] });
  const created = await create(mode);
  expect([created.status, failuresOf(created)]).toEqual(['CREATE_COMPLETE', '']);
  const cluster = aws.controlPlane.cluster('new');
  expect(cluster.loginAs(NODE, 'i-0123456789abcdef0')?.groups).toContain('system:nodes');
  expect(cluster.loginAs(ADMIN, 'jo')).toBeDefined();
  const group = 'cfn-eks-access:edit-plus-custom-resources:default';
  expect(cluster.loginAs(DEVELOPER, 'jo')?.groups).toContain(group);
  expect(cluster.rbac()).toContainEqual(
    expect.objectContaining({
      kind: 'RoleBinding',
      subjects: [expect.objectContaining({ kind: 'Group', name: group })],
    }),
  );
  const deleted = await aws.cloudformation.deleteStack({ name: 'app' });
  expect([deleted.status, failuresOf(deleted)]).toEqual(['DELETE_COMPLETE', '']);
  expect(aws.controlPlane.clusters()).toEqual([]);
});

test('without the trust the stack says what to paste, and rolls back to nothing', async () => {
  const trust = await deployPlainProvider(aws, { ...reached, ClusterRoleArns: deployer });
  aws.iam.addPrincipal(deployer, { Version: '2012-10-17', Statement: [] });
  const created = await create('CONFIG_MAP');
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  const principal = (JSON.parse(trust ?? '') as { readonly Principal: { readonly AWS: string } }).Principal
    .AWS;
  expect(failuresOf(created)).toContain(`could not assume ${deployer}`);
  expect(failuresOf(created)).toContain(`{"Effect":"Allow","Principal":{"AWS":"${principal}"}`);
  expect(aws.controlPlane.clusters()).toEqual([]);
});

test('without cluster roles nothing is printed', async () => {
  expect(await deployPlainProvider(aws, {})).toBeUndefined();
});
