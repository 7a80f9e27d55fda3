/** The tags that a request brings. Pure. */
import { optionalObject, type Call } from './call';
import { EksError, invalidParameter } from './eks-error';

/** GT-72: at most 50 tags, keys of 1-128 and values of at most 256 characters, no `aws:` in any letter case. */
export function readTags(
  body: Call['body'],
  refuse: (message: string) => Error = invalidParameter,
): Record<string, string> {
  const tags = optionalObject(body, 'tags') ?? {};
  if (Object.keys(tags).length > 50) throw refuse('The number of tags must be less than or equal to 50');
  for (const [key, value] of Object.entries(tags)) {
    if (typeof value !== 'string') throw new EksError('SerializationException', 'tags: expected strings');
    if (key.length < 1 || key.length > 128) throw refuse(`Tag key ${key} must have length between 1 and 128`);
    if (value.length > 256) throw refuse(`Tag value of ${key} must have length less than or equal to 256`);
    if (/^aws:/i.test(key)) throw refuse(`Tag key ${key} is invalid: the prefix aws: is reserved`);
  }
  return { ...(tags as Record<string, string>) };
}

/** Condition keys of IAM that are about the tags. */
export function tagContext(call: Call): Record<string, string | readonly string[]> {
  const tags = Object.entries(optionalObject(call.body, 'tags') ?? {});
  return {
    ...(tags.length > 0 ? { 'aws:TagKeys': tags.map(([key]) => key) } : {}),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, String(value)])),
  };
}
