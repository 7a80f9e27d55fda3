/**
 * What Delete does with an entry: remove it, put back what was there before, or leave it alone. Whose the entry is says
 * `ownership.ts`. Pure.
 */
import { TAGS } from '../contract';
import { invalidRequest } from '../errors';
import { overtakenEvent } from '../late-event';
import { type Owner, describeOwner } from '../owner';
import { verdictOnRemove } from '../ownership-removal';
import { type GivenBack } from '../ownership-record';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import {
  type DamagedValue,
  type EntryRecord,
  type EntryValue,
  isRecordTag,
  readRecord,
  recordTags,
} from './owner-tags';
import { isServiceTag, type Tags } from './tag-text';
import { listedTags } from './template-tags';
import { type Action, isSameEntry, planEntry, type TargetEntry } from './plan';
import { sightingOf } from './sighting';

export interface Release {
  readonly actions: readonly Action[];
  readonly removed: boolean;
  readonly note?: string | undefined;
}

export interface ReleaseRequest {
  readonly owner: Owner;
  /** As of `RemoveRequest`. */
  readonly set?: string | undefined;
  /** As of the ownership table. */
  readonly requestedAt?: number | undefined;
  readonly gone?: readonly Owner[] | undefined;
  readonly lastKnown?: DesiredAccessEntry | undefined;
  /** Whether an entry without record that equals `lastKnown` is the resource's own. */
  readonly equalIsOwn: boolean;
  /** The entry goes, no matter who owns it (`ExistingEntry: REPLACE` from the other place), unless no stack may touch it. */
  readonly isReplaced?: boolean | undefined;
  /** As of `RemoveRequest`. */
  readonly isProvidersRole?: boolean | undefined;
}

/** Throws LateEvent; ProviderError InvalidRequest when the record of an adopted entry is damaged, or of another version. */
export function release(current: CurrentAccessEntry, request: ReleaseRequest): Release {
  const { lastKnown, equalIsOwn, owner, requestedAt, isReplaced, isProvidersRole } = request;
  const protects = isProvidersRole ? 'provider' : sightingOf(current).entry?.protects;
  if (isReplaced && !protects) return { actions: [{ do: 'delete' }], removed: true };
  const record = readRecord(current.tags);
  const verdict = verdictOnRemove({
    record,
    owner,
    set: request.set,
    requestedAt,
    gone: request.gone,
    equalToKnown: equalIsOwn && lastKnown !== undefined && isSameEntry(current, lastKnown),
    protects,
    isThere: true,
  });
  switch (verdict.kind) {
    case 'late':
      throw overtakenEvent();
    case 'leave':
    case 'forget':
      return { actions: [], removed: false, note: 'not managed by this resource' };
    case 'owned by another': {
      const note = `owned by ${describeOwner(verdict.record.owner)}`;
      return { actions: verdict.left ? retag(current, verdict.left) : [], removed: false, note };
    }
    case 'remove':
      return { actions: [{ do: 'delete' }], removed: true };
    case 'give back':
      return giveBack(current, verdict.previous, {
        ours: ownTags(current, record, lastKnown),
        isFound: verdict.previous.value === record?.found?.value,
      });
  }
}

/** The tags that this resource has put on the entry, as far as nobody has changed them since. */
function ownTags(
  { tags }: CurrentAccessEntry,
  record: EntryRecord | undefined,
  lastKnown: DesiredAccessEntry | undefined,
): Tags {
  const asked = Object.entries(lastKnown?.tags ?? {}).filter(([key, value]) => tags[key] === value);
  return { ...(record && listedTags(record, tags)), ...Object.fromEntries(asked) };
}

/**
 * A tag of what was found that another tool has changed or removed since is as that tool left it; what a rename goes back
 * to has its own.
 */
function giveBack(
  current: CurrentAccessEntry,
  { value, record }: GivenBack<EntryValue | DamagedValue>,
  { ours, isFound }: { readonly ours: Tags; readonly isFound: boolean },
): Release {
  if ('damaged' in value) {
    throw invalidRequest(
      `the access entry of ${current.principalArn} was adopted, and another tool has changed the tags that keep what was there before: ` +
        'set the entry right by hand, remove its tags that begin with cfn-eks-access: and delete again',
    );
  }
  const tags = Object.entries(value.tags).filter(([key]) =>
    Object.hasOwn(current.tags, key) ? Object.hasOwn(ours, key) : !isFound,
  );
  // The owner outside the stack may have moved to aws-auth meanwhile.
  const records = Object.entries(record ? recordTags(record) : {}).filter(
    ([key]) => !(isFound && key === TAGS.awsAuth),
  );
  const previous = { ...value, tags: Object.fromEntries([...tags, ...records]) };
  const target = targetOfPrevious(current, previous, Object.keys(ours));
  return {
    actions: planEntry(current, target, 'last'),
    removed: true,
    note: 'put back what was there before',
  };
}

/** The entry as `previous` has it, record included, without our record and those of `ours` tags that it did not have. */
export function targetOfPrevious(
  current: CurrentAccessEntry | undefined,
  previous: EntryValue,
  ours: readonly string[],
): TargetEntry {
  const tags = Object.fromEntries(Object.entries(previous.tags).filter(([key]) => !isServiceTag(key)));
  const records = Object.keys(current?.tags ?? {}).filter(isRecordTag);
  return { ...previous, tags, tagsToRemove: [...records, ...ours].filter((key) => tags[key] === undefined) };
}

/** The entry as it is, under another record. */
function retag(current: CurrentAccessEntry, record: EntryRecord): readonly Action[] {
  const tags = recordTags(record);
  return planEntry(current, {
    ...current,
    tags,
    tagsToRemove: Object.keys(current.tags).filter(isRecordTag),
  });
}
