/** Makes the access entry of a role again, between two looks at what CloudFormation does with its resource. */
import { type CurrentAccessEntry } from '../../access/access-entry/access-entry';
import { rebindAccessEntry } from '../../access/access-entry/rebind';
import { removeAccessEntry } from '../../access/access-entry/reconcile';
import { type Cluster } from '../../access/cluster/cluster';
import { fnv1a } from '../../access/fnv1a';
import { type Owner } from '../../access/owner';
import { type Liveness, livenessOf } from './liveness';
import { type Run } from './run';

interface Recorded {
  readonly key: string;
  readonly principalArn: string;
  readonly record: { readonly owner: Owner };
}

interface Outlived {
  readonly recorded: Recorded;
  readonly current: CurrentAccessEntry;
}

export const REASONS: Readonly<Record<Exclude<Liveness, 'live'>, string>> = {
  busy: 'a stack operation is changing the mapping: the next run looks again',
  deleting: 'its stack operation is deleting it',
  gone: 'CloudFormation no longer has the resource of the mapping',
  unknown: 'CloudFormation could not be asked whether the resource is at rest: the next run asks again',
};

/** Undefined where it is done. A Delete that came between the two halves has found nothing: then the entry goes. */
export async function rebind(
  run: Run,
  cluster: Cluster,
  { recorded, current }: Outlived,
): Promise<string | undefined> {
  const { deadline, edges, requestId } = run;
  const { principalArn, key, record } = recorded;
  const { accessEntries } = edges(deadline);
  const requestToken = `${requestId}-${fnv1a(key).toString(36)}`;
  const request = { cluster: cluster.name, owner: record.owner };
  if (!(await rebindAccessEntry(accessEntries, { ...request, current, requestToken }, deadline)))
    return REASONS.busy;
  const liveness = await liveNow(run, cluster, recorded);
  if (liveness !== 'deleting' && liveness !== 'gone') return undefined;
  const removal = { ...request, principalArn, canonicalArn: key, equalIsOwn: false };
  await removeAccessEntry(accessEntries, removal, deadline);
  return REASONS[liveness];
}

export function liveNow(
  { deadline, edges }: Run,
  { name }: Cluster,
  { key, record }: Recorded,
): Promise<Liveness> {
  return livenessOf(edges(deadline).stacks, record.owner, { cluster: name, key });
}
