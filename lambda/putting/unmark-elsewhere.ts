/** Before a mapping is written in one place: its entry in the other one no longer says that it is the only one. */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { hasCode } from '../../access/errors';
import { principalKey } from '../../access/principal';
import { type Elsewhere } from '../../access/sighting';
import { isRollback } from '../awaited/awaited-update';
import { type Invocation } from '../invocation';

interface OtherPlace {
  /** What it has shown so far. */
  readonly looks: readonly Promise<Elsewhere>[];
  readonly other: () => BackEnd | undefined;
}

/** Where EKS does not allow it, a rollback goes on: the entry stays marked, and the log says so. Throws ProviderError. */
export async function unmarkElsewhere(
  invocation: Invocation,
  {
    cluster,
    desired: { principal },
  }: { readonly cluster: Cluster; readonly desired: Pick<DesiredAccess, 'principal'> },
  { looks, other }: OtherPlace,
): Promise<void> {
  const { owner, log, deadline } = invocation;
  const isMarked = (await Promise.all(looks)).some(
    (look) => look.state === 'seen' && look.standing === 'self' && look.sighting.isMarked,
  );
  const backEnd = isMarked ? other() : undefined;
  if (!backEnd?.unmark || principal.type === 'account') return;
  const key = principalKey(principal);
  try {
    await backEnd.unmark({ cluster, key, principalArn: principal.arn, owner }, deadline);
  } catch (error) {
    if (!hasCode(error, 'AccessDenied') || !(await isRollback(invocation))) throw error;
    log('WARN', 'the entry in the other place still says that it is the only one', { place: backEnd.place });
  }
}
