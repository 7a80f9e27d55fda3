/** Putting a mapping where it belongs, and taking it back when CloudFormation no longer wants it. */
import { putIdentityMapping } from '../access/aws-auth/back-end';
import { toIdentityMapping } from '../access/aws-auth/translate';
import { PartlyWritten, putAccessEntry } from '../access/access-entry/back-end';
import { toAccessEntry } from '../access/access-entry/translate';
import { type Cluster } from '../access/cluster/cluster';
import { ProviderError } from '../access/errors';
import { accessEntryStore, attempt, configMapStore, type Invocation } from './invocation';
import { type Placement } from '../access/placement';
import { type DesiredAccess } from '../access/desired-access';
import { type PutOutcome } from '../access/back-end';
import { principalKey } from '../access/principal';

export interface Put {
  readonly cluster: Cluster;
  readonly desired: DesiredAccess;
  readonly placement: Placement;
  readonly isNew: boolean;
  readonly previous?: DesiredAccess;
}

export interface Settled extends PutOutcome {
  /** Whether it is certain that aws-auth holds nothing of this resource. */
  readonly neverInAwsAuth: boolean;
}

export async function put(
  invocation: Invocation,
  { cluster, desired, placement, isNew, previous }: Put,
): Promise<Settled> {
  const { owner, deadline, request, requestedAt, progress } = invocation;
  const { existingEntry } = desired;
  if (placement.place === 'CONFIG_MAP') {
    const known = previous && attempt(() => toIdentityMapping(previous));
    const outcome = await putIdentityMapping(
      configMapStore(invocation, cluster),
      {
        key: principalKey(desired.principal),
        mapping: placement.mapping,
        owner,
        existingEntry,
        isNew,
        ...(known ? { previous: known } : {}),
      },
      deadline,
    );
    return { ...outcome, neverInAwsAuth: false };
  }
  const known = previous && attempt(() => toAccessEntry(previous, cluster.partition));
  const taken = putAccessEntry(
    accessEntryStore(invocation),
    {
      cluster: cluster.name,
      entry: placement.entry,
      owner,
      existingEntry,
      isNew,
      ...(known && 'entry' in known ? { previous: known.entry } : {}),
      requestToken: request.envelope.requestId,
      ...(requestedAt ? { requestStartedAt: requestedAt } : {}),
      neverInAwsAuth: isNew,
    },
    deadline,
  );
  try {
    return await taken;
  } catch (error) {
    // Any other error out of there means that the entry is as it was.
    if (!(error instanceof PartlyWritten)) progress.mayHaveWritten = false;
    throw error;
  }
}

/** CloudFormation may have cancelled meanwhile, and a Delete may have overtaken us: what nobody wants is taken back (CR-28). */
export async function withdrawIfUnwanted(
  { edges, owner, log, progress }: Invocation,
  outcome: PutOutcome,
): Promise<void> {
  const { state, detail } = await edges.stackResource(owner);
  log(state === 'unknown' ? 'WARN' : 'INFO', 'asked CloudFormation whether the resource is still wanted', {
    state,
    detail,
  });
  if (state !== 'unwanted') return;
  if (outcome.changed) await outcome.undo();
  progress.mayHaveWritten = false;
  throw new ProviderError(
    'NotStabilized',
    `CloudFormation no longer wants this resource (${detail}): what was mapped has been taken back`,
  );
}
