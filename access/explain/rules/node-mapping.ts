/** Whether nodes can log in at all (GT-4). */
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { NODE_IDENTITIES, type NodeType } from '../../node-identity';
import { quote } from '../../aws-auth/editing/quote';
import { neverMatches } from '../never-matches';
import { type SeenCluster, type SeenNodeRole } from '../seen-cluster';
import { isStale, type View } from '../view';
import { listOf, principalKeyOf, whoOf } from '../who';
import { type WrittenEntry } from '../written';
import { type Draft } from './draft';

export function* nodeMappingRules(view: View): Generator<Draft> {
  const { cluster, written } = view;
  const { mode, awsAuth, nodeRoles, accessEntries } = cluster;
  const isSeen = awsAuth?.state === 'read' || awsAuth?.state === 'absent';
  if (mode !== 'API' && !isSeen) return;
  if (mode !== undefined && mode !== 'CONFIG_MAP' && accessEntries?.state !== 'read') return;
  const entries = written.sections.flatMap((section) => section.entries);
  const nodes = entries.filter(({ loaded }) => loaded !== undefined && isNodeMapping(loaded));
  const counting = nodes.filter((entry) => view.standing.get(entry)?.standing !== 'not in force');
  const byEntry = view.accessEntries.filter((entry) => entry.type !== 'STANDARD' && !isStale(cluster, entry));
  if (nodeRoles !== undefined) {
    const working = new Set([
      ...counting.map(({ principal }) => principalKeyOf(principal)),
      ...byEntry.map(({ principalArn }) => principalKeyOf(principalArn)),
    ]);
    const missing = nodeRoles.filter(({ arn }) => !working.has(principalKeyOf(arn)));
    for (const role of missing) yield unmapped(role, cluster);
    return;
  }
  if (counting.length > 0 || byEntry.length > 0) return;
  const lost = written.sections.find(
    ({ section }) => section === 'mapRoles' && view.lost[section] !== undefined,
  );
  if (mode === 'CONFIG_MAP' || (mode === undefined && (nodes.length > 0 || lost !== undefined)))
    yield noNode(view, nodes);
}

function noNode(view: View, nodes: readonly WrittenEntry[]): Draft {
  const names = nodes.map((entry) => `${whoOf(entry.principal)} (${view.lineOf(entry)})`);
  return {
    rule: 'node-mapping-missing',
    sentence: 'No node can log in through this document.',
    effect: `Nodes do not become ready${names.length === 0 ? '' : `, those of ${listOf(names)} among them`}, unless an access entry lets them in.`,
  };
}

function unmapped({ arn, nodeGroup, type = 'EC2_LINUX' }: SeenNodeRole, { mode, name }: SeenCluster): Draft {
  const pathless = neverMatches(arn)?.instead ?? arn;
  const { userName = '', groups = [] } = NODE_IDENTITIES[type as NodeType] ?? {};
  const lines = [
    `- rolearn: ${quote(pathless)}`,
    `  username: ${quote(userName)}`,
    `  groups: [${groups.map(quote).join(', ')}]`,
  ];
  const text =
    mode === 'CONFIG_MAP' || mode === undefined
      ? lines.join('\n')
      : `aws eks create-access-entry --cluster-name ${name ?? 'CLUSTER'} --principal-arn ${arn} --type ${type}`;
  const isFargate = type === 'FARGATE_LINUX';
  const what = `${isFargate ? 'Fargate profile' : 'node group'} ${JSON.stringify(nodeGroup)}`;
  return {
    rule: 'node-mapping-missing',
    principal: arn,
    sentence: `No entry lets ${isFargate ? 'pods' : 'nodes'} of ${whoOf(arn)} in, the role of ${what}.`,
    effect: isFargate ? 'Its pods do not start.' : 'Its nodes do not become ready.',
    fix: { text, splices: [], givesAccess: true },
  };
}
