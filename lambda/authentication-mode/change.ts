/**
 * Create, Update and Delete of `Custom::EksAuthenticationMode`: one step on the one way of authentication modes, waited
 * for over as many invocations as it takes (docs/decisions/0014).
 */
import { isLater } from '../../access/authentication-mode/step';
import { type ModeAttributes } from '../../access/contract';
import { type AuthenticationMode } from '../../access/desired-access';
import { hasCode, ProviderError, withActed } from '../../access/errors';
import { checkCluster } from '../../access/guardrails/guardrails';
import { type CreateOrUpdateRequest, type Request } from '../cloudformation/event';
import {
  type DesiredMode,
  parseModeProperties,
  recallModeProperties,
} from '../cloudformation/mode-properties';
import { clusterIfAny, type Invocation, type Outcome } from '../invocation';
import { ifAwaited } from '../awaited/late-delivery';
import { modeIdOf } from '../physical-id';
import { within } from '../within';
import { NotYet, Progress } from './progress';
import { type Relay } from './relay';

/** The next invocation answers. */
export const PASSED_ON = 'passed on';

/** Time for handing over, milliseconds: more than one request may take. */
const HAND_OVER_MS = 12_000;

/** A Delete asks nobody, because it does nothing. */
export async function serveMode(
  invocation: Invocation,
  request: Request,
  relay: Relay,
): Promise<Outcome | typeof PASSED_ON> {
  if (request.requestType !== 'Delete')
    return ifAwaited(invocation, () => createOrUpdateMode(invocation, request, relay));
  const { physicalResourceId } = request;
  invocation.log('INFO', `nothing to do: ${ONE_WAY}`, { physicalResourceId });
  return { physicalResourceId };
}

async function createOrUpdateMode(
  invocation: Invocation,
  request: CreateOrUpdateRequest,
  relay: Relay,
): Promise<Outcome | typeof PASSED_ON> {
  const { log } = invocation;
  const desired = parseModeProperties(request.properties);
  const answer = (mode: AuthenticationMode): Outcome & { readonly data: ModeAttributes } => ({
    physicalResourceId: modeIdOf(desired.cluster),
    data: { AuthenticationMode: mode },
  });
  if (isWayBack(request, desired)) {
    log('WARN', `nothing is changed on the way back: ${ONE_WAY}`, { asked: desired.mode });
    return answer((await modeIfAny(invocation, desired)) ?? desired.mode);
  }
  checkCluster(desired.cluster, 'Cluster', invocation.guardrails());
  const progress = new Progress(invocation, request, desired, relay.hop?.updateId);
  const { deadline } = invocation;
  const workMs = deadline.remainingMs() - Math.min(HAND_OVER_MS, deadline.remainingMs() / 3);
  try {
    return answer(await within(deadline, workMs, (limited) => progress.reach(limited)));
  } catch (error) {
    if (!isWaiting(error, progress)) throw withActed(error, progress.hasActed);
    if (!relay.mayPassOn()) throw outOfTime(error, progress);
    await passOn(relay, progress);
    return PASSED_ON;
  }
}

async function passOn(relay: Relay, { updateId, hasActed }: Progress): Promise<void> {
  try {
    await relay.passOn(updateId);
  } catch (error) {
    throw withActed(error, hasActed);
  }
}

const ONE_WAY =
  'the authentication mode of a cluster goes one way (CONFIG_MAP, API_AND_CONFIG_MAP, API), so it keeps the one that it has';

/** An Update in place that asks for an earlier mode than before: a rollback, or a template that thinks again. */
function isWayBack(request: CreateOrUpdateRequest, desired: DesiredMode): boolean {
  if (request.requestType !== 'Update') return false;
  const old = recallModeProperties(request.oldProperties);
  return old?.cluster === desired.cluster && isLater(old.mode, desired.mode);
}

/** A way back never fails: what cannot be asked is not known. */
async function modeIfAny(
  invocation: Invocation,
  { cluster }: DesiredMode,
): Promise<AuthenticationMode | undefined> {
  try {
    return (await clusterIfAny(invocation, cluster))?.authenticationMode;
  } catch (error) {
    if (!(error instanceof ProviderError) || invocation.deadline.signal.aborted) throw error;
    invocation.log('WARN', 'the cluster was not looked at', { reason: error.message });
    return undefined;
  }
}

/** Whether the next invocation is of use: a service that fails is waited for only while an update runs. */
function isWaiting(error: unknown, { updateId }: Progress): error is ProviderError {
  if (error instanceof NotYet) return true;
  return updateId !== undefined && hasCode(error, 'Throttling', 'ServiceUnavailable');
}

function outOfTime(error: ProviderError, { updateId, hasActed }: Progress): ProviderError {
  const goesOn = updateId === undefined ? '' : '; the update goes on by itself, and that operation finds it';
  const sentence = `${error.message}; no time is left to wait: run the stack operation again${goesOn}`;
  return new ProviderError('NotStabilized', sentence, { cause: error, mayHaveActed: hasActed });
}
