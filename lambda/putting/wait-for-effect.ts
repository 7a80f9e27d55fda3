/**
 * `WaitForEffect`: how long the answer waits after a change, so that what depends on the resource finds the mapping in
 * effect. EKS shows a new access entry only after some seconds, and the API servers of the cluster know it later still
 * (GT-110), which no API tells: so the mapping is read until it reads as written, and the rest of the time passes.
 */
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { ProviderError } from '../../access/errors';
import { identityOf } from '../../access/login-identity';
import { arnOf, principalKey } from '../../access/principal';
import { type Deadline } from '../../access/retry';
import { type Invocation } from '../invocation';
import { type Done } from './put';
import { within } from '../within';

/** Between two looks, in milliseconds. */
const EVERY_MS = 2_000;
/** No look begins with less time than this. */
const LOOK_MS = 100;
/** What is left of the time for work in any case: a wait that the deadline ends would be answered FAILED. */
const RESERVE_MS = 1_000;

export interface Waited {
  /** Undefined where the mapping did not read as written in time. */
  readonly seenAfterMs: number | undefined;
  readonly waitedMs: number;
}

/** Never fails: what is not seen in time is a warning, because the mapping is written. */
export async function waitForEffect(
  invocation: Invocation,
  cluster: Cluster,
  desired: DesiredAccess,
  { placement, outcome }: Done,
): Promise<void> {
  const { deadline, log, edgesWithin } = invocation;
  const { waitSeconds = 0, principal } = desired;
  if (!outcome.changed || waitSeconds === 0) return;
  const { place } = placement.backEnd;
  const principalArn = arnOf(principal);
  const look = (limitMs: number): Promise<boolean> =>
    within(deadline, limitMs, async (limited) => {
      const backEnd = edgesWithin(limited)
        .backEnds(cluster)
        .find((one) => one.place === place);
      const seen = await backEnd?.look({ cluster, key: principalKey(principal), principalArn }, limited);
      return seen?.entry?.identity === identityOf(placement.effective);
    });
  log('INFO', 'waiting for the mapping to take effect', { waitSeconds });
  const waited = await waitUntilSeen(deadline, waitSeconds * 1_000, look);
  if (waited.seenAfterMs === undefined)
    log('WARN', 'the mapping is written, but did not read as written in the time of WaitForEffect', {
      ...waited,
    });
  else log('INFO', 'waited for the mapping to take effect', { ...waited });
}

/**
 * Looks until `look` gives true, then waits for the rest of `ms`; shorter where the deadline comes sooner. `look` gets the
 * milliseconds that it may take; a ProviderError of it counts as not seen.
 */
export async function waitUntilSeen(
  deadline: Pick<Deadline, 'now' | 'remainingMs' | 'pause'>,
  ms: number,
  look: (limitMs: number) => Promise<boolean>,
): Promise<Waited> {
  const started = deadline.now();
  const passed = (): number => deadline.now() - started;
  const left = (): number => Math.min(ms - passed(), deadline.remainingMs() - RESERVE_MS);
  let seenAfterMs: number | undefined;
  while (left() > 0) {
    if (seenAfterMs === undefined && left() >= LOOK_MS && (await isSeen(look, left())))
      seenAfterMs = passed();
    const rest = left();
    if (rest > 0) await deadline.pause(seenAfterMs === undefined ? Math.min(EVERY_MS, rest) : rest);
  }
  return { seenAfterMs, waitedMs: passed() };
}

async function isSeen(look: (limitMs: number) => Promise<boolean>, limitMs: number): Promise<boolean> {
  try {
    return await look(limitMs);
  } catch (error) {
    if (error instanceof ProviderError) return false;
    throw error;
  }
}
