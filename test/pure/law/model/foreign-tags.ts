/** The tags that another tool has put on an access entry: what changes the entry, or makes it again, leaves them. */
import { type Cell } from './cell';
import { type Entry, withTag } from './cluster';
import { FOREIGN_TAG } from './foreign';

export class ForeignTags {
  /** Entries that this run of the function has deleted, by principal: it may make them again as another type. */
  private readonly deleted = new Map<string, Entry>();

  /** One change of an access entry: gives what is wrong with it. */
  lost(arn: string, before: Entry | undefined, after: Entry | undefined): readonly string[] {
    const was = before ?? this.deleted.get(arn);
    // Node types take no tags: what is made as one and taken back has those from before.
    if (before?.type === 'STANDARD' && !after) this.deleted.set(arn, before);
    if (!was || after?.type !== 'STANDARD') return [];
    const [had, has] = [was.tags[FOREIGN_TAG], after.tags[FOREIGN_TAG]];
    return had === has
      ? []
      : [
          `changed the tag of another tool on the access entry of ${arn}: ${had ?? 'none'} → ${has ?? 'none'}`,
        ];
  }
}

/** What is given back has the tag too, as it is by then. */
export function tagWhatWasFound({ found, everFound }: Cell, value: string): void {
  const tagged = (content: string | undefined): string | undefined =>
    content === undefined ? undefined : withTag(content, FOREIGN_TAG, value);
  for (const [owner, content] of found) found.set(owner, tagged(content));
  for (const content of [...everFound]) everFound.add(tagged(content));
}
