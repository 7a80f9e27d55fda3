/**
 * One event in, exactly one answer out. The only catch-all of the function is here.
 *
 * An event walks through the files once: cloudformation/event → answer-url → deadline → lifecycle → put or remove →
 * a back end's reconcile → cloudformation/response → send (docs/design.md).
 */
import { MODE_RESOURCE_TYPE } from '../access/contract';
import { mayHaveActed } from '../access/errors';
import { type Guardrails } from '../access/guardrails/guardrails';
import { type Deadline } from '../access/retry';
import { checkAnswerUrl, requestedAt } from './cloudformation/answer-url';
import { startDeadline, withinDeadline, workTime, type GuardedDeadline } from './cloudformation/deadline';
import { forLog, parseEnvelope, parseRequest, type Envelope, type Request } from './cloudformation/event';
import { count, countFailure, eventFields, type EventCounts } from './measures/event-counts';
import { debuggingFacts, failureId, reasonOf } from './failure';
import { failure, success } from './cloudformation/response';
import { type SendOptions } from './cloudformation/send';
import { refuseForeignStack, refuseStale, waitsUntil } from './cloudformation/trust';
import { askedIdOf } from './awaited/asked-id';
import { PASSED_ON, serveMode } from './authentication-mode/change';
import { type Hop, unpack } from './authentication-mode/hop';
import { relayOf } from './authentication-mode/relay';
import { type Edges, type Invocation, type Outcome } from './invocation';
import { ifAwaited } from './awaited/late-delivery';
import { createOrUpdate, remove } from './lifecycle';
import { type Log } from './log';
import { type ProviderEnvironment, type ProviderIdentity, providerOf } from './cluster/provider-identity';

/** What the handler uses of Lambda's context. */
export interface FunctionContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What `index.ts` wires up; everything that is not a decision. */
export interface Wiring extends ProviderEnvironment {
  /** The clients and stores of one invocation; every request of theirs carries the deadline's signal. */
  edges(deadline: Deadline, of: Pick<Invocation, 'provider' | 'owner' | 'counts'>): Edges;
  guardrails(): Guardrails;
  /** What the provider's own schedule may do; left out: there is none. */
  followMode?(): string | undefined;
  /** Whether IAM may be asked for roles that were made again; left out: it may not. */
  healRecreatedRoles?(): string | undefined;
  /** Extra answer origins for local runs (CR-36). */
  responseHosts(): readonly string[];
  send(url: URL, body: string, options: SendOptions): Promise<void>;
  log(context: Readonly<Record<string, unknown>>): Log;
  readonly clock: { now(): number; random(): number };
}

