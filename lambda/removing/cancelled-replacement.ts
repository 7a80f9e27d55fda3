/** What a replacement that CloudFormation has cancelled may have left (CR-18). */
import { type DesiredAccess } from '../../access/desired-access';
import { ProviderError } from '../../access/errors';
import { checkReach } from '../../access/guardrails/guardrails';
import { clusterIfAny, type Invocation } from '../invocation';
import { physicalIdOf } from '../physical-id';
import { removalOf, removeMapping } from './remove-mapping';

/**
 * The Update that takes back a replacement which CloudFormation cancelled before it took our answer: it comes with the
 * old id, so no Delete will ever come for the principal that was mapped meanwhile (CR-18). Whatever keeps it from being
 * looked for, a guardrail or a cluster that cannot be reached, kept it from being made as well, or is a warning: a
 * rollback that fails for it would leave the stack stuck.
 */
export async function removeCancelledReplacement(
  invocation: Invocation,
  attempted: DesiredAccess,
): Promise<void> {
  const { log, deadline, provider } = invocation;
  const cancelled = physicalIdOf(attempted);
  try {
    checkReach(attempted, invocation.guardrails(), provider);
    const cluster = await clusterIfAny(invocation, attempted.cluster);
    if (!cluster) return;
    log('INFO', 'looking for what a cancelled replacement may have left', { cancelled });
    await removeMapping(invocation, cluster, removalOf(attempted), { equalIsOwn: false });
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'what a cancelled replacement may have left was not looked for', {
      cancelled,
      reason: error.message,
    });
  }
}
