/** Help for every rule: the one source of `help RULE`, of the page's help and of the documents. Data. */
import { closest } from '../../closest';
import { type RuleName } from '../finding';
import { CLUSTER_HELP } from './cluster-help';
import { DOCUMENT_HELP } from './document-help';
import { ENTRY_HELP } from './entry-help';
import { ROLE_AND_BINDING_HELP } from './role-and-binding-help';
import { type RuleHelp } from './rule-help';

export const HELP: Readonly<Record<RuleName, RuleHelp>> = {
  ...DOCUMENT_HELP,
  ...ENTRY_HELP,
  ...CLUSTER_HELP,
  ...ROLE_AND_BINDING_HELP,
};

/** `meant`: the rule that was probably meant, where there is none of this name. */
export function helpFor(
  rule: string,
): { readonly rule: RuleName; readonly help: RuleHelp } | { readonly meant: string | undefined } {
  const names = Object.keys(HELP) as readonly RuleName[];
  const found = names.find((name) => name === rule);
  return found === undefined ? { meant: closest(rule, names) } : { rule: found, help: HELP[found] };
}
