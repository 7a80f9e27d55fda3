/** Groups that are not the ones of Kubernetes that they look like. */
import { closest } from '../../closest';
import { NODE_GROUPS } from '../../node-identity';
import { whoOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';
import { isPadded } from './padded-text';
import { withValues } from './entry-values';
import { type LoadedEntry, rewritten, type RuleView, stretchOf, valueOf } from './values';

const KNOWN = ['system:masters', ...NODE_GROUPS];
/** Kubernetes has these roles from its start, and no group of their names. */
const CLUSTER_ROLE = /^(?:cluster-admin|system:(?:basic-user|discovery|public-info-viewer))$/;

export function* groupNameRules(view: RuleView): Generator<Draft> {
  for (const found of view.counting)
    for (const group of found.loaded.groups) yield* misnamed(view, group, found.loaded.arn, found);
  for (const { groups, principalArn } of view.accessEntries)
    for (const group of groups) yield* misnamed(view, group, principalArn);
}

function* misnamed(
  { cluster: { bindings = [] } }: View,
  group: string,
  principal: string,
  found?: LoadedEntry,
): Generator<Draft> {
  if (isPadded(group)) return;
  const isRole = CLUSTER_ROLE.test(group);
  const parts = group.split(',').map((part) => part.trim());
  const meant =
    isRole || KNOWN.includes(group)
      ? undefined
      : (KNOWN.find((known) => known === `system:${group}`) ?? closest(group, KNOWN));
  if (!isRole && meant === undefined && parts.length < 2) return;
  if (bindings.some(({ subjects }) => subjects.some(({ kind, name }) => kind === 'Group' && name === group)))
    return;
  const list = found && valueOf(found, 'groups');
  const item =
    list?.kind === 'sequence'
      ? [...list.items].find((each) => each.kind === 'scalar' && each.value === group)
      : undefined;
  const text = `kubectl create clusterrolebinding NAME --clusterrole=${group} --group=GROUP`;
  yield {
    rule: 'group-misspelt',
    principal,
    entry: found?.entry,
    at: found && stretchOf(found, item),
    sentence: `${JSON.stringify(group)} is ${parts.length > 1 ? 'one group, whose name has a comma: write one on a line' : isRole ? 'a ClusterRole, and no group' : `no group of Kubernetes, ${meant} is`}.`,
    effect: `It gives ${whoOf(principal)} nothing, unless a binding names this group.`,
    fix:
      parts.length > 1
        ? found &&
          withValues(found, {
            groups: found.loaded.groups.flatMap((each) => (each === group ? parts : [each])),
          })
        : meant === undefined
          ? { text, note: 'then give this group', splices: [], givesAccess: true }
          : found && rewritten(found, item, meant, true),
  };
}
