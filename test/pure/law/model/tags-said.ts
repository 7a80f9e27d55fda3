/** The tags of an access entry as the ends of two orders are compared. */
import { readRecord } from '../../../../access/access-entry/owner-tags';
import { isChunkOf, type Tags } from '../../../../access/access-entry/tag-text';
import { listedTags } from '../../../../access/access-entry/template-tags';
import { TAGS } from '../../../../access/contract';

/**
 * That the other place has nothing of ours a copy may have found out a moment too late to say: a look more, no less. What
 * the template has dropped stays listed until the next event looks: of the list counts what says something of a tag.
 */
export function tagsSaid(tags: Tags): { readonly tags: Tags; readonly listed: readonly string[] } {
  const record = readRecord(tags);
  const others = Object.entries(tags).filter(([key]) => key !== TAGS.awsAuth && !isChunkOf(key, TAGS.tags));
  const listed = record ? Object.keys(listedTags(record, tags)) : [];
  return { tags: Object.fromEntries(others), listed };
}
