/** Makes an entry again as it is, so that EKS binds it to the role that has its name now (GT-79). */
import { type Deadline } from '../retry';
import { type CurrentAccessEntry } from './access-entry';
import { apply, nothingWritten, retryPolicy } from './apply';
import { planAgain } from './plan';
import { type AccessEntryStore } from './port';
import { targetOfPrevious } from './release';
import { partlyWritten, restore } from './undo';
import { type Owner } from '../owner';
import { withActed } from '../errors';

export interface RebindRequest {
  readonly cluster: string;
  /** As it has just been read, with its record. */
  readonly current: CurrentAccessEntry;
  readonly owner: Owner;
  readonly requestToken: string;
}

/**
 * False where another caller was faster: then the entry is theirs. Throws ProviderError for what EKS refused; the entry is
 * there again then, unless the error says that something may have been written.
 */
export async function rebindAccessEntry(
  store: AccessEntryStore,
  { cluster, current, owner, requestToken }: RebindRequest,
  deadline: Deadline,
): Promise<boolean> {
  const address = { cluster, principalArn: current.principalArn };
  const state = nothingWritten();
  const pauseAfter = retryPolicy(deadline, true, false);
  try {
    const actions = planAgain(current, targetOfPrevious(current, current, []));
    return await apply(actions, { store, address, deadline, pauseAfter, state, requestToken });
  } catch (error) {
    if (!state.mayHaveWritten) throw error;
    const before = { store, address, request: { owner }, entry: current, deadline };
    await restore(before, state).catch((reason: unknown) => {
      throw partlyWritten(error, reason);
    });
    throw withActed(error, false);
  }
}
