/** Rules by the words of a text that names none. Pure. */
import { type RuleName } from '../finding';
import { HELP } from './help';

const MOST = 3;

/** The nearest first; none where no word of the text is in any help. */
export function rulesNear(text: string): readonly RuleName[] {
  const words = new Set((text.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) => word !== 'error'));
  const names = Object.keys(HELP) as readonly RuleName[];
  return names
    .map((name) => {
      const { problem, right, why } = HELP[name];
      const help = new Set(`${name} ${problem} ${right} ${why}`.toLowerCase().match(/[a-z]{4,}/g));
      return { name, found: [...words].filter((word) => help.has(word)).length };
    })
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found)
    .slice(0, MOST)
    .map(({ name }) => name);
}
