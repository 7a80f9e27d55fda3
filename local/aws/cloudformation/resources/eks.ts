/**
 * AWS::EKS::Cluster and AWS::EKS::AccessEntry by way of the local EKS API, with the real SDK, as CloudFormation's own
 * handlers do it (GT-120 to GT-122): an entry that exists is refused, a changed type collides with itself.
 */
import type * as EksSdk from '@aws-sdk/client-eks';
import { changedProperties } from '../stack/step';
import { ResourceFailure, type ResourceType } from './resource-type';
import { clusterType } from './eks-cluster';
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
    ['AWS::EKS::Cluster', clusterType(eks)],
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
