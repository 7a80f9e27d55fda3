/** Whether CloudFormation still has the resource that a record names (`DescribeStackResource`). */
import { afterReplacement, type Liveness, type Mapped, readLiveness } from '../../access/following/liveness';
import { type Owner } from '../../access/owner';
import { type Stacks } from '../../access/stacks';

export type { Liveness };

export async function livenessOf(stacks: Stacks, owner: Owner, mapping: Mapped): Promise<Liveness> {
  const liveness = readLiveness(await stacks.resource(owner), mapping);
  return liveness === 'replaced' ? afterReplacement(await stacks.stack(owner.stackId)) : liveness;
}
