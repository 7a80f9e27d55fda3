/** Whether nodes can log in at all (GT-4). */
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { isStale, type View } from '../view';
import { listOf, principalKeyOf, whoOf } from '../who';
import { type WrittenEntry } from '../written';
import { type Draft } from './draft';
import { unmappedRoles } from './unmapped-roles';

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
      // Those of another type are told by their entry.
      ...view.accessEntries.flatMap((entry) =>
        isStale(cluster, entry) ? [] : [principalKeyOf(entry.principalArn)],
      ),
    ]);
    yield* unmappedRoles(nodeRoles, working, cluster);
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
  // Administrators under the user name of a node are none.
  const own = nodes.filter(
    ({ loaded }) => loaded?.section !== 'mapAccounts' && loaded?.groups.includes('system:masters') !== true,
  );
  const names = own.map((entry) => `${whoOf(entry.principal)} (${view.lineOf(entry)})`);
  return {
    rule: 'node-mapping-missing',
    sentence: 'No node can log in through this document.',
    effect: `Nodes do not become ready${names.length === 0 ? '' : `, those of ${listOf(names)} among them`}, unless an access entry lets them in.`,
  };
}
