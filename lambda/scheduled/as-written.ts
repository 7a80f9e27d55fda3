/**
 * The access entries as a run that has no event of its own may touch them: an entry that a later event has written stays as
 * it is. That event's date or its digest of the entry says so; the skew that events of CloudFormation are allowed
 * does not matter here, because the date that the run brings is a copy.
 */
import { readRecord } from '../../access/access-entry/owner-tags';
import { type AccessEntryStore, type EntryTags } from '../../access/access-entry/port';
import { type Tags } from '../../access/access-entry/tag-text';
import { type OwnedMapping } from '../../access/following/owned-mapping';
import { LateEvent } from '../../access/late-event';
import { isSameOwner } from '../../access/owner';
import { factsOf } from '../../access/record-facts';

/** The entry is not of the event that wrote the mapping. `isNewer`: of a later one, as far as the dates say. */
export class OtherEvent extends LateEvent {
  constructor(readonly isNewer: boolean) {
    super('another request of this resource has written its access entry');
  }
}

/**
 * `read` throws OtherEvent for an entry of the mapping's owner that is not of the event which wrote the mapping. So does each
 * write but the one that makes the entry: a put takes seconds, in which an event may go on from what it has made, or take it
 * away, and another tool make its own. `hasRecord`: false for the entries of nodes, which have no tags.
 */
export function asWritten(
  store: AccessEntryStore & EntryTags,
  { record, facts }: OwnedMapping,
  hasRecord: boolean,
): AccessEntryStore {
  const check = (tags: Tags | undefined, isWrite = false): void => {
    const found = tags && readRecord(tags);
    if (tags && !found && isWrite && hasRecord) throw new OtherEvent(false);
    if (!found) return;
    const isOwn = isSameOwner(found.owner, record.owner);
    const isOther = isOwn ? found.at !== record.at || differ(factsOf(found).wrote, facts.wrote) : isWrite;
    if (isOther) throw new OtherEvent(isOwn && (found.at ?? 0) > (record.at ?? Infinity));
  };
  return {
    ...store,
    read: async (address) => {
      const current = await store.read(address);
      check(current?.tags);
      return current;
    },
    apply: async (address, action, token) => {
      if (action.do !== 'create') check(await store.readTags(address), true);
      return store.apply(address, action, token);
    },
  };
}

/** Records from before have no digest. */
function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
