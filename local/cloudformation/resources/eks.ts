/**
 * AWS::EKS::Cluster and AWS::EKS::AccessEntry by way of the local EKS API, with the real SDK, as CloudFormation's own
 * handlers do it (GT-120 to GT-122): an entry that exists is refused, a changed type collides with itself.
 */
import type * as EksSdk from '@aws-sdk/client-eks';
import { asText, isObject, type Json, type JsonObject } from '../json';
import { changedProperties } from '../step';
import { type Provisioned, type ResourceContext, ResourceFailure, type ResourceType } from '../resource-type';
import { entryDeletion, entryProvision, entryUpdate } from './access-entry';

export interface EksServices {
  readonly endpoint: () => string;
  readonly region: string;
  /** Of whoever deploys: it becomes the creator of clusters. */
  readonly credentials: () => {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export type Eks = <Result>(
  work: (sdk: typeof EksSdk, client: EksSdk.EKSClient) => Promise<Result>,
) => Promise<Result>;

export function eksTypes(services: EksServices | undefined): (type: string) => ResourceType | undefined {
  const eks = connect(services);
  const table = new Map<string, ResourceType>([
    ['AWS::EKS::AccessEntry', accessEntry(eks)],
    ['AWS::EKS::Cluster', cluster(eks)],
  ]);
  return (type) => table.get(type);
}

/** The SDK is loaded when the first stack needs it. Errors become failures in the words of a resource handler. */
function connect(services: EksServices | undefined): Eks {
  return async (work) => {
    if (!services) throw new ResourceFailure('there is no local EKS: start the local AWS with one');
    const sdk = await import('@aws-sdk/client-eks');
    const client = new sdk.EKSClient({
      endpoint: services.endpoint(),
      region: services.region,
      credentials: services.credentials(),
    });
    try {
      return await work(sdk, client);
    } catch (error) {
      throw asHandlerFailure(error);
    } finally {
      client.destroy();
    }
  };
}

const handlerErrorCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  InvalidParameterException: 'InvalidRequest',
  InvalidRequestException: 'InvalidRequest',
  ResourceInUseException: 'AlreadyExists',
  ResourceLimitExceededException: 'ServiceLimitExceeded',
  ResourceNotFoundException: 'NotFound',
  ThrottlingException: 'Throttling',
};

function asHandlerFailure(error: unknown): ResourceFailure {
  if (error instanceof ResourceFailure) return error;
  const {
    name = 'Error',
    message = String(error),
    $metadata = {},
  } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  };
  const detail = `(Service: Eks, Status Code: ${$metadata.httpStatusCode ?? 0}, Request ID: ${$metadata.requestId ?? 'none'})`;
  return new ResourceFailure(
    `Resource handler returned message: "${message} ${detail}" (HandlerErrorCode: ${handlerErrorCodes[name] ?? 'GeneralServiceException'})`,
  );
}

function accessEntry(eks: Eks): ResourceType {
  return {
    attributes: ['AccessEntryArn'],
    // GT-120: create-only.
    replacedBy: ['ClusterName', 'PrincipalArn', 'Type'],
    required: ['ClusterName', 'PrincipalArn'],
    create: (properties) => entryProvision(eks, properties),
    update: (properties, _context, current) =>
      entryUpdate(
        eks,
        properties,
        current.properties,
        current,
        changedProperties(properties, current.properties),
      ),
    delete: (_properties, _context, physicalId) => entryDeletion(eks, physicalId),
  };
}

function cluster(eks: Eks): ResourceType {
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
    required: ['RoleArn', 'ResourcesVpcConfig'],
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

async function updateMode(
  eks: Eks,
  properties: JsonObject,
  current: Provisioned & { readonly properties: JsonObject },
): Promise<Provisioned> {
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
