/** Whom an entry matches, and how wide it is (GT-24, GT-27, GT-29 to GT-31, GT-77). */
import { neverMatches, pathOf } from '../never-matches';
import { whoOf } from '../who';
import { type Draft } from './draft';
import { type LoadedEntry, rewritten, type RuleView, stretchOf, valueOf } from './values';

export function* matchingRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible) {
    if (found.loaded.sso !== undefined) yield ssoNeedsGate(found);
    else yield* neverMatching(found);
  }
  for (const found of view.counting) {
    yield* serviceLinked(found);
    yield* mastersWide(found);
  }
}

function* neverMatching(found: LoadedEntry): Generator<Draft> {
  const never = neverMatches(found.loaded.arn);
  if (never === undefined) return;
  const node = valueOf(found, 'arn');
  const path = pathOf(found.loaded.arn);
  yield {
    rule: never.rule,
    entry: found.entry,
    at: stretchOf(found, node),
    sentence: never.sentence,
    effect:
      path?.startsWith('aws-reserved/') === true
        ? `${whoOf(found.entry.principal)} cannot log in. What follows its last _ differs in every account.`
        : `${whoOf(found.entry.principal)} cannot log in by this entry.`,
    fix: never.instead === undefined ? undefined : rewritten(found, node, never.instead, true),
  };
}

function ssoNeedsGate({ entry, loaded }: LoadedEntry): Draft {
  const set = loaded.sso?.permissionSetName ?? '';
  return {
    rule: 'sso-needs-gate',
    entry,
    sentence:
      'sso entries match only where the authenticator has SSORoleMatch switched on, which is off by default.',
    effect: `Users of the permission set ${set} cannot log in by it: map role/AWSReservedSSO_${set}_… by rolearn.`,
  };
}

function* serviceLinked(found: LoadedEntry): Generator<Draft> {
  if (!/:role\/AWSServiceRoleFor[^/]+$/i.test(found.loaded.arn)) return;
  yield {
    rule: 'slr-without-path',
    entry: found.entry,
    at: stretchOf(found, valueOf(found, 'arn')),
    sentence: 'A service-linked role gets in by aws-auth alone: EKS takes no access entry for it.',
    effect: `${whoOf(found.entry.principal)} loses its access in mode API.`,
  };
}

/** Who holds system:masters by it is more than one person knows. */
function* mastersWide(found: LoadedEntry): Generator<Draft> {
  const { arn, groups } = found.loaded;
  if (!groups.includes('system:masters')) return;
  const isNode = groups.includes('system:nodes') || groups.includes('system:bootstrappers');
  const isRoot = /:root$/i.test(arn);
  if (!isNode && !isRoot) return;
  const groupsNode = valueOf(found, 'groups');
  const items = groupsNode?.kind === 'sequence' ? [...groupsNode.items] : [];
  const node = items.find((item) => item.kind === 'scalar' && item.value === 'system:masters') ?? groupsNode;
  yield {
    rule: 'masters-wide',
    entry: found.entry,
    at: stretchOf(found, node),
    sentence: isNode
      ? 'The role of nodes is in system:masters: every pod that reaches its credentials controls the cluster.'
      : 'The root user of an account is in system:masters.',
    effect: `Whatever runs as ${whoOf(found.entry.principal)} has full control, which RBAC cannot limit.`,
  };
}
