/** Makes the access entry of a role again, between two looks at what CloudFormation does with its resource. */
import { putBack, rebindAccessEntry } from '../../access/access-entry/rebind';
import { removeAccessEntry } from '../../access/access-entry/remove';
import { type Cluster } from '../../access/cluster/cluster';
import { mayHaveActed } from '../../access/errors';
import { fnv1a } from '../../access/fnv1a';
import { type Liveness, livenessOf, REASONS } from './liveness';
import { type Outlived, type Recorded } from './outlived';
import { type Run } from './run';

/** Undefined where it is done. A Delete that came between the two halves has found nothing: then the entry goes. */
export async function rebind(run: Run, cluster: Cluster, outlived: Outlived): Promise<string | undefined> {
  const { deadline, edges } = run;
  const { principalArn, key, record } = outlived.recorded;
  const { accessEntries } = edges(deadline);
  const request = { cluster: cluster.name, owner: record.owner };
  if (!(await makeAgain(run, cluster, outlived))) return REASONS.busy;
  const liveness = await liveNow(run, cluster, outlived.recorded);
  if (liveness !== 'deleting' && liveness !== 'gone') return undefined;
  const removal = { ...request, principalArn, canonicalArn: key, equalIsOwn: false };
  await removeAccessEntry(accessEntries, removal, deadline);
  return REASONS[liveness];
}

/** It is remembered before it is deleted, and until it is known to be there. */
async function makeAgain(run: Run, cluster: Cluster, outlived: Outlived): Promise<boolean> {
  const { deadline, edges, requestId, unmade } = run;
  const { current, recorded } = outlived;
  const { key, record } = recorded;
  const { accessEntries } = edges(deadline);
  const request = { cluster: cluster.name, current, owner: record.owner, requestedAt: record.at };
  if (unmade.has(outlived)) {
    await putBack(accessEntries, request, deadline);
    return unmade.delete(outlived);
  }
  unmade.add(outlived);
  try {
    const requestToken = `${requestId}-${fnv1a(key).toString(36)}`;
    const isMade = await rebindAccessEntry(accessEntries, { ...request, requestToken }, deadline);
    unmade.delete(outlived);
    return isMade;
  } catch (error) {
    if (!mayHaveActed(error)) unmade.delete(outlived);
    throw error;
  }
}

export function liveNow(
  { deadline, edges }: Run,
  { name }: Cluster,
  { key, record }: Recorded,
): Promise<Liveness> {
  return livenessOf(edges(deadline).stacks, record.owner, { cluster: name, key });
}
