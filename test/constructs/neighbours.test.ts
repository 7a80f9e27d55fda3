/** What else is in the App, beside a mapping and a provider. */
import './fast-synth';
import { App, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EksAccessProvider, EksMapRolesEntry } from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';

function clusterIn(stack: Stack, props: Partial<eks.ClusterProps>): eks.Cluster {
  return new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_32,
    defaultCapacity: 0,
    kubectlLayer: new lambda.LayerVersion(stack, 'Kubectl', { code: lambda.Code.fromAsset(__dirname) }),
    ...props,
  });
}

function warnings(
  props: Partial<eks.ClusterProps>,
  act: (cluster: eks.Cluster) => void = () => undefined,
  withVpc = false,
): readonly string[] {
  const stack = new Stack(new App(), 'stack');
  const cluster = clusterIn(stack, props);
  const provider = new EksAccessProvider(stack, 'Provider', withVpc ? { vpc: cluster.vpc } : {});
  new EksMapRolesEntry(stack, 'Mapping', { provider, cluster, roleArn: ROLE });
  act(cluster);
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('cfn-eks-access:'))
    .map(({ id, entry }) => `${id} ${entry.data as string}`);
}

const { CONFIG_MAP, API, API_AND_CONFIG_MAP } = eks.AuthenticationMode;
const addRole = (cluster: eks.Cluster): void =>
  cluster.awsAuth.addRoleMapping(iam.Role.fromRoleArn(cluster, 'Other', `${ROLE}-2`), { groups: ['a'] });

describe('cluster.awsAuth', () => {
  test('is warned of where the mapping lives in aws-auth, also when it is used later', () => {
    expect(warnings({ authenticationMode: CONFIG_MAP }, addRole)).toEqual([
      expect.stringMatching(
        /^\/stack\/Mapping .*cluster\.awsAuth of stack\/Cluster is used as well.*\[ack: cfn-eks-access:aws-auth-manifest\]$/,
      ),
    ]);
  });

  test.each([
    ['it is not used', CONFIG_MAP, () => undefined],
    ['the mapping is an access entry', API_AND_CONFIG_MAP, addRole],
  ])('is not where %s', (_, authenticationMode, act) => {
    expect(warnings({ authenticationMode }, act)).toEqual([]);
  });
});

describe('a cluster without a public endpoint', () => {
  const endpointAccess = eks.EndpointAccess.PRIVATE;

  test('is warned of where the provider has no vpc', () => {
    expect(warnings({ authenticationMode: API_AND_CONFIG_MAP, endpointAccess })).toEqual([
      expect.stringContaining('/stack/Mapping the Kubernetes API of stack/Cluster has no public endpoint'),
    ]);
  });

  test.each([
    ['the provider has one', API_AND_CONFIG_MAP, true],
    ['the cluster does not read aws-auth', API, false],
  ])('is not where %s', (_, authenticationMode, withVpc) => {
    expect(warnings({ authenticationMode, endpointAccess }, () => undefined, withVpc)).toEqual([]);
  });
});

describe('two providers', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };

  test.each([
    ['the same known environment', env, env],
    ['the same unknown one', undefined, undefined],
  ])('of one export name in %s are refused', (_, one, other) => {
    const app = new App();
    new EksAccessProvider(new Stack(app, 'one', one ? { env: one } : {}), 'Provider');
    const second = new Stack(app, 'other', other ? { env: other } : {});
    expect(() => new EksAccessProvider(second, 'Provider')).toThrow(
      'other/Provider: one/Provider exports its service token as "EksAccessServiceToken" in the same account and Region',
    );
    expect(() => new EksAccessProvider(second, 'Named', { exportName: 'Other' })).not.toThrow();
  });

  test('in two Regions, or in two Stages of no known one, are none', () => {
    const app = new App();
    const make = (scope: App | Stage, id: string, region?: string): unknown =>
      new EksAccessProvider(new Stack(scope, id, region ? { env: { ...env, region } } : {}), 'Provider');
    expect(() => {
      make(app, 'one', 'eu-west-1');
      make(app, 'two', 'eu-west-2');
      make(new Stage(app, 'dev'), 'provider');
      make(new Stage(app, 'prod'), 'provider');
    }).not.toThrow();
  });
});
