/** Rules of RBAC as a table of a page. Pure. */
import { type PolicyRule } from '../access/policies/rule';

export function rulesTable(rules: readonly PolicyRule[]): string {
  const code = (names: readonly string[]): string => names.map((each) => `\`${each || 'core'}\``).join(' ');
  return [
    '| API group | resources | verbs |',
    '| --- | --- | --- |',
    ...rules.map(({ apiGroups, resources, resourceNames = [], nonResourceURLs, verbs }) => {
      const targets = code([...resources, ...nonResourceURLs.map((path) => `URL ${path}`)]);
      const named = resourceNames.length === 0 ? '' : `: ${code(resourceNames)}`;
      return `| ${code(apiGroups)} | ${targets}${named} | ${code(verbs)} |`;
    }),
  ].join('\n');
}
