/** Tags of access entries: the construct's own, and those of `Tags.of(app)`, `Tags.of(stack)`, … */
import { Lazy, TagManager, TagType, Token } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { TAGS } from '../access/contract';
import { shown } from './checks/given';

/** Beside the provider's ownership record (GT-72). */
const MOST = 40;
const OURS = TAGS.owner.slice(0, TAGS.owner.indexOf(':') + 1);

/** Where `Tags.of(…)` puts its tags. */
export function tagManagerFor(resourceType: string, own: Readonly<Record<string, string>>): TagManager {
  const tags = new TagManager(TagType.STANDARD, resourceType);
  // More than any aspect has: what is said of the entry itself holds.
  for (const [key, value] of Object.entries(own)) tags.setTag(key, value, OWN_PRIORITY);
  return tags;
}

const OWN_PRIORITY = 1_000;

/** Throws unless it is an object of text. */
export function checkTagsGiven(tags: unknown): void {
  if (tags === undefined || (typeof tags === 'object' && tags !== null && !Array.isArray(tags))) return;
  throw new Error(`tags is ${shown(tags)}: give an object, { team: 'a' }`);
}

/** The property `Tags` once all tags are known; left out where there are none. */
export function renderTags(tags: TagManager): unknown {
  return Lazy.any({
    produce: () => {
      const rendered = Object.entries(tags.tagValues()).map(([Key, Value]) => ({ Key, Value }));
      return rendered.length === 0 ? undefined : rendered;
    },
  });
}

/** What is wrong with tags that came from above, found when the App is synthesised. */
export function checkTags(construct: Construct, tags: TagManager): void {
  construct.node.addValidation({
    validate: () => {
      const keys = Object.keys(tags.tagValues()).filter((key) => !Token.isUnresolved(key));
      const reserved = keys.find((key) => /^aws:/i.test(key) || key.startsWith(OURS));
      return [
        ...(keys.length > MOST
          ? [
              `${construct.node.path} has ${keys.length} tags, with those of its stack and App, and may have ${MOST}: remove some`,
            ]
          : []),
        ...(reserved === undefined
          ? []
          : [
              `${construct.node.path} has the tag ${JSON.stringify(reserved)}, whose prefix is reserved: use another key`,
            ]),
      ];
    },
  });
}
