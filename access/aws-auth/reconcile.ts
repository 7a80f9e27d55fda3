/**
 * The loop over aws-auth: read → plan → write with the version that was read, again after a conflict (GT-52). Bounded
 * by the deadline and never by a count.
 */
import { NoRights } from '../cluster/kubernetes-refusal';
import { hasCode, mayHaveActed, ProviderError, withActed } from '../errors';
import { fullJitter, retry, writing, type Deadline } from '../retry';
import { type AwsAuth } from './intent';
import { pauseAfter } from './pause-after';
import { type Plan } from './plan';
import { type ConfigMap, type ConfigMapStore } from './port';

/** How long a denied call is tried again while rights may still be spreading (CR-30), at most. */
const PROPAGATION_MS = 20_000;

interface Written {
  /** The last plan that was made, which there is nothing left to do of. */
  readonly plan: Plan;
  readonly changed: boolean;
}

export async function planAndWrite(
  store: ConfigMapStore,
  planFor: (current: AwsAuth) => Promise<Plan>,
  deadline: Deadline,
  mayBeSpreading: boolean,
): Promise<Written> {
  const propagationEnds = deadline.now() + Math.min(PROPAGATION_MS, deadline.remainingMs() / 3);
  const conflicts: number[] = [];
  // A write whose answer was lost: the next read shows whether it happened, and a failure until then must say so.
  let acted = false;
  let started = 0;
  const once = async (): Promise<Written> => {
    started = deadline.now();
    const current = (await store.read()) ?? (await makeIfWanted(store, planFor, deadline));
    const plan = await planFor(current ?? NOTHING);
    const { write: wanted, isMark } = plan;
    if (!wanted || !current) return { plan, changed: acted };
    const writes = (): Promise<void> => write(store, current, wanted, deadline);
    await (isMark ? leavingMark(writes) : writes());
    return { plan, changed: acted || !isMark };
  };
  try {
    return await retry(deadline, once, (error, failures) => {
      acted ||= mayHaveActed(error);
      if (hasCode(error, 'ResourceConflict')) conflicts.push((deadline.now() - started) / 2);
      const spreading = mayBeSpreading && error instanceof NoRights && deadline.now() < propagationEnds;
      return spreading
        ? fullJitter(failures, 500, 2_000, () => deadline.random())
        : pauseAfter(error, { failures, conflicts, deadline });
    });
  } catch (error) {
    throw acted ? withActed(error, true) : error;
  }
}

/** What a cluster without aws-auth has. */
export const NOTHING: AwsAuth = { data: {}, annotations: {} };

/** An empty ConfigMap, or another writer's who was faster; undefined where nothing is to be written to it. */
async function makeIfWanted(
  store: ConfigMapStore,
  planFor: (current: AwsAuth) => Promise<Plan>,
  deadline: Deadline,
): Promise<ConfigMap | undefined> {
  return (await planFor(NOTHING)).write && writing(deadline, () => store.make());
}

/** A courtesy: what goes wrong with it fails no Delete, and after a conflict aws-auth is looked at again. */
async function leavingMark(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (hasCode(error, 'ResourceConflict', 'NotFound') || !(error instanceof ProviderError)) throw error;
  }
}

async function write(
  store: ConfigMapStore,
  { object }: ConfigMap,
  { data, annotations }: AwsAuth,
  deadline: Deadline,
): Promise<void> {
  // The last look before a write: nothing is written once the answer may be on its way (CR-29).
  deadline.signal.throwIfAborted();
  const metadata = { ...object.metadata, annotations };
  await writing(deadline, () => store.replace({ data, annotations, object: { ...object, data, metadata } }));
}
