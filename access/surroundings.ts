/** What the ownership table needs to know beside the place itself: gathered before a plan, so that plans stay pure. */
import { type LoginIdentity } from './login-identity';
import { type PutFacts } from './ownership';
import { type Owner } from './owner';
import { type Elsewhere, type Standing } from './sighting';
import { type Place } from './place';

/** Asks for them; each is asked only where the table needs it. */
export interface OwnershipQuestions {
  standingOf(recorded: Owner): Promise<Standing>;
  /** What the other place shows; asked once an invocation. */
  elsewhere(): Promise<Elsewhere>;
  /** Whether this is an Update by which CloudFormation takes its stack back to what it was. */
  isRollback(): Promise<boolean>;
  /** Guardrail `allowTakeover`: whether an entry with, or without, a record of a stack that exists may be taken over. */
  mayTakeOver(hasRecord: boolean): boolean;
  /** Whether the principal is the provider's own role. */
  readonly isProvidersRole: boolean;
}

export interface Surroundings extends Pick<OwnershipQuestions, 'mayTakeOver' | 'isProvidersRole'> {
  /** Of the owner of the record here. */
  readonly standing: Standing | undefined;
  readonly elsewhere: Elsewhere;
  /** What the mapping that is asked for gives. */
  readonly desired: LoginIdentity;
}

/** `looks`: false where nothing is going to be written as far as is known. */
export async function surroundingsOf(
  recorded: Owner | undefined,
  desired: LoginIdentity,
  questions: OwnershipQuestions,
  looks: boolean,
): Promise<Surroundings> {
  return {
    standing: recorded && (await questions.standingOf(recorded)),
    elsewhere: looks ? await questions.elsewhere() : { state: 'nothing' },
    desired,
    mayTakeOver: (hasRecord) => questions.mayTakeOver(hasRecord),
    isProvidersRole: questions.isProvidersRole,
  };
}

/** The other place as the table looks at it. `now`: what the entry here gives. Pure. */
export function thereOf(
  { elsewhere, desired }: Surroundings,
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
      givesAsNow: entry.identity === now,
    },
  };
}

/** An access entry overrides the aws-auth entry of its principal (GT-50). */
function overrides(place: Place): boolean {
  return place === 'API';
}
