/** Whose an access entry is, by its one tag that says so (CR-20). Pure. */
import { TAGS } from '../contract';
import { invalidRequest } from '../errors';
import { type Owner } from '../owner';
import { RECORD_VERSION } from '../ownership-record';
import { newerRecord } from '../record-json';
import { fromChunks, type Tags, unescapeText } from './tag-text';

/** With which all tags of a record begin. */
export const PREFIX = TAGS.owner.slice(0, TAGS.owner.indexOf(':') + 1);

/** Undefined when the entry carries no record. Throws ProviderError InvalidRequest for one of another version. */
export function readOwner(tags: Tags): Owner | undefined {
  const text = fromChunks(tags, TAGS.owner);
  if (text === undefined) return undefined;
  const version = Number(/^v(\d+)(\/|$)/.exec(text)?.[1]);
  if (version > RECORD_VERSION) throw newerRecord(`the tag ${TAGS.owner} of the access entry`, version);
  const [, stackId, logicalId] = /^v\d+\/(.*)\/([^/]*)$/.exec(text) ?? [];
  if (version !== RECORD_VERSION || stackId === undefined || logicalId === undefined) {
    throw invalidRequest(
      `the tag ${TAGS.owner} of the access entry is ${JSON.stringify(text)}, which is not what this provider writes: restore it, or remove the entry's tags that begin with ${PREFIX}, after which an entry equal to what its resource asks for counts as the resource's again`,
    );
  }
  return { stackId: unescapeText(stackId), logicalId: unescapeText(logicalId) };
}
