import './fast-synth';
import { App, aws_eks as eks, aws_iam as iam, Stack, Stage } from 'aws-cdk-lib';
import { EksAccessEntry, EksAccessProvider, EksMapRolesEntry } from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const SPELT = 'arn:aws:iam::111122223333:role/App';

function given(region?: string): { readonly app: App; readonly stack: Stack } {
  const app = new App();
  return { app, stack: new Stack(app, 'stack', region === undefined ? {} : { env: { region } }) };
}

function mappings(stack: Stack): (id: string, roleArn: string, clusterName?: string) => EksMapRolesEntry {
  const provider = EksAccessProvider.fromExport(stack, 'Provider');
  return (id, roleArn, clusterName = 'prod') =>
    new EksMapRolesEntry(stack, id, { provider, clusterName, roleArn });
}

test.each([
  ['the same ARN', ROLE],
  ['another spelling of it', SPELT],
])('a second construct for one principal on one cluster is refused: %s', (_, roleArn) => {
  const map = mappings(given().stack);
  map('One', ROLE);
  expect(() => map('Two', roleArn)).toThrow(
    'stack/Two: stack/One maps the same principal on the same cluster, and one stack would undo the other: keep one of the two',
  );
});

test('of another shape, and by a role of the same App, too', () => {
  const { stack } = given();
  const provider = EksAccessProvider.fromExport(stack, 'Provider');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  const common = { provider, clusterName: 'prod', role };
  new EksMapRolesEntry(stack, 'One', common);
  expect(() => new EksAccessEntry(stack, 'Two', common)).toThrow('stack/Two: stack/One maps');
});

test('by a cluster of the App, by whatever prop it is named, too; what Stages of no known environment hold is apart', () => {
  const { app, stack } = given();
  const inStages = ['dev', 'prod'].map((id) => new Stack(new Stage(app, id), 'stack'));
  for (const each of inStages) mappings(each)('One', ROLE);
  const provider = EksAccessProvider.fromExport(stack, 'Provider');
  const cluster = new eks.CfnCluster(stack, 'Cluster', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: [] },
  });
  const session = 'arn:aws:sts::111122223333:assumed-role/app/session';
  new EksMapRolesEntry(stack, 'One', { provider, cluster, roleArn: ROLE });
  const { clusterName } = cluster.clusterRef;
  expect(() => new EksMapRolesEntry(stack, 'Two', { provider, clusterName, roleArn: session })).toThrow(
    'stack/Two: stack/One maps the same principal on the same cluster',
  );
});

test('another cluster, principal, Region or App is no conflict', () => {
  const { app, stack } = given('eu-west-1');
  const map = mappings(stack);
  map('One', ROLE);
  map('OtherCluster', ROLE, 'dev');
  map('OtherRole', `${ROLE}-2`);
  mappings(new Stack(app, 'elsewhere', { env: { region: 'eu-west-2' } }))('One', ROLE);
  expect(mappings(given('eu-west-1').stack)('One', ROLE).node.path).toBe('stack/One');
});
