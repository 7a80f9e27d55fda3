/** One call of a store, with what may go wrong with it. */
import { type Place } from '../../../../access/place';
import { ProviderError } from '../../../../access/errors';
import { NoRights } from '../../../../access/cluster/kubernetes-refusal';
import { type VirtualTime } from '../engine/time';
import { kill, never } from './killed';
import { type Calls, type FaultKind } from './request';
import { tell } from './telling';

const ROUND_TRIP_MS = 20;

export interface Caller {
  readonly place: Place | 'CLOUDFORMATION';
  readonly calls: Calls;
  readonly time: VirtualTime;
  readonly signal: AbortSignal;
  /** Another tool writes aws-auth. */
  readonly editMeanwhile: () => void;
  /** Does something once the function has given up. */
  readonly later: (commit: () => void) => void;
  /** Something is asked for an event that has been answered. */
  readonly askedTooLate: () => void;
}

/** `what` the service does; it happens at most once, now or later. `about` an access entry: what it may follow from a look. */
export async function call<T>(
  caller: Caller,
  isWrite: boolean,
  what: () => T,
  about?: 'look' | 'change',
): Promise<T> {
  const { calls, time, signal, place } = caller;
  const effect = (): T => told(caller, isWrite, what);
  const { fault, meanwhile, cancel } = calls;
  if (calls.isKilled) return never();
  signal.throwIfAborted();
  if (calls.isAnswered) caller.askedTooLate();
  calls.calls += 1;
  const number = calls.calls;
  if (calls.turn) await calls.turn(signal);
  else time.spend(ROUND_TRIP_MS);
  const isTogether = meanwhile?.partsNoLook === true && calls.hasLooked === true && about === 'change';
  if (meanwhile?.at === number && isTogether) meanwhile.at += 1;
  else if (meanwhile?.at === number) {
    await meanwhile.happens();
    signal.throwIfAborted();
  }
  calls.hasLooked = about === 'look';
  if (cancel?.at === number) cancel.now();
  if (calls.deniedPlace === place) throw refused(place, 'denied');
  if (fault?.at !== number || fault.kind === 'unanswered') {
    if (isWrite) calls.writes += 1;
    return effect();
  }
  return withFault(caller, fault.kind, isWrite, effect);
}

function told<T>({ calls: { who }, place }: Caller, isWrite: boolean, what: () => T): T {
  const which = (): string => `${place} ${isWrite ? 'write' : 'read'}`;
  try {
    const given = what();
    tell(who, () => `${which()}: ${JSON.stringify(given) ?? 'done'}`);
    return given;
  } catch (error) {
    tell(who, () => `${which()} refused: ${String(error)}`);
    throw error;
  }
}

async function withFault<T>(
  { place, calls, time, signal, editMeanwhile, later }: Caller,
  kind: Exclude<FaultKind, 'unanswered'>,
  isWrite: boolean,
  effect: () => T,
): Promise<T> {
  tell(calls.who, () => `${place} ${isWrite ? 'write' : 'read'} is ${kind}`);
  if (kind === 'throttled' || kind === 'denied') {
    if (kind === 'denied') calls.deniedPlace = place;
    throw refused(place, kind);
  }
  if (isWrite) calls.writes += 1;
  switch (kind) {
    case 'killed':
      quietly(effect);
      return kill(calls);
    case 'edited':
      if (isWrite && place === 'CONFIG_MAP') editMeanwhile();
      return effect();
    case 'lost-after':
      effect();
      throw lost(isWrite);
    case 'lost-before':
      throw lost(isWrite);
    case 'late':
      if (isWrite) later(() => void quietly(effect));
      return hang(time, signal);
    case 'stall':
      return hang(time, signal);
  }
}

const FOR_EVER_MS = 86_400_000;

async function hang(time: VirtualTime, signal: AbortSignal): Promise<never> {
  await time.sleep(FOR_EVER_MS, signal);
  throw new Error('a call was never given up');
}

/** Nobody hears any more that the service refused. */
function quietly(effect: () => unknown): void {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
  }
}

function refused(place: Caller['place'], kind: 'throttled' | 'denied'): ProviderError {
  if (place === 'CONFIG_MAP')
    return kind === 'denied'
      ? new NoRights('no rights')
      : new ProviderError('Throttling', 'too many requests');
  return kind === 'denied'
    ? new ProviderError('AccessDenied', 'not authorized')
    : new ProviderError('Throttling', 'rate exceeded');
}

function lost(isWrite: boolean): ProviderError {
  return new ProviderError('ServiceUnavailable', 'the connection was cut', { mayHaveActed: isWrite });
}
