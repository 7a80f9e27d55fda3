/** The props of a provider that say what it sees to by itself, as its resources take them. */
import { type Duration } from 'aws-cdk-lib';
import { FollowMode } from './follow-mode';
import { HealRecreatedRoles } from './heal-recreated-roles';
import { type Toggle } from './policy/now-or-later';
import { type ScheduleOptions } from './schedule';

const LEAST_MINUTES = 5;
const MOST_MINUTES = 1_440;

export interface Following extends ScheduleOptions {
  /** Value of EKS_ACCESS_HEAL_RECREATED_ROLES. */
  readonly healRecreatedRoles: string;
  /** Whether the function may ask IAM about roles. */
  readonly asksForRoles: Toggle;
}

/** Throws for a time that is not one of whole minutes within the limits. */
export function following({
  followMode = FollowMode.MOVE,
  followEvery,
  healRecreatedRoles = HealRecreatedRoles.OFF,
}: {
  readonly followMode?: FollowMode;
  readonly followEvery?: Duration;
  readonly healRecreatedRoles?: HealRecreatedRoles;
}): Following {
  const everyMinutes = followEvery?.toMinutes({ integral: false }) ?? 15;
  if (!Number.isInteger(everyMinutes) || everyMinutes < LEAST_MINUTES || everyMinutes > MOST_MINUTES) {
    throw new Error(
      `followEvery is ${everyMinutes} minutes: give whole minutes from ${LEAST_MINUTES} to ${MOST_MINUTES}`,
    );
  }
  return {
    followMode,
    follows: followMode !== FollowMode.OFF,
    everyMinutes,
    healRecreatedRoles,
    asksForRoles: healRecreatedRoles !== HealRecreatedRoles.OFF,
  };
}
