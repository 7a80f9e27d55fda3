/** Handing a request on to the next invocation of the function (docs/decisions/0014). */
import { type ReadFailure } from '../../access/aws/sdk-failure';
import { hasCode, ProviderError } from '../../access/errors';
import { fullJitter, retry } from '../../access/retry';
import { waitsUntil } from '../cloudformation/trust';
import { type Invocation } from '../invocation';
import { type Hop, type ModeHop, nextHop } from './hop';

/** Where a request has come to, and what becomes of it when the time of this invocation is over. */
export interface Relay {
  /** Undefined: this is the event of CloudFormation itself. */
  readonly hop: Hop | undefined;
  /** False where this invocation has to answer: as many hops as there may be, or CloudFormation soon waits no longer. */
  mayPassOn(): boolean;
  /** Only where `mayPassOn`. Throws ProviderError. */
  passOn(updateId: string | undefined): Promise<void>;
}

/** Milliseconds that CloudFormation must still wait for the next invocation to be of use. */
const LEAST_MS = 30_000;
const TRIES = 3;

/** `event`: CloudFormation's, as it came. */
export function relayOf(invocation: Invocation, event: unknown, hop: Hop | undefined): Relay {
  const { request, requestedAt, deadline, edges, log } = invocation;
  return {
    hop,
    mayPassOn: () => {
      const until = waitsUntil(requestedAt, request.envelope) ?? Infinity;
      return nextHop(event, hop, undefined) !== undefined && until - deadline.now() >= LEAST_MS;
    },
    passOn: async (updateId) => {
      const next = nextHop(event, hop, updateId) as ModeHop;
      const send = async (): Promise<void> => {
        const failure = await edges.modes().passOn(next);
        if (failure) throw notPassedOn(failure);
      };
      await retry(deadline, send, (error, failures) =>
        hasCode(error, 'ServiceUnavailable') && failures < TRIES
          ? fullJitter(failures, 200, 1_000, () => deadline.random())
          : undefined,
      );
      log('INFO', 'passed on to the next invocation, which answers', { hop: next.hop, updateId });
    },
  };
}

/** ServiceUnavailable: it may pass. */
function notPassedOn({ name, message, status }: ReadFailure): ProviderError {
  const mayPass = status === 0 || status === 429 || status >= 500;
  const why = status ? `${name}, ${status}` : `${message}; a function in a VPC needs a route to Lambda`;
  const remedy = mayPass
    ? ''
    : "ask the provider's owner to see that its role may do lambda:InvokeFunction on the function (guardrail allowModeChange), then ";
  return new ProviderError(
    mayPass ? 'ServiceUnavailable' : 'AccessDenied',
    `the provider could not invoke itself to go on waiting (${why}): ${remedy}run the stack operation again; the update goes on by itself, and that operation finds it`,
  );
}
