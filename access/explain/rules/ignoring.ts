/**
 * `# eks-access-ignore: RULE REASON` on the first line of an entry silences one rule for it. The reason is required: it
 * is what the next reader needs. Comments are safe there (GT-16). Pure.
 */
import { type RuleName } from '../finding';
import { lineAt } from '../lines';
import { type WrittenEntry } from '../written';

const COMMENT = /#[ \t]*eks-access-ignore:[ \t]*([a-z-]+)[ \t]+\S/g;

export function isIgnored(text: string, { start }: WrittenEntry, rule: RuleName): boolean {
  const line = lineAt(text, start).text;
  return [...line.matchAll(COMMENT)].some(([, name]) => name === rule);
}

/** What to put at the end of the entry's first line; undefined in JSON, which has no comments. */
export function ignoreComment({ item }: WrittenEntry, rule: RuleName): string | undefined {
  const isFlow = item !== undefined && item.kind === 'mapping' && item.isFlow;
  return item === undefined || isFlow ? undefined : `# eks-access-ignore: ${rule} REASON`;
}
