/** When Lambda tries an asynchronous event again, and for how long. Pure. */
import { type LambdaFunction } from './lambda-function';

export function maximumAge({ maximumEventAgeSeconds = 21_600 }: LambdaFunction): number {
  return maximumEventAgeSeconds * 1000;
}

/**
 * After errors of its own Lambda tries for as long as an event may live, one second after the first time and up to five
 * minutes later ones. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function pauseAfterRefusal(count: number): number {
  return Math.min(1_000 * 2 ** count, 300_000);
}
