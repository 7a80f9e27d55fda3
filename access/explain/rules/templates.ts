/** Text that looks like a template and is not filled in (GT-37). */
import { findTemplateFault } from '../../login-template';
import { type YamlNode } from '../../go-yaml/node';
import { whoOf } from '../who';
import { type Draft } from './draft';
import { type LoadedEntry, rewritten, type RuleView, stretchOf, valueOf } from './values';

export function* templateRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible) {
    const { username, groups } = found.loaded;
    yield* faulty(found, 'user name', username, () => valueOf(found, 'username'));
    for (const group of new Set(groups)) {
      if (!/[{}]/.test(group)) continue;
      yield* faulty(found, 'group', group, () => {
        const list = valueOf(found, 'groups');
        const items = list?.kind === 'sequence' ? [...list.items] : [];
        return items.find((item) => item.kind === 'scalar' && item.value === group);
      });
    }
  }
}

function* faulty(
  found: LoadedEntry,
  what: 'user name' | 'group',
  value: string,
  nodeOf: () => YamlNode | undefined,
): Generator<Draft> {
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
