/**
 * `docs/eks-access-rules.md`: what `eks-access help RULE` says about each rule, from the same source. `npm run generate`
 * writes it; a test fails when the page is not what this makes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RuleName } from '../access/explain/finding';
import { HELP } from '../access/explain/help/help';
import { LEVELS } from '../access/explain/rules/levels';
import { withRuleLinks } from './rule-links';

const page = join(__dirname, '../docs/eks-access-rules.md');
const LEVEL_WORDS = {
  error: 'error: a principal does not get what is written',
  warn: 'warning: it works, and is fragile or wide',
  info: 'note',
} as const;

export function helpPage(): string {
  const rules = Object.keys(HELP) as readonly RuleName[];
  return [
    '# Rules of eks-access',
    'What [`eks-access doctor`](eks-access.md#what-is-wrong) finds. `eks-access help RULE` prints the same. Sources are [rules](rules.md), each with where it was read.',
    ...rules.map(section),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(rule: RuleName): string {
  const { problem, right, why, source } = HELP[rule];
  return [
    `## ${rule}`,
    `*${LEVEL_WORDS[LEVELS[rule]]}*`,
    text(problem),
    `\`\`\`text\n${right}\n\`\`\``,
    text(why),
    `Source: ${withRuleLinks(source, 'rules.md').replace(/https:\S+/g, '<$&>')}`,
  ].join('\n\n');
}

/** What help quotes holds signs of Markdown: `<…>`, `{{…}}` and `_`. */
function text(words: string): string {
  return words
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[<>*_|]/g, '\\$&')))
    .join('');
}

if (require.main === module) writeFileSync(page, helpPage());
