/** The provider's own way into a cluster, needed where it edits aws-auth (GT-63). */
import { Annotations, CfnOutput, Names, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { type IRole } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { PROVIDER_GROUP, RBAC_MANIFEST } from '../access/contract';

/** What is known of a cluster that was made elsewhere. */
export interface AllowClusterOptions {
  /**
   * Whether the cluster's authentication mode is CONFIG_MAP, in which it has no access entries.
   *
   * @default - read from the cluster where it is made in this App; otherwise false
   */
  readonly configMapOnly?: boolean;
}

export function allowCluster(
  provider: Construct & { readonly role: IRole },
  cluster: eks.IClusterRef,
  options: AllowClusterOptions,
): void {
  const { clusterName } = cluster.clusterRef;
  const id = `Access${Token.isUnresolved(clusterName) ? Names.nodeUniqueId(cluster.node) : clusterName}`;
  if (provider.node.tryFindChild(id)) return;
  if (options.configMapOnly ?? readsConfigMapOnly(cluster)) {
    tellCommand(provider, id, clusterName);
    return;
  }
  // Inside the provider, so that mappings depend on it: without it their last Delete would fail (aws/aws-cdk#34897).
  new eks.CfnAccessEntry(provider, id, {
    clusterName,
    principalArn: provider.role.roleArn,
    kubernetesGroups: [PROVIDER_GROUP],
  });
}

/** CloudFormation's default for a cluster is CONFIG_MAP (GT-102); eks-v2 makes clusters of mode API. */
function readsConfigMapOnly(cluster: eks.IClusterRef): boolean {
  if (cluster instanceof eks.Cluster) {
    return (
      (cluster.authenticationMode ?? eks.AuthenticationMode.CONFIG_MAP) === eks.AuthenticationMode.CONFIG_MAP
    );
  }
  const resource = eks.CfnCluster.isCfnCluster(cluster) ? cluster : cluster.node.defaultChild;
  if (!eks.CfnCluster.isCfnCluster(resource)) return false;
  const config = resource.accessConfig;
  if (Token.isUnresolved(config)) return false;
  return (
    ((config as eks.CfnCluster.AccessConfigProperty | undefined)?.authenticationMode ?? 'CONFIG_MAP') ===
    'CONFIG_MAP'
  );
}

function tellCommand(provider: Construct & { readonly role: IRole }, id: string, clusterName: string): void {
  const command = (arn: string): string =>
    `eksctl create iamidentitymapping --cluster ${clusterName} --region ${Stack.of(provider).region} --arn ${arn} --username ${PROVIDER_GROUP} --group ${PROVIDER_GROUP}`;
  new CfnOutput(provider, id, {
    description: `Run once, after kubectl apply -f ${RBAC_MANIFEST}`,
    value: command(provider.role.roleArn),
  });
  const readable = (text: string): string => (Token.isUnresolved(text) ? 'CLUSTER' : text);
  Annotations.of(provider).addWarningV2(
    `cfn-eks-access:map-provider:${provider.node.id}:${id}`,
    `the cluster ${readable(clusterName)} reads aws-auth only, where no CloudFormation resource can let the provider in: after the deployment run kubectl apply -f ${RBAC_MANIFEST} and the command in the output ${id}`,
  );
}
