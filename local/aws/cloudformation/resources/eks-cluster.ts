/** AWS::EKS::Cluster: the small part of it that access needs. */
import { type OutpostConfigRequest } from '@aws-sdk/client-eks';
import { asText, isObject, type JsonObject } from '../json';
import { type Eks } from './eks-client';
import { modeOf, updateMode } from './eks-cluster-update';
import { type Provisioned, type ResourceContext, type ResourceType } from './resource-type';

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

function subnetsOf({ ResourcesVpcConfig: network }: JsonObject): string[] {
  const ids = isObject(network) ? network['SubnetIds'] : undefined;
  return Array.isArray(ids) ? ids.map(asText) : [];
}

function outpostOf({ OutpostArns: arns, ControlPlaneInstanceType: type }: JsonObject): OutpostConfigRequest {
  return {
    outpostArns: Array.isArray(arns) ? arns.map(asText) : [],
    controlPlaneInstanceType: asText(type),
  };
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
        resourcesVpcConfig: { subnetIds: subnetsOf(properties) },
        ...(properties['Version'] === undefined ? {} : { version: asText(properties['Version']) }),
        ...(isObject(properties['OutpostConfig'])
          ? { outpostConfig: outpostOf(properties['OutpostConfig']) }
          : {}),
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
