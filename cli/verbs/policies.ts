/** `policies`: what each access policy of EKS allows, and what people miss in it. Pure. */
import {
  ACCESS_POLICIES,
  type AccessPolicy,
  accessPolicyFor,
  type Audience,
  NAMES_AS_OF,
} from '../../access/policies/access-policies';
import { ASKING, gapsOf, SCOPE } from '../../access/policies/gaps';
import { RULES_AS_OF } from '../../access/policies/published-rules';
import { type PolicyRule } from '../../access/policies/rule';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf, type Line } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';

const FOR: Readonly<Record<Audience, string>> = {
  people: 'for people and pipelines',
  capability: 'for capabilities of EKS',
  backup: 'for AWS Backup',
  'auto mode': 'for Auto Mode',
  aws: 'for service-linked roles of AWS alone',
  unknown: 'of which nothing is published',
};

const DATED = `From EKS's documentation as of ${RULES_AS_OF}, names as of ${NAMES_AS_OF}: no API of EKS tells what a policy allows.`;

/** `asked`: name or ARN; without it, all of them. */
export function policies(asked: string | undefined): Outcome {
  const all = asked === undefined ? ACCESS_POLICIES : [policyOf(asked)];
  return {
    exitCode: 0,
    text: (width) => [
      ...(asked === undefined ? overview(width) : all.flatMap((policy) => about(policy, width))),
      [],
      ...wrapped(DATED, width).map((text) => lineOf(text, 'faint')),
    ],
    plain:
      asked === undefined
        ? all.map(({ name, audience, published, summary }) => [name, audience, published, summary])
        : all.flatMap(plainRows),
    json: {
      command: 'policies',
      asOf: { rules: RULES_AS_OF, names: NAMES_AS_OF },
      policies: all.map((policy) => ({
        ...policy,
        rules: policy.rules ?? null,
        notAllowed: gapsFor(policy),
        doubt: policy.doubt ?? null,
      })),
    },
    hints: asked === undefined ? [lineOf('Next: eks-access policies NAME')] : [],
  };
}

function policyOf(asked: string): AccessPolicy {
  if (/^arn:[^:]*:iam:/.test(asked))
    throw new Problem(
      `${asked} is an IAM policy, which allows nothing in a cluster.`,
      'eks-access policies prints the access policies of EKS.',
    );
  const found = accessPolicyFor(asked);
  if ('policy' in found) return found.policy;
  throw new Problem(
    `There is no access policy ${JSON.stringify(asked)} in the table of ${NAMES_AS_OF}.`,
    found.meant === undefined ? 'eks-access policies prints all of them.' : `Did you mean ${found.meant}?`,
  );
}

function overview(width: number): readonly Line[] {
  const audiences = Object.keys(FOR) as readonly Audience[];
  return audiences.flatMap((audience, index) => [
    ...(index === 0 ? [] : [[]]),
    lineOf(capitalised(FOR[audience]), 'strong'),
    ...table(
      [{ head: '' }, { head: '' }],
      ACCESS_POLICIES.filter((policy) => policy.audience === audience).map(({ name, summary, published }) => [
        name,
        published === 'none' ? '' : summary,
      ]),
      width,
    ),
  ]);
}

function about(policy: AccessPolicy, width: number): readonly Line[] {
  const { name, audience, summary, published, rules, doubt } = policy;
  const text = (words: string, indent = ''): readonly Line[] =>
    wrapped(words, width - indent.length).map((line) => lineOf(indent + line));
  const gaps = gapsFor(policy);
  return [
    [{ text: name, style: 'strong' }, { text: `  ${FOR[audience]}` }],
    ...text(`${capitalised(summary)}.`),
    [],
    ...(rules === undefined
      ? text(published === 'prose' ? PROSE : NOTHING)
      : table(
          [{ head: 'API GROUP' }, { head: 'RESOURCES' }, { head: 'VERBS' }],
          rules.map((rule) => [groupsOf(rule), targetsOf(rule).join(' '), rule.verbs.join(' ')]),
          width,
        )),
    ...(doubt === undefined ? [] : [[], ...text(doubt)]),
    ...(gaps.length === 0
      ? []
      : [[], lineOf('Not allowed by it', 'strong'), ...gaps.flatMap((gap) => text(gap, '  '))]),
    ...(audience === 'people' ? [[], ...text(ASKING), [], ...text(`Scope: ${SCOPE}`)] : []),
  ];
}

const PROSE = 'EKS describes its rules in words that leave some of them open: see its documentation.';
const NOTHING = 'Nothing that EKS publishes says what it allows.';

/** Of those that people are given. */
function gapsFor({ audience, rules }: AccessPolicy): readonly string[] {
  return audience === 'people' && rules !== undefined ? gapsOf(rules) : [];
}

function groupsOf({ apiGroups }: PolicyRule): string {
  if (apiGroups.length === 0) return '-';
  return apiGroups.map((group) => (group === '' ? 'core' : group)).join(' ');
}

/** Resources, or paths of the API server. */
function targetsOf({ resources, nonResourceURLs }: PolicyRule): readonly string[] {
  return [...resources, ...nonResourceURLs.map((path) => `URL ${path}`)];
}

function plainRows(policy: AccessPolicy): readonly (readonly string[])[] {
  const { name, audience, published, summary, rules = [], doubt } = policy;
  return [
    ['policy', name, audience, published, summary],
    ...rules.map((rule) => ['rule', groupsOf(rule), targetsOf(rule).join(','), rule.verbs.join(',')]),
    ...gapsFor(policy).map((gap) => ['not allowed', gap]),
    ...(doubt === undefined ? [] : [['doubt', doubt]]),
  ];
}

function capitalised(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
