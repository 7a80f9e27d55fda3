/**
 * STS AssumeRole by the SDK's client, which is made when it is first asked: only where a cluster is reached as another
 * role (docs/decisions/0009).
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
import { AssumeRoleCommand, STSClient, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { asCallOf, type AwsConnection, keptClient, perCall } from './sdk-client';
import { isSdkFailure, readFailure, type ReadFailure } from './sdk-failure';

/** Credentials of a role's session. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch at which they end. */
  readonly endsAt: number;
}

/** What came back, or why nothing did. */
export type AssumeRoleAnswer =
  { readonly credentials: SessionCredentials } | { readonly failure: ReadFailure };

export interface StsApi {
  /** Rejects with the signal's reason once it is aborted, and with nothing else but a fault of the program. */
  assumeRole(input: AssumeRoleCommandInput): Promise<AssumeRoleAnswer>;
}

const clientOf = keptClient((settings) => {
  const client = new STSClient(settings);
  client.middlewareStack.use(perCall());
  return client;
});

export function openStsApi(connection: AwsConnection): StsApi {
  const { signal } = connection;
  return {
    assumeRole: async (input) => {
      const command = asCallOf(connection, new AssumeRoleCommand(input));
      try {
        const { Credentials: given } = await clientOf(connection).send(command);
        return {
          credentials: {
            accessKeyId: given?.AccessKeyId ?? '',
            secretAccessKey: given?.SecretAccessKey ?? '',
            sessionToken: given?.SessionToken ?? '',
            endsAt: given?.Expiration?.getTime() ?? 0,
          },
        };
      } catch (error) {
        signal.throwIfAborted();
        if (!isSdkFailure(error)) throw error;
        return { failure: readFailure(error) };
      }
    },
  };
}
