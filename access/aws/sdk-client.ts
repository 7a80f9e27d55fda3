/**
 * What the SDK's clients have in common here: they live as long as the process, so that a warm container makes one
 * TLS handshake per host, and everything of one invocation goes with the single call (CR-32).
 *
 * Endpoints, their overrides (`AWS_ENDPOINT_URL_EKS`, …), FIPS and dual-stack are the SDK's own, from the environment:
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
import { type AwsCredentialIdentityProvider, type UserAgent } from '@aws-sdk/types';
import { type HttpHandler, type HttpRequest } from '@smithy/protocol-http';
import { type BuildMiddleware, type Pluggable } from '@smithy/types';
import { abortWith, createRequestHandler } from './request-handler';

export interface AwsConnection {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Of the calls that are made through this connection; see `userAgentOf`. */
  readonly userAgent: UserAgent;
  /** Every request is given up when it is aborted, with its own reason (CR-29). */
  readonly signal: AbortSignal;
}

interface ClientSettings extends Pick<AwsConnection, 'region' | 'credentials'> {
  readonly maxAttempts: 1;
  readonly retryMode: 'standard';
  readonly authSchemePreference: string[];
  readonly cacheMiddleware: true;
  readonly requestHandler: HttpHandler;
}

/** `make` gives the client `perCall`. Gives the same client for the same credentials and Region, and makes one when either is another. */
export function keptClient<C>(make: (settings: ClientSettings) => C): (connection: AwsConnection) => C {
  let kept: (Pick<AwsConnection, 'region' | 'credentials'> & { readonly client: C }) | undefined;
  return ({ region, credentials }) => {
    if (kept?.region !== region || kept.credentials !== credentials) {
      const client = make({
        region,
        credentials,
        // Trying again is ours (`access/retry.ts`): it knows the deadline and which errors may pass.
        maxAttempts: 1,
        retryMode: 'standard',
        // SigV4 is the only scheme that these services have: not worth a look into configuration files.
        authSchemePreference: [],
        // One stack of middleware an operation instead of one a call; so what is special to a call cannot be in it.
        cacheMiddleware: true,
        requestHandler: createRequestHandler(),
      });
      kept = { region, credentials, client };
    }
    return kept.client;
  };
}

type Call = Pick<AwsConnection, 'userAgent' | 'signal'>;
const CALL = Symbol('call');

/**
 * The command with what is special to this call of it. It goes with the command, whose members the SDK hands from one
 * middleware to the next; options of `send` would make the client build its stack anew.
 */
export function asCallOf<C extends object>({ userAgent, signal }: Call, command: C): C {
  const call: Call = { userAgent, signal };
  return Object.assign(command, { [CALL]: call });
}

/** What every client needs for `asCallOf`, and not a middleware that nobody needs. */
export function perCall<In extends object, Out extends object>(): Pluggable<In, Out> {
  const userAgent: BuildMiddleware<In, Out> = (next, context) => (args) => {
    // Calls of one operation share the context: the middleware that follows reads it before anything else can run.
    context.userAgent = callOf(args).userAgent;
    return next(args);
  };
  return {
    applyToStack: (stack) => {
      // It filters what would be logged also where nothing is.
      stack.remove('loggerMiddleware');
      stack.addRelativeTo(userAgent, {
        relation: 'before',
        toMiddleware: 'getUserAgentMiddleware',
        name: 'userAgentOfThisCall',
      });
      stack.add(
        (next) => (args) => {
          abortWith(args.request as HttpRequest, callOf(args).signal);
          return next(args);
        },
        { step: 'deserialize', priority: 'low', name: 'signalOfThisCall' },
      );
    },
  };
}

function callOf(args: object): Call {
  return (args as { readonly [CALL]: Call })[CALL];
}
