/** The rule that a word names; what is none is refused with what was probably meant. Pure. */
import { type RuleName } from '../access/explain/finding';
import { helpFor } from '../access/explain/help/help';
import { Problem } from './problem';

export function ruleOf(name: string): RuleName {
  const found = helpFor(name);
  if ('rule' in found) return found.rule;
  throw new Problem(
    `There is no rule ${JSON.stringify(name)}.`,
    found.meant === undefined ? 'eks-access help prints all rules.' : `Did you mean ${found.meant}?`,
  );
}
