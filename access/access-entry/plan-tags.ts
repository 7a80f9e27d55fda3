/** The tags of an entry, by difference; tags that nobody named stay. Pure. */
import { TAGS } from '../contract';
import { type CurrentAccessEntry } from './access-entry';
import { isRecordTag } from './owner-tags';
import { isChunkOf, MAX_TAGS, type Tags } from './tag-text';

export type TagAction =
  | { readonly do: 'tag'; readonly accessEntryArn: string; readonly tags: Tags }
  | { readonly do: 'untag'; readonly accessEntryArn: string; readonly keys: readonly string[] };

interface TargetTags {
  readonly tags: Tags;
  /** Tags that the entry shall no longer have; tags named in neither place are another tool's and stay. */
  readonly tagsToRemove: readonly string[];
}

type Tagged = Pick<CurrentAccessEntry, 'accessEntryArn' | 'tags'>;

export interface TagPlan {
  /** Before the record is written: where old and new tags together are more than EKS takes, or it becomes another's. */
  readonly room: readonly TagAction[];
  readonly tagging: readonly TagAction[];
  readonly untagging: readonly TagAction[];
}

/**
 * The record is written before it is removed from: IAM lets the provider change only what carries one (CR-39). On the way
 * back to another owner our tags go before: once the record is theirs no try would take them off.
 */
export function planTags(current: Tagged, target: TargetTags, isGivenBack: boolean): TagPlan {
  const keys = target.tagsToRemove.filter(
    (name) => Object.hasOwn(current.tags, name) && !Object.hasOwn(target.tags, name),
  );
  const isHandedOver = becomesAnothers(current, target, keys);
  const tags = tagsToSet(current, target, keys, isHandedOver);
  const isTooMany = Object.keys({ ...current.tags, ...tags }).length > MAX_TAGS;
  const goFirst = isTooMany || (isGivenBack && isHandedOver);
  const { accessEntryArn } = current;
  const untag = (some: readonly string[]): readonly TagAction[] =>
    some.length === 0 ? [] : [{ do: 'untag', accessEntryArn, keys: some }];
  return {
    room: goFirst ? untag(keys.filter((key) => !isRecordTag(key))) : [],
    tagging: Object.keys(tags).length === 0 ? [] : [{ do: 'tag', accessEntryArn, tags }],
    untagging: untag(goFirst ? keys.filter(isRecordTag) : keys),
  };
}

/**
 * What a new record does not say any more is emptied in the same call, because the one that removes it may never happen: of
 * an earlier owner all, of the same owner the rest of a longer text. What that owner kept stays until it is removed.
 */
function tagsToSet(
  current: Tagged,
  target: TargetTags,
  keys: readonly string[],
  isHandedOver: boolean,
): Tags {
  const changed = changesOf(current, target);
  const isRewritten = changed.some(([name]) => name === TAGS.found);
  const emptied = keys.filter(
    (name) => (isHandedOver && isRecordTag(name)) || (isRewritten && isChunkOf(name, TAGS.found)),
  );
  return Object.fromEntries([...changed, ...emptied.map((name) => [name, ''] as const)]);
}

function changesOf({ tags }: Tagged, target: TargetTags): readonly (readonly [string, string])[] {
  return Object.entries(target.tags).filter(
    ([name, value]) => !Object.hasOwn(tags, name) || tags[name] !== value,
  );
}

function becomesAnothers(current: Tagged, target: TargetTags, keys: readonly string[]): boolean {
  const names = [...changesOf(current, target).map(([name]) => name), ...keys];
  return Object.hasOwn(target.tags, TAGS.owner) && names.some((name) => isChunkOf(name, TAGS.owner));
}
