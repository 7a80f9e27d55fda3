/** Rules of RBAC for people and for programs. Pure. */
import { type PolicyRule } from '../../access/policies/rule';
import { type Line } from '../text/line';
import { table } from '../text/table';

export function rulesTable(rules: readonly PolicyRule[], width: number): readonly Line[] {
  return table(
    [{ head: 'API GROUP' }, { head: 'RESOURCES' }, { head: 'VERBS' }],
    rules.map((rule) => [groupsOf(rule), targetsOf(rule).join(' '), rule.verbs.join(' ')]),
    width,
  );
}

export function plainRules(rules: readonly PolicyRule[]): readonly (readonly string[])[] {
  return rules.map((rule) => ['rule', groupsOf(rule), targetsOf(rule).join(','), rule.verbs.join(',')]);
}

function groupsOf({ apiGroups }: PolicyRule): string {
  if (apiGroups.length === 0) return '-';
  return apiGroups.map((group) => (group === '' ? 'core' : group)).join(' ');
}

/** Resources, with the names of objects where a rule has some; or paths of the API server. */
function targetsOf({ resources, resourceNames, nonResourceURLs }: PolicyRule): readonly string[] {
  const named = resources.flatMap((resource) =>
    resourceNames === undefined ? [resource] : resourceNames.map((name) => `${resource}/${name}`),
  );
  return [...named, ...nonResourceURLs.map((path) => `URL ${path}`)];
}
