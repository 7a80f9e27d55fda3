/** The authentication mode of a cluster, as far as the App says it. */
import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';

/** Undefined where it is not known: an imported cluster, a mode that is a token. */
export function authenticationModeOf(cluster: eks.IClusterRef): string | undefined {
  // CloudFormation's default for a cluster is CONFIG_MAP (GT-102); aws-eks-v2 makes clusters of mode API.
  if (cluster instanceof eks.Cluster) return cluster.authenticationMode ?? eks.AuthenticationMode.CONFIG_MAP;
  const resource = eks.CfnCluster.isCfnCluster(cluster) ? cluster : cluster.node.defaultChild;
  if (!eks.CfnCluster.isCfnCluster(resource)) return undefined;
  const config = resource.accessConfig;
  if (Token.isUnresolved(config)) return undefined;
  const mode =
    (config as eks.CfnCluster.AccessConfigProperty | undefined)?.authenticationMode ?? 'CONFIG_MAP';
  return Token.isUnresolved(mode) ? undefined : mode;
}
