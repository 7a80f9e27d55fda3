// The App of test/real/package, as a user of the npm package writes it.
import { App, Stack, Tags, aws_eks as eks, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import {
  AccessPolicy,
  EksAccessEntry,
  EksAccessProvider,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  EksMapUsersEntry,
  EntryType,
} from 'cfn-eks-access';

const app = new App();
const home = new Stack(app, 'home');
const provider = new EksAccessProvider(home, 'Provider', {
  guardrails: { groups: ['team-*', 'viewers'], allowNodes: true },
  nodeRoles: [iam.Role.fromRoleName(home, 'Nodes', 'nodes')],
});
const stack = new Stack(app, 'user');
const cluster = new eks.CfnCluster(stack, 'Cluster', {
  name: 'prod',
  roleArn: 'arn:aws:iam::111122223333:role/eks',
  resourcesVpcConfig: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
});
provider.allowCluster(cluster);
const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
const accessPolicies = [AccessPolicy.view(), AccessPolicy.edit({ namespaces: ['dev'] })];
new EksMapRolesEntry(stack, 'Mapping', { provider, cluster, role, groups: ['team-a'], accessPolicies });
new EksMapUsersEntry(stack, 'UserMapping', {
  provider,
  cluster,
  user: new iam.User(stack, 'User'),
  groups: ['viewers'],
});
new EksMapAccountsEntry(stack, 'AccountMapping', {
  provider,
  clusterName: 'prod',
  accountId: '111122223333',
});
new EksAccessEntry(stack, 'Entry', {
  provider,
  cluster,
  principalArn: 'arn:aws:iam::111122223333:role/other',
  tags: { own: 'yes' },
});
new EksMapRolesEntry(stack, 'NodeMapping', {
  provider,
  clusterName: 'prod',
  roleArn: 'arn:aws:iam::111122223333:role/nodes',
  entryType: EntryType.EC2_LINUX,
});
const handler = new lambda.Function(stack, 'Function', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
});
provider.grantAccess(cluster, handler, {
  groups: ['team-b'],
  policies: [
    eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
      accessScopeType: eks.AccessScopeType.CLUSTER,
    }),
  ],
});
Tags.of(stack).add('team', 'a');
app.synth();
