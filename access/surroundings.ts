/** What the ownership table needs to know beside the place itself: gathered before a plan, so that plans stay pure. */
import { type LoginIdentity } from './login-identity';
import { type PutFacts } from './ownership';
import { isSameOwner, type Owner } from './owner';
import { type Elsewhere, type Standing } from './sighting';
import { type Place } from './place';

/** Asks for them; each is asked only where the table needs it. */
export interface OwnershipQuestions {
  standingOf(recorded: Owner): Promise<Standing>;
  /** What the other place shows; asked once for each owner that the record here names (`recorded`). */
  elsewhere(recorded?: Owner): Promise<Elsewhere>;
  /** Throws LateEvent where CloudFormation does not wait for this Update in place; what it cannot say is no reason. */
  refuseIfLate(): Promise<void>;
  /** Whether this is an Update by which CloudFormation takes its stack back to what it was. */
  isRollback(): Promise<boolean>;
  /**
   * Before a write here: an entry of this resource in the other place no longer says that nothing of it is here. Should it
   * outlive this event, its Delete then looks here too. Throws ProviderError. Default: does nothing.
   */
  unmarkElsewhere?(): Promise<void>;
  /** Guardrail `allowTakeover`: whether an entry with, or without, a record of a stack that exists may be taken over. */
  mayTakeOver(hasRecord: boolean): boolean;
  /** Whether the principal is the provider's own role, or the one by which it reaches this cluster. */
  readonly isProvidersRole: boolean;
}

export interface Surroundings extends Pick<OwnershipQuestions, 'mayTakeOver' | 'isProvidersRole'> {
  /** Of the owner of the record here. */
  readonly standing: Standing | undefined;
  readonly elsewhere: Elsewhere;
  /** On a way back what is elsewhere was overridden before, or came since. Default: false. */
  readonly isRollback?: boolean | undefined;
  /** What the mapping that is asked for gives. */
  readonly desired: LoginIdentity;
}

interface PutInSurroundings {
  readonly owner: Owner;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What the mapping that is asked for gives. */
  readonly desired: LoginIdentity;
  readonly ownership: OwnershipQuestions;
}

/**
 * The plan of a put. The other place is looked at only where this one is going to change; a new mapping always changes
 * it. `recorded`: the owner of the record here.
 */
export async function planInSurroundings<Plan>(
  recorded: Owner | undefined,
  request: PutInSurroundings,
  planIn: (surroundings: Surroundings) => Plan,
  changesAnything: (plan: Plan) => boolean,
): Promise<Plan> {
  const plan = async (looks: boolean): Promise<Plan> =>
    planIn(await surroundingsOf(recorded, request, looks));
  if (request.isNew || recorded === undefined || !isSameOwner(recorded, request.owner)) {
    const taking = await plan(true);
    // No record of this resource says what came after this event: what it finds may be another owner's by now. A
    // replacement may have been updated since; a Create asks nothing.
    if (changesAnything(taking)) await request.ownership.refuseIfLate();
    return taking;
  }
  const blind = await plan(false);
  return changesAnything(blind) ? plan(true) : blind;
}

async function surroundingsOf(
  recorded: Owner | undefined,
  { desired, ownership }: PutInSurroundings,
  looks: boolean,
): Promise<Surroundings> {
  // First: that the record here is this resource's own is known where the other place cannot be looked at.
  const standing = recorded && (await ownership.standingOf(recorded));
  const elsewhere: Elsewhere = looks ? await ownership.elsewhere(recorded) : { state: 'nothing' };
  return {
    standing,
    elsewhere,
    isRollback: elsewhere.state === 'seen' && !!elsewhere.sighting.entry && (await ownership.isRollback()),
    desired,
    mayTakeOver: (hasRecord) => ownership.mayTakeOver(hasRecord),
    isProvidersRole: ownership.isProvidersRole,
  };
}

/** The other place as the table looks at it. `now`: what the entry here gives. Pure. */
export function thereOf(
  { elsewhere, desired, isRollback }: Surroundings,
  now: LoginIdentity | undefined,
): PutFacts<unknown>['there'] {
  if (elsewhere.state !== 'seen') return undefined;
  const { sighting, standing } = elsewhere;
  const { entry, owner, at, isAdopted, place } = sighting;
  return {
    owner,
    at,
    isAdopted,
    standing,
    overrides: overrides(place),
    entry: entry && {
      protects: entry.protects,
      givesAsDesired: entry.identity === desired,
      givesAsNow: !isRollback && entry.identity === now,
    },
  };
}

/** An access entry overrides the aws-auth entry of its principal (GT-50). */
function overrides(place: Place): boolean {
  return place === 'API';
}
