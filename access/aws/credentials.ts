/**
 * Credentials of the execution role, as Lambda puts them into the environment: in the function there are no others.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
import { type AwsCredentialIdentity } from '@aws-sdk/types';
import { ProviderError } from '../errors';

export async function environmentCredentials(): Promise<AwsCredentialIdentity> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new ProviderError(
      'InternalFailure',
      'the function has no credentials in its environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set',
    );
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    // An empty token counts as none: some emulators set it so.
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/**
 * In the bundle this module is in the place of `@aws-sdk/credential-provider-node` (`build/lambda.mjs`), whose other
 * sources of credentials the function never uses: it has the one export that the SDK's clients take from there.
 */
export function defaultProvider(): typeof environmentCredentials {
  return environmentCredentials;
}
