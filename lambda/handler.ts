/**
 * One event in, exactly one answer out. The only catch-all of the function is here.
 *
 * An event walks through the files once: cloudformation/event → answer-url → deadline → lifecycle → put or leave →
 * a back end's reconcile → cloudformation/response → send (docs/design.md).
 */
import { checkAnswerUrl, requestedAt } from './cloudformation/answer-url';
import { startDeadline, workTime, type GuardedDeadline } from './cloudformation/deadline';
import { forLog, parseEnvelope, parseRequest, type Envelope, type Request } from './cloudformation/event';
import { serviceTimeoutOf } from './cloudformation/properties';
import { failure, success } from './cloudformation/response';
import { type SendOptions } from './cloudformation/send';
import { ProviderError } from '../access/errors';
import { type Guardrails } from '../access/guardrails/guardrails';
import { type Edges, type Invocation, type Outcome, type Progress } from './invocation';
import { createOrUpdate, remove } from './lifecycle';
import { type Log } from './log';
import { createFailedId } from './physical-id';

/** What the handler uses of Lambda's context. */
export interface FunctionContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What `index.ts` wires up; everything that is not a decision. */
export interface Wiring {
  /** The SDK clients and stores of one invocation; every request of theirs carries the deadline's signal. */
  edges(deadline: GuardedDeadline, of: Pick<Invocation, 'provider' | 'owner'>): Edges;
  guardrails(): Guardrails;
  /** Extra answer origins for local runs (CR-36). */
  responseHosts(): readonly string[];
  send(url: URL, body: string, options: SendOptions): Promise<void>;
  log(context: Readonly<Record<string, unknown>>): Log;
  readonly clock: { now(): number; random(): number };
}

/** Resolves when the answer has been delivered; rejects when there is nobody to answer, or the answer did not get out. */
export async function handle(event: unknown, context: FunctionContext, wiring: Wiring): Promise<void> {
  const envelope = parseEnvelope(event);
  const log = wiring.log({
    requestId: envelope.requestId,
    stackId: envelope.stackId,
    logicalResourceId: envelope.logicalResourceId,
    function_request_id: context.awsRequestId,
  });
  const [, , , region = '', accountId = ''] = context.invokedFunctionArn.split(':');
  const provider = { accountId, region };
  const url = urlOrReport(envelope, region, wiring, log);
  const askedAt = requestedAt(url);
  const waitsUntil = askedAt && askedAt.getTime() + timeoutOf(event) * 1_000;
  const now = wiring.clock.now();
  const deadline = startDeadline(workTime(context.getRemainingTimeInMillis(), now, waitsUntil), wiring.clock);
  const progress: Progress = { mayHaveWritten: false };
  const body = await answerTo();
  await wiring.send(url, body, {
    remainingMs: () => context.getRemainingTimeInMillis(),
    random: () => wiring.clock.random(),
    onRetry: (problem, failures) =>
      log('WARN', 'the answer did not get through; trying again', { problem, failures }),
  });
  log('INFO', 'answered', { bytes: Buffer.byteLength(body, 'utf8') });

  async function answerTo(): Promise<string> {
    let request: Request | undefined;
    try {
      request = parseRequest(event, envelope);
      log('INFO', 'received', forLog(request));
      refuseStranger(envelope, provider);
      if (request.requestType !== 'Delete') refuseStale(waitsUntil, now);
      const outcome = await raced(work(request), deadline);
      log('INFO', 'succeeded', { physicalResourceId: outcome.physicalResourceId, data: outcome.data });
      return success(envelope, outcome.physicalResourceId, outcome.data);
    } catch (error) {
      const id = failureId(request, envelope, progress);
      const reason = reasonOf(error);
      log('ERROR', 'failed', { physicalResourceId: id, reason, ...forDebugging(error) });
      return failure(
        envelope,
        id,
        reason,
        `log group ${context.logGroupName}, stream ${context.logStreamName}, request ${context.awsRequestId}`,
      );
    } finally {
      deadline.stop();
    }
  }

  function work(request: Request): Promise<Outcome> {
    const owner = { stackId: envelope.stackId, logicalId: envelope.logicalResourceId };
    const invocation = {
      request,
      owner,
      deadline,
      log,
      edges: wiring.edges(deadline, { provider, owner }),
      guardrails: () => wiring.guardrails(),
      provider,
      ...(askedAt ? { requestedAt: askedAt } : {}),
      progress,
    };
    return request.requestType === 'Delete' ? remove(invocation) : createOrUpdate(invocation);
  }
}

/**
 * The id of a FAILED answer decides what CloudFormation deletes next.
 * - Create: the marker while nothing was written (CR-13), the real id once something may have been.
 * - Update: the id it came with; the new one only when the new mapping may be there, so that it is cleaned up (CR-17).
 * - Delete: the id it came with.
 */
export function failureId(request: Request | undefined, envelope: Envelope, progress: Progress): string {
  const written = progress.mayHaveWritten ? progress.desiredId : undefined;
  if (!request) return envelope.physicalResourceId ?? createFailedId(envelope.requestId);
  switch (request.requestType) {
    case 'Create':
      return written ?? createFailedId(envelope.requestId);
    case 'Update':
      return written ?? request.physicalResourceId;
    case 'Delete':
      return request.physicalResourceId;
  }
}

async function raced(work: Promise<Outcome>, deadline: GuardedDeadline): Promise<Outcome> {
  // The loser must not become an unhandled rejection; its requests are aborted by the deadline's signal.
  work.catch(() => undefined);
  return Promise.race([work, deadline.expired]);
}

function urlOrReport(envelope: Envelope, region: string, wiring: Wiring, log: Log): URL {
  try {
    return checkAnswerUrl(envelope, region, wiring.responseHosts());
  } catch (error) {
    // No answer, no change: the invocation fails, which is what the alarm on errors sees.
    log('ERROR', 'refused the event', { reason: reasonOf(error) });
    throw error;
  }
}

/** A stack of another account or Region is nobody that this provider was deployed for (CR-37). */
function refuseStranger({ stackId }: Envelope, { region, accountId }: Invocation['provider']): void {
  const [, , service, stackRegion, stackAccount] = stackId.split(':');
  if (service === 'cloudformation' && stackRegion === region && stackAccount === accountId) return;
  throw new ProviderError(
    'AccessDenied',
    `the stack is in account ${stackAccount ?? '?'}, region ${stackRegion ?? '?'}, and this provider serves account ${accountId}, region ${region}: deploy a provider there`,
  );
}

/** CloudFormation has given up on the request and may have sent its Delete: a late change would be nobody's (CR-27). */
function refuseStale(waitsUntil: number | undefined, now: number): void {
  if (waitsUntil === undefined || now <= waitsUntil) return;
  throw new ProviderError(
    'NotStabilized',
    'the event is older than CloudFormation waits for an answer (ServiceTimeout): nothing was changed',
  );
}

function timeoutOf(event: unknown): number {
  const properties = (event as { readonly ResourceProperties?: unknown }).ResourceProperties;
  return serviceTimeoutOf(
    typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {},
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof ProviderError) return `${error.code}: ${error.message}`;
  return 'InternalFailure: the provider met an error of its own, which its log describes: nothing in the template can mend it';
}

/** For errors that nobody foresaw: where they came from. Ours say enough themselves. */
function forDebugging(error: unknown): Record<string, unknown> {
  if (error instanceof ProviderError) return {};
  return error instanceof Error ? { errorName: error.name, stack: error.stack } : { errorName: typeof error };
}
