/** Entries by which nodes join, and those that only look like it (GT-4, GT-38, GT-81). */
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { NODE_IDENTITIES, nodeTypeOf } from '../../node-identity';
import { isPerson, typeByName } from '../node-type';
import { listOf, principalKeyOf, whoOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';
import { defaultNameOf, withValues } from './entry-values';
import { type LoadedEntry, rewritten, type RuleView, stretchOf, valueOf } from './values';

const INSTANCE = NODE_IDENTITIES.EC2_LINUX.userName;
const REQUIRED = NODE_IDENTITIES.HYBRID_LINUX.groups;

/** The name says what the entry, which may be of other nodes as well, does not. */
const FARGATE = /fargate/i;
const PODS = NODE_IDENTITIES.FARGATE_LINUX.groups;

const WINDOWS_GROUPS = NODE_IDENTITIES.EC2_WINDOWS.groups;
const WINDOWS = /windows|(?<![a-z])win(?:nodes?|[-_\d])/i;

export function* nodeRules(view: RuleView): Generator<Draft> {
  for (const found of view.counting) {
    if (isOfPeople(found)) yield person(found);
    else if (looksLikeNode(found)) {
      yield* incomplete(found);
      yield* clusterRole(view, found);
    }
  }
}

function looksLikeNode({ loaded: { arn, username, groups } }: LoadedEntry): boolean {
  if (isPerson(arn)) return false;
  return nodeTypeOf(username, groups) !== undefined || groups.some((group) => REQUIRED.includes(group));
}

/** An IAM user, an Identity Center role, or an administrator, under the user name of a node. */
function isOfPeople({ loaded: { arn, username, groups } }: LoadedEntry): boolean {
  if (nodeTypeOf(username, groups) === undefined) return false;
  return (
    isPerson(arn) ||
    (groups.length > 0 &&
      typeByName(arn) === undefined &&
      !meant(groups).some((group) => REQUIRED.includes(group)))
  );
}

/** With groups apart that a dash too far to the right has folded into one, which is a finding of its own. */
function meant(groups: readonly string[]): readonly string[] {
  return groups.flatMap((group) => group.split(/\s+(?:-\s+)?/));
}

function person(found: LoadedEntry): Draft {
  const { arn, username } = found.loaded;
  const node = valueOf(found, 'username');
  const who = whoOf(arn);
  const name = defaultNameOf(arn);
  return {
    rule: 'node-username-on-person',
    entry: found.entry,
    at: stretchOf(found, node),
    sentence: isPerson(arn)
      ? 'This is the user name of a node, and the entry is not for nodes.'
      : 'This is the user name of a node, and the entry has no group of nodes.',
    effect:
      username === INSTANCE
        ? `${isPerson(arn) ? who : 'Who is no EC2 instance'} cannot log in: the session is no instance id (i-…).`
        : `${who} logs in as a node that does not exist.`,
    fix: name === undefined ? undefined : rewritten(found, node, name, true),
  };
}

function* incomplete(found: LoadedEntry): Generator<Draft> {
  const { entry, loaded } = found;
  const isWindows = loaded.username === INSTANCE && WINDOWS.test(loaded.arn) && !/linux/i.test(loaded.arn);
  const required = FARGATE.test(loaded.arn) ? PODS : isWindows ? WINDOWS_GROUPS : REQUIRED;
  const missing = required.filter((group) => !meant(loaded.groups).includes(group));
  const hasName = nodeTypeOf(loaded.username, loaded.groups) !== undefined;
  if (missing.length > 0 && hasName) {
    const isOnlyWindows = missing.every((group) => !REQUIRED.includes(group) && !PODS.includes(group));
    yield {
      rule: 'node-groups-incomplete',
      level: isOnlyWindows ? 'warn' : undefined,
      entry,
      at: stretchOf(found, valueOf(found, 'groups')),
      sentence: `An entry for ${isWindows ? 'Windows ' : ''}nodes needs ${listOf(required)}, and this one lacks ${listOf(missing)}.`,
      effect: isOnlyWindows
        ? 'kube-proxy of its Windows nodes does not work: their pods reach no service, and no DNS.'
        : `Nodes of ${whoOf(loaded.arn)} do not become ready.`,
      fix: withValues(found, { groups: [...loaded.groups, ...missing] }),
    };
  } else if (!hasName && loaded.groups.includes('system:nodes') && !/^system:node:./.test(loaded.username)) {
    const node = valueOf(found, 'username');
    yield {
      rule: 'node-groups-incomplete',
      entry,
      at: stretchOf(found, node),
      sentence: `An entry for nodes needs the user name ${INSTANCE}, or one that begins with system:node:.`,
      effect: `Nodes of ${whoOf(loaded.arn)} do not become ready.`,
      fix: rewritten(found, node, INSTANCE, true),
    };
  }
}

/** By the role of the control plane no instance ever logs in. */
function* clusterRole({ cluster }: View, found: LoadedEntry): Generator<Draft> {
  const { arn } = found.loaded;
  if (!isNodeMapping(found.loaded)) return;
  const isKnown =
    cluster.clusterRole !== undefined && principalKeyOf(cluster.clusterRole) === principalKeyOf(arn);
  const looksLikeIt =
    cluster.clusterRole === undefined &&
    /-cluster-ServiceRole-[^/]*$|eks-?cluster-?(?:service-?)?role(?!.*node)/i.test(arn);
  if (!isKnown && !looksLikeIt) return;
  yield {
    rule: 'cluster-role-as-node',
    entry: found.entry,
    at: stretchOf(found, valueOf(found, 'arn')),
    sentence: `This ${isKnown ? 'is' : 'looks like'} the role of the cluster itself, which no node has.`,
    effect: 'No node can join by it: map the role of the node group instead.',
  };
}
