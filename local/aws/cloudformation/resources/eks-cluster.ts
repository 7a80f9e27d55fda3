/** AWS::EKS::Cluster: the small part of it that access needs. */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { type Eks } from './eks-client';
import { type Provisioned, type ResourceContext, ResourceFailure, type ResourceType } from './resource-type';

export function clusterType(eks: Eks): ResourceType {
  return {
    attributes: [
      'Arn',
      'CertificateAuthorityData',
      'ClusterSecurityGroupId',
      'EncryptionConfigKeyArn',
      'Endpoint',
      'Id',
      'KubernetesNetworkConfig.ServiceIpv6Cidr',
      'OpenIdConnectIssuerUrl',
    ],
    replacedBy: ['Name', 'RoleArn'],
    nameProperty: 'Name',
    create: (properties, context) => createCluster(eks, properties, context),
    update: (properties, _context, current) => updateMode(eks, properties, current),
    delete: async (_properties, _context, physicalId) => {
      await eks(async (sdk, client) => {
        await client.send(new sdk.DeleteClusterCommand({ name: physicalId }));
        for (let reads = 0; reads < 100; reads += 1) {
          try {
            await client.send(new sdk.DescribeClusterCommand({ name: physicalId }));
          } catch (error) {
            if (error instanceof sdk.ResourceNotFoundException) return;
            throw error;
          }
        }
      });
    },
  };
}

function modeOf(properties: JsonObject): string | undefined {
  const config: Json | undefined = properties['AccessConfig'];
  const mode = isObject(config) ? config['AuthenticationMode'] : undefined;
  return typeof mode === 'string' ? mode : undefined;
}

async function createCluster(
  eks: Eks,
  properties: JsonObject,
  context: ResourceContext,
): Promise<Provisioned> {
  const given = properties['Name'];
  const name = typeof given === 'string' ? given : `${context.logicalId}-${context.requestId.slice(0, 8)}`;
  const access = isObject(properties['AccessConfig']) ? properties['AccessConfig'] : {};
  const mode = modeOf(properties);
  const bootstrap = access['BootstrapClusterCreatorAdminPermissions'];
  return eks(async (sdk, client) => {
    await client.send(
      new sdk.CreateClusterCommand({
        name,
        roleArn: asText(properties['RoleArn']),
        resourcesVpcConfig: {},
        accessConfig: {
          ...(mode === undefined ? {} : { authenticationMode: mode as 'API' }),
          ...(bootstrap === undefined
            ? {}
            : { bootstrapClusterCreatorAdminPermissions: asText(bootstrap) === 'true' }),
        },
      }),
    );
    for (;;) {
      const { cluster: found } = await client.send(new sdk.DescribeClusterCommand({ name }));
      if (found?.status === 'CREATING') continue;
      return {
        physicalId: name,
        attributes: {
          Arn: found?.arn ?? '',
          CertificateAuthorityData: found?.certificateAuthority?.data ?? '',
          ClusterSecurityGroupId: 'sg-00000000000000000',
          EncryptionConfigKeyArn: '',
          Endpoint: found?.endpoint ?? '',
          Id: name,
          OpenIdConnectIssuerUrl: `https://oidc.eks.${context.region}.${context.urlSuffix}/id/${name}`,
        },
      };
    }
  });
}

/**
 * The right of the creator is create-only. CloudFormation replaces a cluster without a name of its own, which is not
 * built here, and refuses to replace one that has a name.
 */
function refuseReplacement(
  properties: JsonObject,
  current: Provisioned & { readonly properties: JsonObject },
): void {
  if (creatorIsAdmin(properties) === creatorIsAdmin(current.properties)) return;
  const { physicalId } = current;
  const changed = 'AccessConfig.BootstrapClusterCreatorAdminPermissions';
  throw new ResourceFailure(
    properties['Name'] === undefined
      ? `the local CloudFormation does not replace the cluster ${physicalId} for ${changed}: delete the stack and create it again`
      : `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${physicalId} and update the stack again (${changed} was changed).`,
    undefined,
    true,
  );
}

function creatorIsAdmin(properties: JsonObject): boolean {
  const { BootstrapClusterCreatorAdminPermissions: given = true } = isObject(properties['AccessConfig'])
    ? properties['AccessConfig']
    : {};
  return asText(given) === 'true';
}

async function updateMode(
  eks: Eks,
  properties: JsonObject,
  current: Provisioned & { readonly properties: JsonObject },
): Promise<Provisioned> {
  refuseReplacement(properties, current);
  const mode = modeOf(properties);
  if (mode === undefined || mode === modeOf(current.properties)) return current;
  const name = current.physicalId;
  await eks(async (sdk, client) => {
    const { update } = await client.send(
      new sdk.UpdateClusterConfigCommand({ name, accessConfig: { authenticationMode: mode as 'API' } }),
    );
    for (let status = update?.status; status === 'InProgress';) {
      const described = await client.send(
        new sdk.DescribeUpdateCommand({ name, updateId: update?.id ?? '' }),
      );
      status = described.update?.status;
    }
  });
  return current;
}
