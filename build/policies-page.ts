/**
 * `docs/reference/access-policies.md`: what `eks-access policies` says, from the same tables. `npm run generate` writes
 * it; a test fails when the page is not what this makes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ACCESS_POLICIES,
  type AccessPolicy,
  type Audience,
  NAMES_AS_OF,
} from '../access/policies/access-policies';
import { ASKING, gapsOf, SCOPE } from '../access/policies/gaps';
import { RULES_AS_OF } from '../access/policies/published-rules';
import { rulesTable } from './rules-table';

const page = join(__dirname, '../docs/reference/access-policies.md');
const HEADINGS: Readonly<Record<Audience, string>> = {
  people: 'For people and pipelines',
  backup: 'For AWS Backup',
  capability: 'For capabilities of EKS',
  'auto mode': 'For Auto Mode',
  aws: 'For service-linked roles of AWS alone',
  unknown: 'Of which nothing is published',
};

export function policiesPage(): string {
  const audiences = Object.keys(HEADINGS) as readonly Audience[];
  return [
    '<!-- Generated from access/policies/ by `npm run generate`. Do not edit. -->',
    '# Access policies of EKS',
    `What each access policy allows, as [EKS's documentation](https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html) said in ${RULES_AS_OF}; names as of ${NAMES_AS_OF}. No API tells it, so this is a copy. [\`eks-access policies NAME\`](../eks-access.md#what-an-access-policy-allows) prints the same.`,
    'The same rights on clusters without access entries, and what no policy has (nodes, custom resources, RoleBindings): [named rights](rights.md).',
    ASKING,
    `Scope: ${SCOPE.replaceAll('*', '\\*')}`,
    ...audiences.flatMap((audience) => [
      `## ${HEADINGS[audience]}`,
      ...ofAudience(ACCESS_POLICIES.filter((policy) => policy.audience === audience)),
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function ofAudience(policies: readonly AccessPolicy[]): readonly string[] {
  const withRules = policies.filter(({ rules }) => rules !== undefined);
  const others = policies.filter(({ rules }) => rules === undefined);
  return [
    ...withRules.flatMap(section),
    ...(others.length === 0
      ? []
      : [others.map(({ name, summary }) => `- \`${name}\`: ${summary}`).join('\n')]),
  ];
}

function section({ name, audience, summary, rules = [], doubt }: AccessPolicy): readonly string[] {
  const gaps = audience === 'people' ? gapsOf(rules) : [];
  return [
    `### ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    rulesTable(rules),
    ...(doubt === undefined ? [] : [doubt]),
    ...(gaps.length === 0 ? [] : [`Not allowed by it:\n\n${gaps.map((gap) => `- ${gap}`).join('\n')}`]),
  ];
}

if (require.main === module) writeFileSync(page, policiesPage());
