/** A world in which nothing but one place is known: what plans need beside it, without CloudFormation or another place. */
import { type LoginIdentity } from '../../../access/login-identity';
import { isSameOwner, type Owner } from '../../../access/owner';
import { type Elsewhere, type Standing } from '../../../access/sighting';
import { type OwnershipQuestions, type Surroundings } from '../../../access/surroundings';

export const NOWHERE: Elsewhere = { state: 'nothing' };
export const IDENTITY = '{}' as LoginIdentity;

/** As CloudFormation has it while the stack is updated; a rollback where a sibling is met in an Update. */
export function standing(recorded: Owner, owner: Owner): Standing {
  if (isSameOwner(recorded, owner)) return 'self';
  return recorded.stackId === owner.stackId ? 'sibling in a rollback' : 'foreign';
}

export function alone(
  recorded: Owner | undefined,
  owner: Owner,
  change: Partial<Surroundings> = {},
): Surroundings {
  return {
    standing: recorded && standing(recorded, owner),
    elsewhere: NOWHERE,
    desired: IDENTITY,
    mayTakeOver: () => true,
    isProvidersRole: false,
    ...change,
  };
}

export function questions(owner: Owner, change: Partial<OwnershipQuestions> = {}): OwnershipQuestions {
  return {
    standingOf: async (recorded) => standing(recorded, owner),
    elsewhere: async () => NOWHERE,
    mayTakeOver: () => true,
    refuseIfLate: () => Promise.resolve(),
    isRollback: () => Promise.resolve(false),
    isProvidersRole: false,
    ...change,
  };
}
