/** White space and quotes of text processors around user names and groups, which are part of them. */
import { whoOf } from '../who';
import { type Draft } from './draft';
import { entryTextsOf } from './entry-texts';
import { rewritten, type RuleView, stretchOf } from './values';

const AROUND = /^[\s“”„‘’‚«»]+|[\s“”‘’«»]+$/g;

export function* paddedTextRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible)
    for (const { what, value, nodeOf } of entryTextsOf(found, isPadded)) {
      yield {
        rule: 'padded-text',
        entry: found.entry,
        at: stretchOf(found, nodeOf()),
        sentence: `White space and typographic quotes around this ${what} are part of it.`,
        effect: `${whoOf(found.entry.principal)} logs in with the ${what} ${JSON.stringify(value)}.`,
        fix: rewritten(found, nodeOf(), value.replace(AROUND, ''), true),
      };
    }
}

/** Whether they are around something. */
export function isPadded(text: string): boolean {
  const inside = text.replace(AROUND, '');
  return inside !== text && inside !== '';
}
