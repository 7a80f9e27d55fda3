/** All that the rules find in a cluster as it was seen. Pure. */
import { type Finding, type Level } from './finding';
import { type SeenCluster } from './seen-cluster';
import { findingOf, type Rule } from './rules/draft';
import { accountRules } from './rules/accounts';
import { adminRules } from './rules/admins';
import { bindingRules } from './rules/bindings';
import { documentRules } from './rules/document';
import { groupNameRules } from './rules/group-names';
import { entryTypeRules } from './rules/entry-types';
import { iamRules } from './rules/iam';
import { namedRightRules } from './rules/named-rights';
import { nodeMappingRules } from './rules/node-mapping';
import { movingRules } from './rules/moving';
import { nodeRightsRules } from './rules/node-rights';
import { nodeRules } from './rules/nodes';
import { placeRules } from './rules/places';
import { rightsRules } from './rules/rights';
import { duplicateRules } from './rules/duplicates';
import { entryTextRules } from './rules/entry-text';
import { matchingRules } from './rules/matching';
import { sectionRules } from './rules/section';
import { templateRules } from './rules/templates';
import { unboundGroupRules } from './rules/unbound-groups';
import { paddedTextRules } from './rules/padded-text';
import { userNameRules } from './rules/user-names';
import { ruleViewOf } from './rules/values';
import { valueTypeRules } from './rules/value-types';
import { type View, viewOf } from './view';

const RULES: readonly Rule[] = [
  documentRules,
  sectionRules,
  entryTextRules,
  valueTypeRules,
  userNameRules,
  groupNameRules,
  paddedTextRules,
  templateRules,
  accountRules,
  matchingRules,
  duplicateRules,
  nodeMappingRules,
  nodeRules,
  nodeRightsRules,
  entryTypeRules,
  placeRules,
  adminRules,
  rightsRules,
  movingRules,
  iamRules,
  bindingRules,
  unboundGroupRules,
  namedRightRules,
];

/** Errors first; of a level, lost sections, then what is about the document as a whole, then line by line. */
export function findingsOf(cluster: SeenCluster): readonly Finding[] {
  return findingsIn(viewOf(cluster));
}

export function findingsIn(view: View): readonly Finding[] {
  const findings: Finding[] = [];
  const ruleView = ruleViewOf(view);
  for (const rule of RULES)
    for (const draft of rule(ruleView)) {
      const finding = findingOf(view, draft);
      if (finding !== undefined) findings.push(finding);
    }
  return findings.sort(
    (a, b) =>
      ORDER[a.level] - ORDER[b.level] ||
      rank(a) - rank(b) ||
      lineOf(a) - lineOf(b) ||
      (a.span?.from.column ?? 0) - (b.span?.from.column ?? 0),
  );
}

const ORDER: Readonly<Record<Level, number>> = { error: 0, warn: 1, info: 2 };

/** A lost section hides all that is in it, as a mode does that does not read it. */
function rank({ rule, span }: Finding): number {
  if (rule.startsWith('section-') || rule === 'ignored-in-mode-api') return 0;
  return span === undefined ? 1 : 2;
}

function lineOf({ span }: Finding): number {
  return span?.from.line ?? 0;
}
