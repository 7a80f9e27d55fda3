/** The provider's own way into clusters of every kind and mode. */
import './fast-synth';
import { App, aws_eks as eks, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import { EksAccessProvider } from '../../cdk/index';

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
