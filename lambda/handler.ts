/**
 * One event in, exactly one answer out. The only catch-all of the function is here.
 *
 * An event walks through the files once: arrival (event, answer-url) → serve (deadline) → lifecycle → put or
 * remove → a back end's put or remove → cloudformation/response → send (docs/design.md).
 */
import { mayHaveActed } from '../access/errors';
import { type Arrival, arrivalOf } from './arrival';
import { PASSED_ON } from './authentication-mode/change';
import { askedIdOf } from './awaited/asked-id';
import { requestedAt } from './cloudformation/answer-url';
import { forLog, parseRequest, type Request } from './cloudformation/event';
import { failure, success } from './cloudformation/response';
import { debuggingFacts, failureId, mayBeAnotherTry, reasonOf } from './failure';
import { count, countFailure, eventFields } from './measures/event-counts';
import { serveInTime } from './serve';
import { type FunctionContext, type Wiring } from './wiring';

/** Resolves when the answer has been delivered; rejects when there is no address to answer to, or the answer did not get out. */
export async function handle(delivered: unknown, context: FunctionContext, wiring: Wiring): Promise<void> {
  const arrival = arrivalOf(delivered, context, wiring);
  const body = await answerTo(arrival, context, wiring);
  if (body !== PASSED_ON) await deliver(body, arrival, context, wiring);
}

/** The body of the answer, or that the next invocation gives it; never rejects: all that may fail once there is an address to answer to is in here. */
async function answerTo(arrival: Arrival, context: FunctionContext, wiring: Wiring): Promise<string> {
  const { event, envelope, log, counts } = arrival;
  const now = wiring.clock.now();
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
    const writtenId = mayHaveActed(error) ? writtenIdOf(request) : undefined;
    const isAnotherTry = mayBeAnotherTry(error, requestedAt(arrival.url), now);
    const id = failureId(request, envelope, writtenId, isAnotherTry);
    const reason = reasonOf(error);
    log('ERROR', 'failed', { physicalResourceId: id, reason, ...debuggingFacts(error) });
    return failure(envelope, id, reason, whereToLook(context));
  }
}

/** The id that a request may have made; its properties could be read, or nothing would have been written. */
function writtenIdOf(request: Request | undefined): string | undefined {
  return request && request.requestType !== 'Delete' ? askedIdOf(request) : undefined;
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

function whereToLook({ logGroupName, logStreamName, awsRequestId }: FunctionContext): string {
  return `log group ${logGroupName}, stream ${logStreamName}, request ${awsRequestId}`;
}
