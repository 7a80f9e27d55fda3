/** Removes one access entry, or gives back what it had replaced: read, decide (release.ts), act (apply.ts). */
import { type RemoveOutcome } from '../back-end';
import { type Owner } from '../owner';
import { type Deadline, retry } from '../retry';
import { goneAmong } from '../standing';
import { apply, nothingWritten } from './apply';
import { findEntry } from './find-entry';
import { readRecord, saysNeverInAwsAuth, snapshot } from './owner-tags';
import { type AccessEntryStore } from './port';
import { release, type ReleaseRequest } from './release';
import { pauseBeforeNextLook, retryPolicy } from './retry-policy';
import { partlyWritten, restore } from './undo';

export interface RemoveRequest extends Omit<ReleaseRequest, 'gone'> {
  readonly cluster: string;
  /** Without it the entry is looked for among all of the cluster's. */
  readonly principalArn?: string | undefined;
  readonly canonicalArn: string;
  /** As of a back end's `RemoveRequest`. */
  readonly isGone?: ((owner: Owner) => Promise<boolean>) | undefined;
}

/**
 * Removes the entry, or puts back what it had replaced. Not there, or not this resource's any more, is no error
 * (CR-19, CR-20). Throws ProviderError for what EKS refused.
 */
export async function removeAccessEntry(
  store: AccessEntryStore,
  request: RemoveRequest,
  deadline: Deadline,
): Promise<RemoveOutcome> {
  const pauseAfter = retryPolicy(deadline, false);
  for (let round = 0; ; round += 1) {
    const current = await retry(deadline, () => findEntry(store, request), pauseAfter);
    if (!current) return { removed: false, note: 'not found', isNowhereElse: false, wasThere: false };
    const gone = await goneAmong(readRecord(current.tags), request.owner, request.isGone);
    const { actions, ...result } = release(current, { ...request, gone });
    const address = { cluster: request.cluster, principalArn: current.principalArn };
    const state = nothingWritten();
    try {
      if (await apply(actions, { store, address, deadline, pauseAfter, state })) {
        const isNowhereElse = result.removed && saysNeverInAwsAuth(current.tags);
        return {
          ...result,
          isNowhereElse,
          wasThere: true,
          ...(result.removed ? { before: snapshot(current) } : {}),
        };
      }
    } catch (error) {
      // Half put back (another type: deleted, not made again), a repeated Delete would find nothing: make it whole.
      if (!state.hasDeleted) throw error;
      const whole = { store, address, request, entry: current, deadline };
      await restore(whole, state).catch((reason: unknown) => {
        throw partlyWritten(error, reason);
      });
      throw error;
    }
    await pauseBeforeNextLook(deadline, round, request);
  }
}
