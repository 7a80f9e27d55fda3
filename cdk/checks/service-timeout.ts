/** The arithmetic of waiting (CR-53): CloudFormation must outwait three tries and Lambda's pauses between them. */
import { Duration, Token } from 'aws-cdk-lib';
import { checkDuration } from './given';

/** CloudFormation's own limit for ServiceTimeout. */
const MOST_SECONDS = 3600;

/** `3 × timeout + 180 s`, where the timeout is known. */
export function leastServiceTimeout(timeout: Duration): Duration {
  const seconds: number = timeout.toSeconds();
  return Duration.seconds(Token.isUnresolved(seconds) ? 0 : 3 * seconds + 180);
}

/** 600 s, and more only where the function may take longer than that allows. */
export function serviceTimeoutFor(timeout: Duration): Duration {
  return Duration.seconds(Math.max(600, leastServiceTimeout(timeout).toSeconds()));
}

/** Throws for a waiting time that would let CloudFormation give up before the provider does. */
export function checkServiceTimeout(serviceTimeout: Duration, least: Duration): void {
  checkDuration(serviceTimeout, 'serviceTimeout');
  const seconds = serviceTimeout.toSeconds();
  if (Token.isUnresolved(seconds)) return;
  if (seconds < least.toSeconds()) {
    throw new Error(
      `serviceTimeout is ${seconds} s: Lambda may try for ${least.toSeconds()} s (3 × the function's timeout + 180 s), give at least that or leave it out`,
    );
  }
  if (seconds > MOST_SECONDS) {
    throw new Error(`serviceTimeout is ${seconds} s: CloudFormation waits at most ${MOST_SECONDS} s`);
  }
}
