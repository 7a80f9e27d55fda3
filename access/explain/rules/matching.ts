/** Whom an entry matches (GT-24, GT-27, GT-29 to GT-31, GT-77). */
import { neverMatches, pathOf } from '../never-matches';
import { permissionSetOf, whoOf } from '../who';
import { type Draft } from './draft';
import { type LoadedEntry, rewritten, type RuleView, stretchOf, valueOf } from './values';

export function* matchingRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible) {
    const { sso } = found.loaded;
    if (sso !== undefined) yield ssoNeedsGate(found, sso.permissionSetName);
    else yield* neverMatching(found);
  }
  for (const found of view.counting) {
    yield* serviceLinked(found);
    yield* withoutSuffix(found);
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

function ssoNeedsGate({ entry }: LoadedEntry, set: string): Draft {
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

/** Nobody else may call a role so. */
function* withoutSuffix(found: LoadedEntry): Generator<Draft> {
  const { arn } = found.loaded;
  if (!/:role\/AWSReservedSSO_/i.test(arn) || permissionSetOf(arn) !== undefined) return;
  yield {
    rule: 'principal-never-matches',
    level: 'warn',
    entry: found.entry,
    at: stretchOf(found, valueOf(found, 'arn')),
    sentence:
      'A role of IAM Identity Center ends with _ and 16 digits of 0 to 9 and a to f, and this one does not.',
    effect:
      'It matches nobody, unless the end was left out here: aws iam list-roles --path-prefix /aws-reserved/ tells the name.',
  };
}