/** What is known of an event before it is read. */
interface Arrival {
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

/** Resolves when the answer has been delivered; rejects when there is no address to answer to, or the answer did not get out. */
export async function handle(delivered: unknown, context: FunctionContext, wiring: Wiring): Promise<void> {
  const { event, hop } = unpack(delivered);
  const envelope = parseEnvelope(event);
  const log = logOf(envelope, context, wiring);
  const provider = providerOf(context, wiring);
  const counts: EventCounts = {};
  const url = checkedAnswerUrl(envelope, provider, wiring, log);
  const arrival = { event, envelope, provider, url, log, hop, counts };
  const body = await answerTo(arrival, context, wiring);
  if (body !== PASSED_ON) await deliver(body, arrival, context, wiring);
}

/** The body of the answer, or that the next invocation gives it; never rejects: all that may fail once there is an address to answer to is in here. */
async function answerTo(arrival: Arrival, context: FunctionContext, wiring: Wiring): Promise<string> {
  const { event, envelope, log, counts } = arrival;
  let request: Request | undefined;
  try {
    request = parseRequest(event, envelope);
    log('INFO', 'received', forLog(request));
    const outcome = await serveInTime(request, arrival, context, wiring);
    if (outcome === PASSED_ON) return PASSED_ON;
    const { physicalResourceId, data } = outcome;
    count(counts, 'EventsSucceeded');
    log('INFO', 'succeeded', { physicalResourceId, data });
    return success(envelope, physicalResourceId, data);
  } catch (error) {
    countFailure(counts, error);
    const id = failureId(request, envelope, mayHaveActed(error) ? writtenIdOf(request) : undefined);
    const reason = reasonOf(error);
    log('ERROR', 'failed', { physicalResourceId: id, reason, ...debuggingFacts(error) });
    return failure(envelope, id, reason, whereToLook(context));
  }
}

/** The id that a request may have made; its properties could be read, or nothing would have been written. */
function writtenIdOf(request: Request | undefined): string | undefined {
  return request && request.requestType !== 'Delete' ? askedIdOf(request) : undefined;
}

/** The work that the request asks for, under the deadline guard. */
async function serveInTime(
  request: Request,
  arrival: Arrival,
  context: FunctionContext,
  wiring: Wiring,
): Promise<Outcome | typeof PASSED_ON> {
  const asked = requestedAt(arrival.url);
  const until = waitsUntil(asked, arrival.envelope);
  const workMs = workTime(context.getRemainingTimeInMillis(), wiring.clock.now(), until);
  const deadline = startDeadline(workMs, wiring.clock);
  if (asked) arrival.counts.EventAge = Math.max(0, (wiring.clock.now() - asked.getTime()) / 1_000);
  try {
    return await withinDeadline(serve(request, arrival, deadline, asked, wiring), deadline);
  } finally {
    if (deadline.signal.aborted) count(arrival.counts, 'EventsOutOfTime');
    deadline.stop();
  }
}

async function serve(
  request: Request,
  { event, envelope, provider, log, hop, counts }: Arrival,
  deadline: GuardedDeadline,
  requestedAt: Date | undefined,
  wiring: Wiring,
): Promise<Outcome | typeof PASSED_ON> {
  refuseForeignStack(envelope, provider);
  if (request.requestType !== 'Delete') refuseStale(requestedAt, envelope, deadline.now());
  const owner = { stackId: envelope.stackId, logicalId: envelope.logicalResourceId };
  const edgesWithin = (limited: Deadline): Edges => wiring.edges(limited, { provider, owner, counts });
  const invocation = {
    request,
    owner,
    deadline,
    log,
    counts,
    edges: edgesWithin(deadline),
    edgesWithin,
    guardrails: () => wiring.guardrails(),
    provider,
    followMode: wiring.followMode?.(),
    healRecreatedRoles: wiring.healRecreatedRoles?.(),
    requestedAt,
  };
  if (request.resourceType === MODE_RESOURCE_TYPE)
    return serveMode(invocation, request, relayOf(invocation, event, hop));
  return ifAwaited(invocation, () =>
    request.requestType === 'Delete' ? remove(invocation, request) : createOrUpdate(invocation, request),
  );
}

async function deliver(
  body: string,
  { url, log, provider, counts }: Arrival,
  context: FunctionContext,
  wiring: Wiring,
): Promise<void> {
  const metrics = (): Record<string, unknown> =>
    eventFields(counts, provider.functionName, wiring.clock.now());
  try {
    await wiring.send(url, body, {
      remainingMs: () => context.getRemainingTimeInMillis(),
      random: () => wiring.clock.random(),
      onRetry: (problem, failures) =>
        log('WARN', 'the answer did not get through; trying again', { problem, failures }),
    });
  } catch (error) {
    count(counts, 'AnswersUndelivered');
    log('ERROR', 'the answer was not delivered', metrics());
    throw error;
  }
  log('INFO', 'answered', { bytes: Buffer.byteLength(body, 'utf8'), ...metrics() });
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

function whereToLook({ logGroupName, logStreamName, awsRequestId }: FunctionContext): string {
  return `log group ${logGroupName}, stream ${logStreamName}, request ${awsRequestId}`;
}
