/**
 * The first time that an App is synthesised, what the CDK's command line has to look up is not there yet; it looks only
 * if that synthesis succeeds. Secrets are never there: no function sees them.
 */
import './fast-synth';
import { App, aws_eks as eks, aws_iam as iam, aws_ssm as ssm, SecretValue, Stack } from 'aws-cdk-lib';
import {
  AccessPolicy,
  ClusterAuthenticationMode,
  EksAccessEntry,
  EksAccessProvider,
  EksAuthenticationMode,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  EksMapUsersEntry,
  RightName,
} from '../../cdk/index';

const env = { account: '111122223333', region: 'us-east-1' };
const ROLE = 'arn:aws:iam::111122223333:role/x';

interface Given {
  readonly stack: Stack;
  readonly provider: EksAccessProvider;
  /** What is looked up under this name. */
  readonly later: (name: string) => string;
}

/** What the App is short of after it was synthesised. */
function missingAfter(make: (given: Given) => unknown): readonly unknown[] {
  const app = new App();
  const stack = new Stack(app, 'S', { env });
  const later = (name: string): string => ssm.StringParameter.valueFromLookup(stack, name);
  const provider = new EksAccessProvider(stack, 'P', {
    permissionSets: true,
    guardrails: {
      groups: [later('/groups')],
      principalAccounts: [later('/account')],
      allowModeChange: true,
    },
    clusterRoles: { prod: { role: iam.Role.fromLookup(stack, 'Creator', { roleName: 'creator' }) } },
  });
  make({ stack, provider, later });
  return app.synth().manifest.missing ?? [];
}

const common = { clusterName: 'c', groups: ['team-a'] };

test.each<[string, (given: Given) => unknown]>([
  [
    'text of every kind',
    ({ stack, provider, later }) => {
      const clusterName = later('/cluster');
      new EksMapRolesEntry(stack, 'Role', {
        provider,
        clusterName,
        roleArn: later('/role'),
        userName: later('/user-name'),
        groups: [later('/group')],
        expiresAt: later('/end'),
        rights: [{ name: RightName.EDIT, namespaces: [later('/namespace')] }],
      });
      new EksMapUsersEntry(stack, 'User', { provider, clusterName, userArn: later('/user') });
      new EksMapAccountsEntry(stack, 'Account', { provider, clusterName, accountId: later('/account') });
      new EksAccessEntry(stack, 'Entry', {
        provider,
        clusterName,
        principalArn: later('/principal'),
        accessPolicies: [AccessPolicy.of(later('/policy'), { namespaces: [later('/namespace')] })],
      });
      new EksMapRolesEntry(stack, 'Set', { provider, ...common, permissionSet: later('/set') });
      new EksAuthenticationMode(stack, 'Mode', {
        provider,
        clusterName,
        mode: ClusterAuthenticationMode.API,
        planDigest: later('/digest'),
      });
    },
  ],
  [
    'several roles, which all look the same until then',
    ({ stack, provider }) => {
      const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'c' });
      const later = (roleName: string): iam.IRole => iam.Role.fromLookup(stack, roleName, { roleName });
      new EksMapRolesEntry(stack, 'One', { provider, ...common, role: later('one') });
      new EksMapRolesEntry(stack, 'Two', { provider, ...common, role: later('two') });
      provider.grantAccess(cluster, later('three'), { groups: ['team-a'] });
    },
  ],
  [
    'a provider that is deployed elsewhere',
    ({ stack, later }) => {
      const provider = EksAccessProvider.fromServiceToken(stack, 'Elsewhere', later('/token'), {
        roleArn: later('/provider-role'),
      });
      new EksMapRolesEntry(stack, 'Role', { provider, ...common, roleArn: ROLE });
    },
  ],
])('%s', (_, make) => {
  const missing = missingAfter(make);
  expect(missing.length).toBeGreaterThan(0);
});

test.each([
  ['of Secrets Manager', SecretValue.secretsManager('name'), /"\{\{resolve:secretsmanager:name:/],
  ['of the parameter store', SecretValue.ssmSecure('/name'), /"\{\{resolve:ssm-secure:\/name\}\}"/],
])('a secret %s is refused, because the function would get its reference', (_, secret, shown) => {
  const make = (props: { userName?: string; groups?: string[] }) => () =>
    missingAfter(
      ({ stack, provider }) =>
        new EksMapRolesEntry(stack, 'M', { provider, clusterName: 'c', roleArn: ROLE, ...props }),
    );
  expect(make({ userName: secret.unsafeUnwrap() })).toThrow(shown);
  expect(make({ groups: [`team-${secret.unsafeUnwrap()}`] })).toThrow(/groups\[0\] is .* arrived as text/);
});

test('text that says so is no secret', () => {
  const userName = SecretValue.unsafePlainText('bob').unsafeUnwrap();
  missingAfter(
    ({ stack, provider }) =>
      new EksMapRolesEntry(stack, 'M', { provider, ...common, roleArn: ROLE, userName }),
  );
});
