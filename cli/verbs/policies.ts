/** `policies`: what each access policy of EKS and each of the named rights allows, and what people miss in it. Pure. */
import {
  ACCESS_POLICIES,
  type AccessPolicy,
  accessPolicyFor,
  type Audience,
  NAMES_AS_OF,
} from '../../access/policies/access-policies';
import { ASKING, gapsOf, SCOPE } from '../../access/policies/gaps';
import { RULES_AS_OF } from '../../access/policies/published-rules';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf, type Line } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';
import { aboutRights, plainRights, rightsJson, rightsNamed, rightsOverview } from './rights';
import { plainRules, rulesTable } from './rules';

const FOR: Readonly<Record<Audience, string>> = {
  people: 'for people and pipelines',
  capability: 'for capabilities of EKS',
  backup: 'for AWS Backup',
  'auto mode': 'for Auto Mode',
  aws: 'for service-linked roles of AWS alone',
  unknown: 'of which nothing is published',
};

const DATED = `From EKS's documentation as of ${RULES_AS_OF}, names as of ${NAMES_AS_OF}: no API of EKS tells what a policy allows.`;

/** `asked`: name or ARN of a policy, or name of rights; without it, all of them. */
export function policies(asked: string | undefined): Outcome {
  const rights = rightsNamed(asked);
  if (asked === undefined || rights.length === 0) return aboutPolicies(asked, rights);
  return {
    exitCode: 0,
    text: (width) => [...rights.flatMap((each) => aboutRights(each, width)), [], ...dated(width)],
    plain: rights.flatMap(plainRights),
    json: { ...JSON_HEAD, policies: [], rights: rights.map(rightsJson) },
    hints: [],
  };
}

function aboutPolicies(asked: string | undefined, rights: ReturnType<typeof rightsNamed>): Outcome {
  const all = asked === undefined ? ACCESS_POLICIES : [policyOf(asked)];
  return {
    exitCode: 0,
    text: (width) => [
      ...(asked === undefined ? overview(width) : all.flatMap((policy) => about(policy, width))),
      [],
      ...dated(width),
    ],
    plain:
      asked === undefined
        ? [
            ...all.map(({ name, audience, published, summary }) => [name, audience, published, summary]),
            ...rights.map(({ name, summary }) => [name, 'rights', 'exact', summary]),
          ]
        : all.flatMap(plainRows),
    json: {
      ...JSON_HEAD,
      policies: all.map((policy) => ({
        ...policy,
        rules: policy.rules ?? null,
        notAllowed: gapsFor(policy),
        doubt: policy.doubt ?? null,
      })),
      rights: asked === undefined ? rights.map(rightsJson) : [],
    },
    hints: asked === undefined ? [lineOf('Next: eks-access policies NAME')] : [],
  };
}

const JSON_HEAD = { command: 'policies', asOf: { rules: RULES_AS_OF, names: NAMES_AS_OF } } as const;

function dated(width: number): readonly Line[] {
  return wrapped(DATED, width).map((text) => lineOf(text, 'faint'));
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
  const policiesOfAll = audiences.flatMap((audience, index) => [
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
  return [...policiesOfAll, [], ...rightsOverview(width)];
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
    ...(rules === undefined ? text(published === 'prose' ? PROSE : NOTHING) : rulesTable(rules, width)),
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

function plainRows(policy: AccessPolicy): readonly (readonly string[])[] {
  const { name, audience, published, summary, rules = [], doubt } = policy;
  return [
    ['policy', name, audience, published, summary],
    ...plainRules(rules),
    ...gapsFor(policy).map((gap) => ['not allowed', gap]),
    ...(doubt === undefined ? [] : [['doubt', doubt]]),
  ];
}

function capitalised(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
