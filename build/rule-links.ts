/** Rules that a generated page cites, as links to where `docs/rules.md` states them with their source. Pure. */

/** `rules`: path from the page to `docs/rules.md`. */
export function withRuleLinks(text: string, rules: string): string {
  return text.replace(/\b(?:GT|CR)-\d+/g, (rule) => `[${rule}](${rules}#${rule.toLowerCase()})`);
}
