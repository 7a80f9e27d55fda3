/**
 * Records whose stack, resource or id CloudFormation no longer has. They are told and never removed: a stack that is deleted with
 * DeletionPolicy: Retain leaves them on purpose.
 */
import { type Cluster } from '../../access/cluster/cluster';
import { type Owner } from '../../access/owner';
import { idKeyOf } from '../../access/recorded-set';
import { livenessOf } from './liveness';
import { subjectOf } from './report';
import { type Run } from './run';

interface Recorded {
  readonly key: string;
  readonly record: { readonly owner: Owner; readonly more?: Readonly<Record<string, unknown>> | undefined };
}

/** As many as the time of the run allows. */
export async function reportOrphans(
  { deadline, edges, log, counts }: Run,
  cluster: Cluster,
  mappings: readonly Recorded[],
): Promise<void> {
  const { stacks } = edges(deadline);
  for (const mapping of mappings) {
    if (deadline.remainingMs() < 1_000) return void (counts.RunsCutShort = 1);
    const { record } = mapping;
    if ((await livenessOf(stacks, record.owner, { cluster: cluster.name, key: idKeyOf(mapping) })) !== 'gone')
      continue;
    counts.MappingsOrphaned += 1;
    log(
      'WARN',
      'orphan: CloudFormation no longer has the resource of the mapping',
      subjectOf(cluster, mapping),
    );
  }
}
