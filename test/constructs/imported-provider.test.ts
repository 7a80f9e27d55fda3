/** Providers that were deployed elsewhere: what is known of them, and what they can do. */
import './fast-synth';
import { App, aws_eks as eks, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EksAccessProvider } from '../../cdk/index';

const TOKEN = 'arn:aws:lambda:us-east-1:111122223333:function:provider';
const ROLE = 'arn:aws:iam::111122223333:role/with/path/provider';

const stackOf = (): Stack => new Stack(new App(), 'stack');

test.each([
  [undefined, 'EksAccessServiceToken-RoleArn'],
  ['Mine', 'Mine-RoleArn'],
])('fromExport of %s imports the role under %s, where it is used', (exportName, roleExport) => {
  const stack = stackOf();
  const provider = EksAccessProvider.fromExport(stack, 'Provider', exportName);
  expect(stack.resolve(provider.roleArn)).toEqual({ 'Fn::ImportValue': roleExport });
  expect(provider.role.roleArn).toBe(provider.roleArn);
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('ImportValue');
});

test('fromServiceToken knows the role that it is told', () => {
  const stack = stackOf();
  const provider = EksAccessProvider.fromServiceToken(stack, 'Provider', TOKEN, { roleArn: ROLE });
  provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'Cluster', 'prod'));
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::AccessEntry', {
    ClusterName: 'prod',
    PrincipalArn: ROLE,
  });
});

test('the command for a cluster that reads aws-auth only names the role', () => {
  const stack = stackOf();
  const provider = EksAccessProvider.fromServiceToken(stack, 'Provider', TOKEN, { roleArn: ROLE });
  const cluster = eks.CfnCluster.fromClusterName(new Stack(stack.node.root, 'other'), 'Cluster', 'prod');
  provider.allowCluster(cluster, { configMapOnly: true });
  expect(JSON.stringify(Template.fromStack(Stack.of(cluster)).toJSON()['Outputs'])).toContain(
    ` --arn ${ROLE} `,
  );
});

test.each([
  ['role', (provider: ReturnType<typeof EksAccessProvider.fromServiceToken>) => provider.role],
  ['roleArn', (provider: ReturnType<typeof EksAccessProvider.fromServiceToken>) => provider.roleArn],
  [
    'allowCluster',
    (provider: ReturnType<typeof EksAccessProvider.fromServiceToken>) =>
      provider.allowCluster(eks.CfnCluster.fromClusterName(provider.stack, 'Cluster', 'prod')),
  ],
])('without the role, %s says how to give it', (_name, use) => {
  const provider = EksAccessProvider.fromServiceToken(stackOf(), 'Provider', TOKEN);
  expect(() => use(provider)).toThrow(
    'stack/Provider: the role of this provider is not known here: give roleArn to EksAccessProvider.fromServiceToken, or use EksAccessProvider.fromExport',
  );
});

test.each(['provider', 'arn:aws:sts::111122223333:assumed-role/provider/x', TOKEN])(
  'the role ARN %s is refused',
  (roleArn) => {
    expect(() => EksAccessProvider.fromServiceToken(stackOf(), 'Provider', TOKEN, { roleArn })).toThrow(
      `roleArn is "${roleArn}": it must be the ARN of the provider's execution role`,
    );
  },
);

test('fromExport takes no name that no export can have', () => {
  expect(() => EksAccessProvider.fromExport(stackOf(), 'Provider', 'My Export')).toThrow(
    'exportName is "My Export": the name of an export has letters, digits, colons and hyphens',
  );
});
