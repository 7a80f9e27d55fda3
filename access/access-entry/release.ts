/** What Delete does with an entry: remove it, put back what was there before, or leave it alone. Pure. */
import { invalidRequest } from '../errors';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import {
  isRecordTag,
  type OwnershipRecord,
  type PreviousEntry,
  previousTags,
  readPrevious,
  readRecord,
  recordTags,
} from './owner-tags';
import { type Action, isSameEntry, planEntry, type TargetEntry } from './plan';
import { type Owner, describeOwner, isSameOwner } from '../owner';

export interface Release {
  readonly actions: readonly Action[];
  readonly removed: boolean;
  readonly note?: string;
}

export interface ReleaseRequest {
  readonly owner: Owner;
  readonly lastKnown?: DesiredAccessEntry;
  /** Whether an entry without record that equals `lastKnown` is the resource's own. */
  readonly healByEquality: boolean;
}

/** Throws ProviderError InvalidRequest when the record of an adopted entry is damaged. */
export function release(current: CurrentAccessEntry, request: ReleaseRequest): Release {
  const record = readRecord(current.tags);
  if (!record) {
    const { lastKnown, healByEquality } = request;
    if (healByEquality && lastKnown && isSameEntry(current, lastKnown)) return remove();
    return { actions: [], removed: false, note: 'not managed by this resource' };
  }
  if (!isSameOwner(record.owner, request.owner)) return dropPreviousOwner(current, record, request.owner);
  const previous = readPrevious(record.previousTags);
  if (previous === undefined) return remove();
  if (previous === 'damaged') {
    throw invalidRequest(
      `the access entry of ${current.principalArn} was adopted, and another tool has changed the tags that keep what was there before: ` +
        'set the entry right by hand, remove its tags that begin with cfn-eks-access: and delete again',
    );
  }
  const target = targetOfPrevious(current, previous, Object.keys(request.lastKnown?.tags ?? {}));
  return {
    actions: planEntry(current, target, 'last'),
    removed: true,
    note: 'put back what was there before',
  };
}

/** The entry as `previous` has it, without our record and without those of `ours` tags that it did not have. */
export function targetOfPrevious(
  current: CurrentAccessEntry | undefined,
  previous: PreviousEntry,
  ours: readonly string[],
): TargetEntry {
  // Tags that begin with aws: are the service's own and cannot be written.
  const tags = Object.fromEntries(Object.entries(previous.tags).filter(([key]) => !/^aws:/i.test(key)));
  const records = Object.keys(current?.tags ?? {}).filter(isRecordTag);
  return { ...previous, tags, tagsToRemove: [...records, ...ours].filter((key) => tags[key] === undefined) };
}

function remove(): Release {
  return { actions: [{ do: 'delete' }], removed: true };
}

/**
 * The entry has passed to somebody else, who keeps it for the one now deleted: that one no longer wants it back, so
 * what it in turn had found takes its place in the record.
 */
function dropPreviousOwner(current: CurrentAccessEntry, record: OwnershipRecord, leaving: Owner): Release {
  const note = `owned by ${describeOwner(record.owner)}`;
  const kept = withoutOwner(record.previousTags, leaving);
  if (!kept) return { actions: [], removed: false, note };
  const tags = recordTags({ ...record, previousTags: kept });
  const tagsToRemove = Object.keys(current.tags).filter((key) => isRecordTag(key) && tags[key] === undefined);
  return { actions: planEntry(current, { ...current, tags, tagsToRemove }), removed: false, note };
}

/** The chain of kept entries without that of `leaving`; undefined when it is not in it. */
function withoutOwner(
  tags: Readonly<Record<string, string>>,
  leaving: Owner,
): Readonly<Record<string, string>> | undefined {
  const previous = readPrevious(tags);
  if (previous === undefined || previous === 'damaged') return undefined;
  const record = readRecord(previous.tags);
  if (!record) return undefined;
  if (isSameOwner(record.owner, leaving)) return record.previousTags;
  const deeper = withoutOwner(record.previousTags, leaving);
  if (!deeper) return undefined;
  const others = Object.entries(previous.tags).filter(([key]) => !isRecordTag(key));
  return previousTags({
    ...previous,
    tags: { ...Object.fromEntries(others), ...recordTags({ ...record, previousTags: deeper }) },
  });
}
