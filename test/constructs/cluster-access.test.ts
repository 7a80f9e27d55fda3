/** The provider's own way into clusters of every kind and mode. */
import './fast-synth';
import { App, aws_eks as eks, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import { type AllowClusterOptions, EksAccessProvider, EksMapRolesEntry } from '../../cdk/index';
import { REGION, resolved } from './policies';

const providerIn = (stack: Stack): EksAccessProvider => new EksAccessProvider(stack, 'Provider');

describe('allowCluster', () => {
  const name = 'prod';
  const clusters: readonly (readonly [string, 'entry' | 'command', (stack: Stack) => eks.IClusterRef])[] = [
    ['an L1 cluster of mode API', 'entry', (stack) => l1(stack, 'API')],
    ['an L1 cluster of mode API_AND_CONFIG_MAP', 'entry', (stack) => l1(stack, 'API_AND_CONFIG_MAP')],
    ['an L1 cluster of mode CONFIG_MAP', 'command', (stack) => l1(stack, 'CONFIG_MAP')],
    ["an L1 cluster with CloudFormation's default", 'command', (stack) => l1(stack)],
    ['an imported name', 'entry', (stack) => eks.CfnCluster.fromClusterName(stack, 'Cluster', name)],
    [
      'an imported aws-eks cluster',
      'entry',
      (stack) => eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: name }),
    ],
    [
      'an imported aws-eks-v2 cluster',
      'entry',
      (stack) => eksV2.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: name }),
    ],
    [
      'an aws-eks-v2 cluster',
      'entry',
      (stack) =>
        new eksV2.Cluster(stack, 'Cluster', {
          version: eksV2.KubernetesVersion.V1_33,
          defaultCapacityType: eksV2.DefaultCapacityType.NODEGROUP,
          defaultCapacity: 0,
        }),
    ],
  ];

  test.each(clusters)('of %s: %s', (_, outcome, clusterOf) => {
    const stack = new Stack(new App(), 'stack');
    const provider = providerIn(stack);
    const cluster = clusterOf(stack);
    const existing = countEntries(stack);
    provider.allowCluster(cluster);
    provider.allowCluster(cluster);
    expect(countEntries(stack) - existing).toBe(outcome === 'entry' ? 1 : 0);
    const warnings = Annotations.fromStack(stack).findWarning(
      '*',
      Match.stringLikeRegexp('reads aws-auth only'),
    );
    expect(warnings).toHaveLength(outcome === 'command' ? 1 : 0);
  });

  test('gives the group that provider-rbac.yaml binds, or the command to run', () => {
    const stack = new Stack(new App(), 'stack');
    const provider = providerIn(stack);
    provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'A', 'a'));
    provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'B', 'b'), { configMapOnly: true });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: 'a',
      KubernetesGroups: ['cfn-eks-access'],
      PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderRole'), 'Arn'] },
    });
    const outputs = JSON.stringify(template.toJSON().Outputs);
    expect(outputs).toContain('eksctl create iamidentitymapping --cluster b --region ');
    expect(outputs).toContain('--username cfn-eks-access --group cfn-eks-access');
  });

  test('with awsAuth "policy" the entry has AmazonEKSEditPolicy in kube-system, and by default no policy', () => {
    const stack = new Stack(new App(), 'stack');
    const provider = providerIn(stack);
    provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'A', 'a'), { awsAuth: 'policy' });
    provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'B', 'b'));
    provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'C', 'c'), { awsAuth: 'rbac' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: 'a',
      KubernetesGroups: ['cfn-eks-access'],
      AccessPolicies: [
        {
          PolicyArn: {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSEditPolicy'],
            ],
          },
          AccessScope: { Type: 'namespace', Namespaces: ['kube-system'] },
        },
      ],
    });
    for (const ClusterName of ['b', 'c'])
      template.hasResourceProperties('AWS::EKS::AccessEntry', {
        ClusterName,
        AccessPolicies: Match.absent(),
      });
  });

  test('of a cluster in another stack that reads aws-auth only: the command is there, and refers to nothing', () => {
    const app = new App();
    const [one, other] = [new Stack(app, 'one'), new Stack(app, 'other')];
    const cluster = l1(other, 'CONFIG_MAP');
    const provider = new EksAccessProvider(one, 'Provider', {
      exportName: 'Mine',
      environment: { ENDPOINT: cluster.attrEndpoint },
    });
    provider.allowCluster(cluster);
    provider.allowCluster(cluster);
    expect(Object.keys((Template.fromStack(one).toJSON()['Outputs'] ?? {}) as object).sort()).toEqual([
      expect.stringMatching('^ProviderRoleArn') as unknown,
      expect.stringMatching('^ProviderServiceToken') as unknown,
      expect.stringMatching('^ProviderUndelivered') as unknown,
    ]);
    const outputs = Template.fromStack(other).toJSON()['Outputs'] as Record<string, { Value: unknown }>;
    const query = `"Exports[?Name=='Mine-RoleArn'].Value"`;
    expect(Object.values(outputs).map(({ Value }) => resolved(Value))).toEqual([
      `eksctl create iamidentitymapping --cluster Cluster --region ${REGION} --arn "$(aws cloudformation list-exports --region ${REGION} --query ${query} --output text)" --username cfn-eks-access --group cfn-eks-access`,
      expect.any(String),
    ]);
  });

  test.each([
    [
      'an L1 cluster',
      (stack: Stack) => l1(stack, 'API_AND_CONFIG_MAP'),
      (cluster: eks.IClusterRef) => (cluster as eks.CfnCluster).ref,
    ],
    [
      'an aws-eks-v2 cluster',
      (stack: Stack) =>
        new eksV2.Cluster(stack, 'Cluster', {
          version: eksV2.KubernetesVersion.V1_33,
          defaultCapacityType: eksV2.DefaultCapacityType.NODEGROUP,
          defaultCapacity: 0,
        }),
      (cluster: eks.IClusterRef) => (cluster as eksV2.Cluster).clusterName,
    ],
  ] as const)('a mapping that has only the name of %s comes after the entry', (_what, clusterOf, nameOf) => {
    const app = new App();
    const stack = new Stack(app, 'cluster');
    const cluster = clusterOf(stack);
    const provider = providerIn(new Stack(app, 'provider'));
    new EksMapRolesEntry(stack, 'Mapping', {
      provider,
      clusterName: nameOf(cluster),
      roleArn: 'arn:aws:iam::111122223333:role/a',
    });
    provider.allowCluster(cluster);
    Template.fromStack(stack).hasResource('Custom::EksMapRolesEntry', {
      DependsOn: [Match.stringLikeRegexp('^ClusterEksAccessproviderProvider')],
    });
  });

  describe('refuses', () => {
    const environments = [
      [
        { region: 'us-east-1' },
        'the provider is in eu-west-1 and the stack of the cluster in us-east-1: a provider serves the clusters of its own Region only, deploy a provider in us-east-1',
      ],
      [
        { account: '444455556666' },
        'the provider is in account 111122223333 and the stack of the cluster in 444455556666: a provider serves the clusters of its own account only, deploy a provider in 444455556666',
      ],
    ] as const;

    test.each(environments)('a cluster of another environment: %j', (other, sentence) => {
      const app = new App();
      const env = { account: '111122223333', region: 'eu-west-1' };
      const provider = providerIn(new Stack(app, 'one', { env }));
      const cluster = l1(new Stack(app, 'other', { env: { ...env, ...other } }), 'API');
      expect(() => provider.allowCluster(cluster)).toThrow(
        `one/Provider: allowCluster of CLUSTER: ${sentence}`,
      );
    });

    const requests: readonly (readonly [AllowClusterOptions, string, string])[] = [
      [{ awsAuth: 'Policy' }, 'API_AND_CONFIG_MAP', 'awsAuth is "Policy": give rbac or policy'],
      [{ awsAuth: 'policy' }, 'CONFIG_MAP', 'a cluster of mode CONFIG_MAP has no access entries'],
      [{ awsAuth: 'policy', configMapOnly: true }, 'API_AND_CONFIG_MAP', 'has no access entries'],
      [{ awsAuth: 'policy' }, 'API', 'a cluster of mode API does not read aws-auth: leave awsAuth out'],
    ];

    test.each(requests)('%j of a cluster of mode %s', (options, mode, sentence) => {
      const stack = new Stack(new App(), 'stack');
      const provider = providerIn(stack);
      expect(() => provider.allowCluster(l1(stack, mode), options)).toThrow(sentence);
      expect(countEntries(stack)).toBe(0);
    });

    test('a second call that asks for something else', () => {
      const stack = new Stack(new App(), 'stack');
      const provider = providerIn(stack);
      const cluster = l1(stack, 'API_AND_CONFIG_MAP');
      provider.allowCluster(cluster, { awsAuth: 'policy' });
      expect(() => provider.allowCluster(cluster)).toThrow(
        'it was called before with awsAuth "policy", and now with "rbac": give one of the two',
      );
    });
  });

  function l1(stack: Stack, authenticationMode?: string): eks.CfnCluster {
    return new eks.CfnCluster(stack, 'Cluster', {
      roleArn: 'arn:aws:iam::111122223333:role/cluster',
      resourcesVpcConfig: { subnetIds: [] },
      ...(authenticationMode ? { accessConfig: { authenticationMode } } : {}),
    });
  }

  function countEntries(stack: Stack): number {
    return stack.node.findAll().filter((child) => eks.CfnAccessEntry.isCfnAccessEntry(child)).length;
  }
});
