/** Whether CloudFormation still has the resource that a record names (`DescribeStackResource`). */
import { afterReplacement, type Liveness, type Mapped, readLiveness } from '../../access/following/liveness';
import { type Owner } from '../../access/owner';
import { type Stacks } from '../../access/stacks';

export type { Liveness };

/** Why a run leaves a mapping of a resource that is not live. */
export const REASONS: Readonly<Record<Exclude<Liveness, 'live'>, string>> = {
  busy: 'a stack operation is changing it: the next run looks again',
  deleting: 'its stack operation is deleting it',
  gone: 'CloudFormation no longer has the resource of the mapping',
  unknown: 'CloudFormation could not be asked whether its resource is at rest: the next run asks again',
};

export async function livenessOf(stacks: Stacks, owner: Owner, mapping: Mapped): Promise<Liveness> {
  const liveness = readLiveness(await stacks.resource(owner), mapping);
  return liveness === 'replaced' ? afterReplacement(await stacks.stack(owner.stackId)) : liveness;
}
