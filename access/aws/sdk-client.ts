/**
 * What the SDK's clients have in common here: they live as long as the process, so that a warm container makes one
 * TLS handshake per host, and everything of one invocation goes with the single call (CR-32).
 *
 * Endpoints, their overrides (`AWS_ENDPOINT_URL_EKS`, …), FIPS and dual-stack are the SDK's own, from the environment:
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
import { type AwsCredentialIdentityProvider, type UserAgent } from '@aws-sdk/types';
import { type HandlerExecutionContext, type Pluggable } from '@smithy/types';
import { ConnectionError, isNetworkError } from './sdk-failure';

export interface AwsConnection {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Of the calls that are made through this connection; see `userAgentOf`. */
  readonly userAgent: UserAgent;
  /** Every request is given up when it is aborted, with its own reason (CR-29). */
  readonly signal: AbortSignal;
}

/** Limit of one request until its answer begins, and of silence after that: one silent endpoint must not eat the invocation. */
const REQUEST_MS = 10_000;

interface ClientSettings extends Pick<AwsConnection, 'region' | 'credentials'> {
  readonly maxAttempts: 1;
  readonly requestHandler: {
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly socketTimeout: number;
  };
}

/** Gives the same client for the same credentials and Region, and makes one when either is another. */
export function keptClient<C>(make: (settings: ClientSettings) => C): (connection: AwsConnection) => C {
  let kept: (Pick<AwsConnection, 'region' | 'credentials'> & { readonly client: C }) | undefined;
  return ({ region, credentials }) => {
    if (kept?.region !== region || kept.credentials !== credentials) {
      const client = make({
        region,
        credentials,
        // Trying again is ours (`access/retry.ts`): it knows the deadline and which errors may pass.
        maxAttempts: 1,
        requestHandler: {
          requestTimeout: REQUEST_MS,
          throwOnRequestTimeout: true,
          socketTimeout: REQUEST_MS,
        },
      });
      kept = { region, credentials, client };
    }
    return kept.client;
  };
}

/** What is special to one call: the user agent, and the host's name on the error of a call that got no answer. */
export function ofThisCall<In extends object, Out extends object>(userAgent: UserAgent): Pluggable<In, Out> {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => (args) => {
          context.userAgent = userAgent;
          return next(args);
        },
        { step: 'initialize', name: 'userAgentOfThisCall' },
      );
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            if (!isNetworkError(error)) throw error;
            throw new ConnectionError(hostOf(context), error.code ?? error.name, error);
          }
        },
        { step: 'finalizeRequest', priority: 'low', name: 'connectionErrorOfThisCall' },
      );
    },
  };
}

function hostOf({ endpointV2 }: HandlerExecutionContext): string {
  return endpointV2?.url.host ?? 'the service';
}
