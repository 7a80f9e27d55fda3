/** Which events are served at all: those of this account's stacks, while CloudFormation waits for the answer. Pure. */
import { partsOfArn } from '../../access/arn';
import { ProviderError } from '../../access/errors';
import { type Envelope } from './event';

/** A stack of another account or Region is none that this provider was deployed for (CR-37). */
export function refuseForeignStack(
  { stackId }: Envelope,
  { region, accountId }: { readonly region: string; readonly accountId: string },
): void {
  const { service, region: stackRegion, accountId: stackAccount } = partsOfArn(stackId);
  if (service === 'cloudformation' && stackRegion === region && stackAccount === accountId) return;
  throw new ProviderError(
    'AccessDenied',
    `the stack is in account ${stackAccount || '?'}, region ${stackRegion || '?'}, and this provider serves account ${accountId}, region ${region}: deploy a provider for that stack`,
  );
}

/** Milliseconds since the epoch until which CloudFormation waits; undefined where the request does not tell. */
export function waitsUntil(requestedAt: Date | undefined, { serviceTimeout }: Envelope): number | undefined {
  return requestedAt && requestedAt.getTime() + serviceTimeout * 1_000;
}

/** CloudFormation has given up on the request and may have sent its Delete: a late change would have no owner (CR-27). */
export function refuseStale(requestedAt: Date | undefined, envelope: Envelope, now: number): void {
  const end = waitsUntil(requestedAt, envelope);
  if (end === undefined || now <= end) return;
  throw new ProviderError(
    'NotStabilized',
    'the event is older than CloudFormation waits for an answer (ServiceTimeout): nothing was changed',
  );
}
