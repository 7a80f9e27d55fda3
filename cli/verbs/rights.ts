/** Named rights as `eks-access policies` shows them. Pure. */
import { gapsOf } from '../../access/policies/gaps';
import { clusterRoleOf, groupOf, isOfClusterOnly, policyOf } from '../../access/rights/catalogue';
import { growthOf, NAMED_RIGHTS, type NamedRights } from '../../access/rights/named-rights';
import { lineOf, type Line } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';
import { plainRules, rulesTable } from './rules';

/** All of them without a name; none where it is not one of theirs. */
export function rightsNamed(asked: string | undefined): readonly NamedRights[] {
  return NAMED_RIGHTS.filter(({ name }) => asked === undefined || name === asked);
}

export function rightsOverview(width: number): readonly Line[] {
  return [
    lineOf('Named rights, by RBAC, on any cluster (property Rights)', 'strong'),
    ...table(
      [{ head: '' }, { head: '' }],
      NAMED_RIGHTS.map(({ name, summary }) => [name, summary]),
      width,
    ),
  ];
}

export function aboutRights(rights: NamedRights, width: number): readonly Line[] {
  const { name, summary, rules, grows } = rights;
  const text = (words: string, indent = ''): readonly Line[] =>
    wrapped(words, width - indent.length).map((line) => lineOf(indent + line));
  const gaps = gapsFor(rights);
  const policy = policyOf(name);
  return [
    [{ text: name, style: 'strong' }, { text: '  named rights' }],
    ...text(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    ...(policy === undefined ? [] : text(`The same as access policy ${policy}.`)),
    [],
    ...rulesTable(rules, width),
    ...(grows === undefined ? [] : [[], ...text(growthOf(grows))]),
    ...(gaps.length === 0
      ? []
      : [[], lineOf('Not allowed by it', 'strong'), ...gaps.flatMap((gap) => text(gap, '  '))]),
    [],
    ...text(
      `ClusterRole ${clusterRoleOf(name)}, from samples/rights-rbac.yaml, for group ${groupOf(name)}${isOfClusterOnly(name) ? '' : `, or ${groupOf(name, 'NAMESPACE')}`}.`,
    ),
  ];
}

export function plainRights(rights: NamedRights): readonly (readonly string[])[] {
  const { name, summary, rules, grows } = rights;
  return [
    ['rights', name, policyOf(name) ?? '-', summary],
    ...plainRules(rules),
    ...(grows === undefined ? [] : [['grows', growthOf(grows)]]),
    ...gapsFor(rights).map((gap) => ['not allowed', gap]),
  ];
}

export function rightsJson(rights: NamedRights): Readonly<Record<string, unknown>> {
  const { name, summary, rules, grows } = rights;
  return {
    name,
    summary,
    policy: policyOf(name) ?? null,
    clusterRole: clusterRoleOf(name),
    group: groupOf(name),
    inNamespaces: !isOfClusterOnly(name),
    rules,
    growsBy: grows?.labels ?? [],
    notAllowed: gapsFor(rights),
  };
}

function gapsFor({ rules, grows }: NamedRights): readonly string[] {
  return gapsOf(rules, { isRbac: true, grows: grows !== undefined });
}
