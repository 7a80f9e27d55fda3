/** Quotes of text processors around user names and groups: YAML takes them for letters. */
import { whoOf } from '../who';
import { type Draft } from './draft';
import { entryTextsOf } from './entry-texts';
import { rewritten, type RuleView, stretchOf } from './values';

const QUOTED = /^[“”„‘’‚«»](.+)[“”‘’«»]$/s;

export function* typographicQuoteRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible)
    for (const { what, value, nodeOf } of entryTextsOf(found)) {
      const meant = withoutQuotes(value);
      if (meant === undefined) continue;
      yield {
        rule: 'typographic-quotes',
        entry: found.entry,
        at: stretchOf(found, nodeOf()),
        sentence: `Typographic quotes are letters to YAML, and part of this ${what}.`,
        effect: `${whoOf(found.entry.principal)} logs in with the ${what} ${JSON.stringify(value)}.`,
        fix: rewritten(found, nodeOf(), meant, true),
      };
    }
}

/** Undefined where there are none. */
export function withoutQuotes(text: string): string | undefined {
  return QUOTED.exec(text)?.[1];
}
