/**
 * The scheduled run: the provider follows its clusters' authentication modes by itself, because CloudFormation sends no
 * event when a cluster changes its mode (GT-108). It never throws: a retry would do nothing that the next run does not.
 */
import { isObject } from '../../access/record-json';
import { ENVIRONMENT, type ScheduledEvent } from '../../access/contract';
import { type AuthenticationMode } from '../../access/desired-access';
import { refuseInvalidClusterRoles } from '../../access/guardrails/cluster-roles';
import { type Guardrails } from '../../access/guardrails/guardrails';
import { type Deadline } from '../../access/retry';
import { startDeadline, withinDeadline } from '../cloudformation/deadline';
import { debuggingFacts, reasonOf } from '../failure';
import { type Log } from '../log';
import {
  functionNameOf,
  type ProviderEnvironment,
  type ProviderIdentity,
  providerOf,
} from '../cluster/provider-identity';
import { runFields, noCounts } from './counts';
import { followAll } from './follow-all';
import { clusterWithNewDate, type KnownEntries } from './known-entries';
import { asksForRoles } from '../role/role-of-name';
import { type Unmade } from './outlived';
import { type Run, type ScheduledEdges } from './run';
import { isTurnOf, type Pace, paceOf } from './time';

/** What `index.ts` wires up. */
export interface ScheduledWiring extends ProviderEnvironment {
  /** Every call of the EKS API that goes through them waits for `pace`. */
  scheduledEdges(deadline: Deadline, provider: ProviderIdentity, pace: Pace): ScheduledEdges;
  guardrails(): Guardrails;
  followMode(): string | undefined;
  healRecreatedRoles?(): string | undefined;
  log(context: Readonly<Record<string, unknown>>): Log;
  readonly clock: { now(): number; random(): number };
}

/** What the run uses of Lambda's context. */
export interface ScheduledContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** Calls of the EKS API a second, at most: the account has them in common with its stacks. */
const CALLS_PER_SECOND = 5;
/** Kept for the last line of the log. */
const RESERVE_MS = 2_000;

/** Told apart by its kind, before anything else of an event is read. */
export function isScheduledEvent(event: unknown): event is ScheduledEvent {
  const kind: ScheduledEvent['kind'] = 'cfn-eks-access/scheduled-run';
  return isObject(event) && event['kind'] === kind;
}

/** Modes of the clusters as this container has last seen them. */
const modes = new Map<string, AuthenticationMode>();
/** What its runs know of the access entries of each cluster. */
const entries = new Map<string, KnownEntries>();
const unmade: Unmade = new Set();

/**
 * An event of CloudFormation that this container is about to serve. Those that others serve are not seen here: the dates that
 * they bring are found within an hour.
 */
export function noticeEvent(event: unknown): void {
  const cluster = clusterWithNewDate(event);
  if (cluster !== undefined) entries.delete(cluster);
}

export async function runSchedule(
  event: ScheduledEvent,
  context: ScheduledContext,
  wiring: ScheduledWiring,
): Promise<void> {
  const log = wiring.log({ function_request_id: context.awsRequestId });
  const mode = wiring.followMode();
  if (mode !== 'true' && mode !== 'report')
    return log(
      'WARN',
      `the scheduled run does nothing: ${ENVIRONMENT.followMode} is neither true nor report`,
    );
  const counts = noCounts();
  const deadline = startDeadline(context.getRemainingTimeInMillis() - RESERVE_MS, wiring.clock);
  try {
    const provider = providerOf(context, wiring);
    refuseInvalidClusterRoles(provider.clusterRoles);
    const pace = paceOf(deadline, CALLS_PER_SECOND);
    const { everyMinutes, settleSeconds } = timesOf(event);
    const run: Run = {
      deadline,
      log,
      counts,
      edges: (limited) => wiring.scheduledEdges(limited, provider, pace),
      guardrails: wiring.guardrails(),
      provider,
      requestId: context.awsRequestId,
      moves: mode === 'true',
      settleMs: settleSeconds * 1_000,
      asksForRoles: asksForRoles(wiring.healRecreatedRoles?.()),
      healsRoles: wiring.healRecreatedRoles?.() === 'true',
      unknownRoles: new Map(),
      isTurn: (cluster) => isTurnOf(cluster, wiring.clock.now(), everyMinutes),
      modes,
      entries,
      unmade,
    };
    await withinDeadline(followAll(run), deadline);
  } catch (error) {
    counts.RunsFailed = 1;
    log('ERROR', 'the scheduled run failed', {
      reason: reasonOf(error),
      ...debuggingFacts(error),
      ...runFields(counts, functionNameOf(context.invokedFunctionArn), wiring.clock.now()),
    });
  } finally {
    deadline.stop();
  }
}

/** An event of the schedule's own form; a field that is not what it should be has its default. */
function timesOf({ everyMinutes, settleSeconds }: ScheduledEvent): Required<Omit<ScheduledEvent, 'kind'>> {
  const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0;
  return {
    everyMinutes: isTime(everyMinutes) ? everyMinutes : 15,
    settleSeconds: isTime(settleSeconds) ? settleSeconds : 10,
  };
}
