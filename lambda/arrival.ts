/** An event as it comes in: who sent it, by which envelope, and where its answer goes. */
import { unpack, type Hop } from './authentication-mode/hop';
import { checkAnswerUrl } from './cloudformation/answer-url';
import { parseEnvelope, type Envelope } from './cloudformation/event';
import { type ProviderIdentity, providerOf } from './cluster/provider-identity';
import { reasonOf } from './failure';
import { type Log } from './log';
import { eventFields, type EventCounts } from './measures/event-counts';
import { type FunctionContext, type Wiring } from './wiring';

/** What is known of an event before it is read. */
export interface Arrival {
  /** CloudFormation's, as it came. */
  readonly event: unknown;
  readonly envelope: Envelope;
  readonly provider: ProviderIdentity;
  readonly url: URL;
  readonly log: Log;
  /** Of an event that the function has sent to itself. */
  readonly hop: Hop | undefined;
  readonly counts: EventCounts;
}

/** Throws where there is no address to answer to. */
export function arrivalOf(delivered: unknown, context: FunctionContext, wiring: Wiring): Arrival {
  const { event, hop } = unpack(delivered);
  const envelope = parseEnvelope(event);
  const log = logOf(envelope, context, wiring);
  const provider = providerOf(context, wiring);
  const url = checkedAnswerUrl(envelope, provider, wiring, log);
  return { event, envelope, provider, url, log, hop, counts: {} };
}

/** No answer, no change: where the URL is refused the invocation fails, which is what the alarm on errors sees. */
function checkedAnswerUrl(
  envelope: Envelope,
  { region, functionName }: ProviderIdentity,
  wiring: Wiring,
  log: Log,
): URL {
  try {
    return checkAnswerUrl(envelope, region, wiring.responseHosts());
  } catch (error) {
    const metrics = eventFields({ EventsRefused: 1 }, functionName, wiring.clock.now());
    log('ERROR', 'refused the event', { reason: reasonOf(error), ...metrics });
    throw error;
  }
}

function logOf(envelope: Envelope, context: FunctionContext, wiring: Wiring): Log {
  const { requestId, stackId, logicalResourceId } = envelope;
  return wiring.log({ requestId, stackId, logicalResourceId, function_request_id: context.awsRequestId });
}
