/** What one request asks for, done within the time that Lambda and CloudFormation leave. */
import { MODE_RESOURCE_TYPE } from '../access/contract';
import { type Deadline } from '../access/retry';
import { type Arrival } from './arrival';
import { type PASSED_ON, serveMode } from './authentication-mode/change';
import { relayOf } from './authentication-mode/relay';
import { ifAwaited } from './awaited/late-delivery';
import { requestedAt } from './cloudformation/answer-url';
import { startDeadline, withinDeadline, workTime, type GuardedDeadline } from './cloudformation/deadline';
import { type Request } from './cloudformation/event';
import { refuseForeignStack, refuseStale, waitsUntil } from './cloudformation/trust';
import { type Edges, type Outcome } from './invocation';
import { createOrUpdate, remove } from './lifecycle';
import { count } from './measures/event-counts';
import { type FunctionContext, type Wiring } from './wiring';

/** The work that the request asks for, under the deadline guard. */
export async function serveInTime(
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
