/**
 * The access entries as a run that has no event of its own may touch them: an entry that a later event has written stays as
 * it is. That event's date or its digest of the entry says so; the skew that events of CloudFormation are allowed
 * does not matter here, because the date that the run brings is a copy.
 */
import { readRecord } from '../../access/access-entry/owner-tags';
import { type AccessEntryStore } from '../../access/access-entry/port';
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

/** `read` throws OtherEvent for an entry of the mapping's owner that is not of the event which wrote the mapping. */
export function asWritten(store: AccessEntryStore, { record, facts }: OwnedMapping): AccessEntryStore {
  return {
    ...store,
    read: async (address) => {
      const current = await store.read(address);
      const found = current && readRecord(current.tags);
      if (!found || !isSameOwner(found.owner, record.owner)) return current;
      const { wrote } = factsOf(found);
      if (found.at !== record.at || differ(wrote, facts.wrote))
        throw new OtherEvent((found.at ?? 0) > (record.at ?? Infinity));
      return current;
    },
  };
}

/** Records from before have no digest. */
function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
