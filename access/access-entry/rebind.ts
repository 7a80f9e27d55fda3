/** Makes an entry again as it is, so that EKS binds it to the role that has its name now (GT-79). */
import { type Deadline } from '../retry';
import { type CurrentAccessEntry } from './access-entry';
import { apply, nothingWritten } from './apply';
import { type PauseAfter, retryPolicy } from './retry-policy';
import { planEntry } from './plan';
import { type AccessEntryStore } from './port';
import { targetOfPrevious } from './release';
import { partlyWritten, restore } from './undo';
import { type Owner } from '../owner';
import { withActed } from '../errors';

/** Of the create that tells whether the entry may be made: the time of the run is for the one that makes it. */
const TRIES_BEFORE = 5;

export interface RebindRequest {
  readonly cluster: string;
  /** As it has been read, with its record. */
  readonly current: CurrentAccessEntry;
  readonly owner: Owner;
  /** When CloudFormation asked for the event that wrote it last. */
  readonly requestedAt: number | undefined;
}

/**
 * EKS has one entry of a principal at a time, so the old one goes first. That the new one is allowed and its principal known
 * is found out before: a create beside the old entry is refused for either, and otherwise because there is one.
 * False where another caller was faster: then the entry is theirs. Throws ProviderError for what EKS refused; the entry is
 * there then, unless the error says that something may have been written.
 */
export async function rebindAccessEntry(
  store: AccessEntryStore,
  { requestToken, ...request }: RebindRequest & { readonly requestToken: string },
  deadline: Deadline,
): Promise<boolean> {
  const { cluster, current } = request;
  const state = nothingWritten();
  const on = { store, address: { cluster, principalArn: current.principalArn }, deadline, state };
  const pauseAfter = retryPolicy(deadline, true, false);
  const pauseBefore: PauseAfter = (error, failures) =>
    failures < TRIES_BEFORE ? pauseAfter(error, failures) : undefined;
  const making = planEntry(undefined, targetOfPrevious(current, current, []));
  try {
    if (await apply(making, { ...on, pauseAfter: pauseBefore })) return true;
    const again = { ...on, pauseAfter: retryPolicy(deadline, true), requestToken };
    return await apply([{ do: 'delete' }, ...making], again);
  } catch (error) {
    if (!state.mayHaveWritten) throw error;
    await putBack(store, request, deadline).catch((reason: unknown) => {
      throw partlyWritten(error, reason);
    });
    throw withActed(error, false);
  }
}

/**
 * The entry as it was before it was deleted. Repeatable, in a later run too: what another owner or a later event of this
 * one has made meanwhile stays. Throws ProviderError for what EKS refuses.
 */
export async function putBack(
  store: AccessEntryStore,
  { cluster, current, ...request }: RebindRequest,
  deadline: Deadline,
): Promise<void> {
  const address = { cluster, principalArn: current.principalArn };
  const before = { store, address, request, entry: current, deadline };
  await restore(before, { ...nothingWritten(), mayHaveWritten: true, hasDeleted: true });
}
