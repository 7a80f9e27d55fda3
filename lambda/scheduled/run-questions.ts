/** What the table of ownership asks of a mapping that a run puts: nothing is taken over for a schedule. */
import { type Owner, isSameOwner } from '../../access/owner';
import { type OwnershipQuestions } from '../../access/surroundings';
import { isProvidersRole } from '../cluster/provider-identity';
import { type Run } from './run';

export function questionsOf(
  run: Run,
  cluster: string,
  { key, owner }: { readonly key: string; readonly owner: Owner },
  elsewhere: (standingOf: OwnershipQuestions['standingOf']) => ReturnType<OwnershipQuestions['elsewhere']>,
): OwnershipQuestions {
  const standingOf: OwnershipQuestions['standingOf'] = async (recorded) => {
    if (isSameOwner(recorded, owner)) return 'self';
    return recorded.stackId === owner.stackId ? 'sibling' : 'foreign';
  };
  return {
    standingOf,
    elsewhere: () => elsewhere(standingOf),
    // Whether the resource is at rest has been asked before, and is asked again after it.
    refuseIfLate: async () => undefined,
    isRollback: async () => false,
    mayTakeOver: () => false,
    isProvidersRole: isProvidersRole(run, cluster, key),
  };
}
