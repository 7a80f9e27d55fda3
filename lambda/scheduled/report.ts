/** Whom and what a line of the scheduled run is about. Pure. */
import { type Cluster } from '../../access/cluster/cluster';
import { type Owner } from '../../access/owner';

// A type and no interface: only so is it a record of fields.
export type Subject = {
  readonly cluster: string;
  /** Canonical ARN, or account id. */
  readonly principal: string;
  readonly stackId: string;
  readonly logicalResourceId: string;
};

export function subjectOf(
  { name }: Pick<Cluster, 'name'>,
  { key, record }: { readonly key: string; readonly record: { readonly owner: Owner } },
): Subject {
  const { stackId, logicalId } = record.owner;
  return { cluster: name, principal: key, stackId, logicalResourceId: logicalId };
}
