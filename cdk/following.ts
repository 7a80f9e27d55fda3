/** The props of a provider that say how it follows its clusters, as its resources take them. */
import { type Duration } from 'aws-cdk-lib';
import { FollowMode } from './follow-mode';
import { type ScheduleOptions } from './schedule';

const LEAST_MINUTES = 5;
const MOST_MINUTES = 1_440;

/** Throws for a time that is not one of whole minutes within the limits. */
export function following({
  followMode = FollowMode.MOVE,
  followEvery,
}: {
  readonly followMode?: FollowMode;
  readonly followEvery?: Duration;
}): ScheduleOptions {
  const everyMinutes = followEvery?.toMinutes({ integral: false }) ?? 15;
  if (!Number.isInteger(everyMinutes) || everyMinutes < LEAST_MINUTES || everyMinutes > MOST_MINUTES) {
    throw new Error(
      `followEvery is ${everyMinutes} minutes: give whole minutes from ${LEAST_MINUTES} to ${MOST_MINUTES}`,
    );
  }
  return { followMode, follows: followMode !== FollowMode.OFF, everyMinutes };
}
