/** What nodes, and the root user, may do by their entries beyond what they need; and roles of nodes that are mapped as people (GT-81 to GT-83). */
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { NODE_GROUPS, NODE_IDENTITIES } from '../../node-identity';
import { hasFullControl } from '../full-control';
import { ofAccessEntries } from '../identities';
import { isPerson, typeByName } from '../node-type';
import { type SeenCluster } from '../seen-cluster';
import { type View } from '../view';
import { listOf, principalKeyOf, whoOf } from '../who';
import { type Draft } from './draft';
import { type LoadedEntry, type RuleView, stretchOf, valueOf } from './values';

const MASTERS = 'system:masters';
const { userName, groups: NEEDED } = NODE_IDENTITIES.EC2_LINUX;

export function* nodeRightsRules(view: RuleView): Generator<Draft> {
  for (const found of view.counting) {
    const { arn, username, groups } = found.loaded;
    if (/:root$/i.test(arn)) yield* masters(found, 'The root user of an account is in system:masters.');
    if (isPerson(arn)) continue;
    const hasNodeGroup = groups.some((group) => NEEDED.includes(group));
    const isMapped = isNodeMapping(found.loaded) || hasNodeGroup;
    const isKnown = isMapped ? username === userName || hasNodeGroup : isOfNodes(view.cluster, arn);
    if (!isKnown && typeByName(arn) === undefined) continue;
    yield* masters(
      found,
      `${isKnown ? 'The role of nodes' : `${whoOf(arn)}, which looks like a role of nodes,`} is in system:masters: every pod that reaches its credentials controls the cluster.`,
    );
    if (isMapped) yield* extraGroups(found);
    else if (!isKnown) yield asPerson(found);
  }
  yield* byAccessEntry(view);
}

/** Of a node group of a live cluster. */
function isOfNodes({ nodeRoles = [] }: SeenCluster, arn: string): boolean {
  return nodeRoles.some((role) => principalKeyOf(role.arn) === principalKeyOf(arn));
}

function itemOf(found: LoadedEntry, group: string) {
  const list = valueOf(found, 'groups');
  const items = list?.kind === 'sequence' ? [...list.items] : [];
  return stretchOf(found, items.find((item) => item.kind === 'scalar' && item.value === group) ?? list);
}

/** Who holds system:masters by it is more than one person knows. */
function* masters(found: LoadedEntry, sentence: string): Generator<Draft> {
  if (!found.loaded.groups.includes(MASTERS)) return;
  yield {
    rule: 'masters-wide',
    entry: found.entry,
    at: itemOf(found, MASTERS),
    sentence,
    effect: `Whatever runs as ${whoOf(found.entry.principal)} has full control, which RBAC cannot limit.`,
  };
}

function* extraGroups(found: LoadedEntry): Generator<Draft> {
  const { arn, groups } = found.loaded;
  // One text with a dash in it is a finding of its own.
  const extra = groups.filter(
    (group) => group !== MASTERS && !NODE_GROUPS.includes(group) && !/\s/.test(group),
  );
  const [first] = extra;
  if (first === undefined) return;
  yield {
    rule: 'node-extra-groups',
    entry: found.entry,
    at: itemOf(found, first),
    sentence: `Nodes of ${whoOf(arn)} are in ${listOf(extra)} as well.`,
    effect: `Every pod that reaches the credentials of its node has what that gives. An access entry of nodes has no such groups.`,
  };
}

/** Only by its name: nobody has to be wrong. */
function asPerson(found: LoadedEntry): Draft {
  const { arn } = found.loaded;
  const needed = NODE_IDENTITIES[typeByName(arn) ?? 'EC2_LINUX'];
  return {
    rule: 'node-groups-incomplete',
    level: 'warn',
    entry: found.entry,
    at: stretchOf(found, valueOf(found, 'username')),
    sentence: `${whoOf(arn)} looks like a role of nodes, and this entry is not for nodes.`,
    effect: 'If nodes have the role, they do not become ready: people need a role of their own.',
    fix: {
      text: `username: "${needed?.userName}"\ngroups: [${needed?.groups.map((group) => `"${group}"`).join(', ')}]`,
      note: 'if nodes have it',
      splices: [],
      givesAccess: true,
    },
  };
}

function* byAccessEntry(view: View): Generator<Draft> {
  const { bindings } = view.cluster;
  for (const each of ofAccessEntries(view)) {
    const { principal, standing, who } = each;
    if (standing === 'not in force' || isPerson(principal)) continue;
    const isKnown = isOfNodes(view.cluster, principal);
    if ((!isKnown && typeByName(principal) === undefined) || !hasFullControl(each, bindings)) continue;
    yield {
      rule: 'masters-wide',
      principal,
      sentence: `${who} ${isKnown ? 'is' : 'looks like'} a role of nodes, and its access entry gives it full control.`,
      effect:
        'Every pod that reaches the credentials of its node has it too: people need a role of their own.',
    };
  }
}
