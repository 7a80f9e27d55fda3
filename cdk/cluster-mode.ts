/** What the App says of a cluster. */
import { CfnResource, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';

/** Its authentication mode; undefined where it is not known: an imported cluster, a mode that is a token. */
export function authenticationModeOf(cluster: eks.IClusterRef): string | undefined {
  // CloudFormation's default for a cluster is CONFIG_MAP (GT-102); aws-eks-v2 makes clusters of mode API.
  if (cluster instanceof eks.Cluster) return cluster.authenticationMode ?? eks.AuthenticationMode.CONFIG_MAP;
  const resource = resourceOf(cluster);
  if (resource === undefined) return undefined;
  const config = resource.accessConfig;
  if (Token.isUnresolved(config)) return undefined;
  const mode =
    (config as eks.CfnCluster.AccessConfigProperty | undefined)?.authenticationMode ?? 'CONFIG_MAP';
  return Token.isUnresolved(mode) ? undefined : mode;
}

/** Whether it is known that its Kubernetes API has no public endpoint. */
export function isPrivate(cluster: eks.IClusterRef): boolean {
  // Constructs of both modules keep it to themselves; of one that does not, nothing is known.
  const { endpointAccess } = cluster as { readonly endpointAccess?: { readonly _config?: Endpoints } };
  const config: unknown = endpointAccess?._config ?? resourceOf(cluster)?.resourcesVpcConfig;
  if (typeof config !== 'object' || config === null || Token.isUnresolved(config)) return false;
  return ((config as Endpoints).publicAccess ?? (config as Endpoints).endpointPublicAccess) === false;
}

interface Endpoints {
  readonly publicAccess?: unknown;
  readonly endpointPublicAccess?: unknown;
}

function resourceOf(cluster: eks.IClusterRef): eks.CfnCluster | undefined {
  return [cluster, cluster.node.defaultChild].find(isClusterResource);
}

/** As `eks.CfnCluster.isCfnCluster`, which older versions of aws-cdk-lib do not have. */
function isClusterResource(x: unknown): x is eks.CfnCluster {
  return CfnResource.isCfnResource(x) && x.cfnResourceType === eks.CfnCluster.CFN_RESOURCE_TYPE_NAME;
}
