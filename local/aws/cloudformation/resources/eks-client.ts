/** The local EKS API as resource types call it: with the real SDK, its errors in the words of a resource handler. */
import type * as EksSdk from '@aws-sdk/client-eks';
import { ResourceFailure } from './resource-type';

export interface EksServices {
  readonly endpoint: () => string;
  readonly region: string;
  /** Of the principal that deploys: it becomes the creator of clusters. */
  readonly credentials: () => {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export type Eks = <Result>(
  work: (sdk: typeof EksSdk, client: EksSdk.EKSClient) => Promise<Result>,
) => Promise<Result>;

/** The SDK is loaded when the first stack needs it. Calls reject with ResourceFailure alone. */
export function connect(services: EksServices | undefined): Eks {
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
