import './fast-synth';
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
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

test('another cluster, principal, Region or App is no conflict', () => {
  const { app, stack } = given('eu-west-1');
  const map = mappings(stack);
  map('One', ROLE);
  map('OtherCluster', ROLE, 'dev');
  map('OtherRole', `${ROLE}-2`);
  mappings(new Stack(app, 'elsewhere', { env: { region: 'eu-west-2' } }))('One', ROLE);
  expect(mappings(given('eu-west-1').stack)('One', ROLE).node.path).toBe('stack/One');
});
