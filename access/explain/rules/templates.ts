/** Text that looks like a template and is not filled in (GT-37). */
import { findTemplateFault } from '../../login-template';
import { whoOf } from '../who';
import { type Draft } from './draft';
import { entryTextsOf, type EntryText } from './entry-texts';
import { type LoadedEntry, rewritten, type RuleView, stretchOf } from './values';

export function* templateRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible)
    for (const text of entryTextsOf(found, hasBrace)) yield* faulty(found, text);
}

const hasBrace = (value: string): boolean => /[{}]/.test(value);

function* faulty(found: LoadedEntry, { what, value, nodeOf }: EntryText): Generator<Draft> {
  const fault = findTemplateFault(value);
  if (fault === undefined) return;
  const { meant } = fault;
  const node = nodeOf();
  const template = meant === undefined ? undefined : `{{${meant}}}`;
  yield {
    rule: template === undefined ? 'template-unknown' : 'template-malformed',
    entry: found.entry,
    at: stretchOf(found, node),
    sentence:
      template === undefined
        ? `${fault.found} in this ${what} is no template: it stays as it is.`
        : `${fault.found} in this ${what} stays as it is: templates are exact text, as ${template} is.`,
    effect: `${whoOf(found.entry.principal)} logs in with the ${what} ${JSON.stringify(value)}.`,
    fix:
      template === undefined || node?.kind !== 'scalar'
        ? undefined
        : rewritten(
            found,
            node,
            value.replace(fault.found, () => template),
            true,
          ),
  };
}
