/** Takes back what a put has written: the entry becomes what it was, if it is still the one that we left. */
import { ProviderError, withActed } from '../errors';
import { type Deadline, retry } from '../retry';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import { readRecord } from './owner-tags';
import { nothingWritten, apply, type WriteState } from './apply';
import { type Action, isStandard, planEntry } from './plan';
import { targetOfPrevious } from './release';
import { retryPolicy } from './retry-policy';
import { type Owner, isSameOwner } from '../owner';
import { isOvertaken } from '../ownership-record';
import { type AccessEntryStore, type EntryAddress } from './port';

/** What was done could not be finished, nor taken back: answer with the real physical id (CR-13, CR-17). */
export function partlyWritten(failure: unknown, whyNotTakenBack: unknown): ProviderError {
  const { code, message } = withActed(failure, true);
  const why = withActed(whyNotTakenBack, true).message;
  return new ProviderError(code, `${message}; what had been written could not be taken back: ${why}`, {
    cause: failure,
    mayHaveActed: true,
  });
}

/** The entry before the put, and all that is needed to get back there. */
export interface StateBefore {
  readonly store: AccessEntryStore;
  readonly address: EntryAddress;
  readonly request: {
    readonly owner: Owner;
    readonly requestedAt?: number | undefined;
    readonly entry?: DesiredAccessEntry | undefined;
  };
  /** Undefined when there was none. */
  readonly entry: CurrentAccessEntry | undefined;
  readonly deadline: Deadline;
}

/** Repeatable; does nothing when nothing was written. Throws ProviderError when EKS refuses. */
export async function restore(before: StateBefore, state: WriteState): Promise<void> {
  const { store, address, deadline } = before;
  if (!state.mayHaveWritten) return;
  const pauseAfter = retryPolicy(deadline, false);
  for (;;) {
    const current = await retry(deadline, () => store.read(address), pauseAfter);
    const actions = undoActions(current, before, state);
    if (await apply(actions, { store, address, deadline, pauseAfter, state: nothingWritten() })) return;
    await deadline.pause(250);
  }
}

function undoActions(
  current: CurrentAccessEntry | undefined,
  before: StateBefore,
  state: WriteState,
): readonly Action[] {
  const { entry, request } = before;
  const record = current && readRecord(current.tags);
  // A later event of the same owner has gone on from what was written.
  if (record && isOvertaken(record.at, request.requestedAt)) return [];
  // Taken over by another owner meanwhile, or never touched: node entries alone carry no record when ours, and one that
  // is there where another type was asked for is of a later event, or of another tool.
  const isNodeAsked = !request.entry || !isStandard(request.entry);
  const isOurs = record
    ? isSameOwner(record.owner, request.owner)
    : !current || (isNodeAsked && !isStandard(current));
  if (!isOurs) return [];
  // A new entry may not be shown yet (GT-110), so it is deleted unseen; if it is gone, that is no error.
  if (!entry) return [{ do: 'delete' }];
  if (!current && !state.hasDeleted) return [];
  return planEntry(current, targetOfPrevious(current, entry, Object.keys(request.entry?.tags ?? {})), 'last');
}
