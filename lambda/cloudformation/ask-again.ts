/**
 * Asks CloudFormation again where that may help: what it cannot say leaves a mapping unchecked (CR-28). Unlike a write, a
 * question has few tries, because an event goes on without its answer.
 */
import { isThrottled } from '../../access/aws/sdk-failure';
import { type CloudFormationAnswer, type CloudFormationOperation } from '../../access/aws/cloudformation-api';
import { type Deadline, fullJitter } from '../../access/retry';

const TRIES = 3;
/** From the first try on, milliseconds in which another one may begin. */
const WITHIN_MS = 3_000;

/** The first answer, or the last failure. Rejects only as `ask` does, and with the signal's reason at the deadline. */
export async function askAgain<O extends CloudFormationOperation>(
  ask: () => Promise<CloudFormationAnswer<O>>,
  deadline: Pick<Deadline, 'now' | 'remainingMs' | 'pause' | 'random'>,
): Promise<CloudFormationAnswer<O>> {
  const until = deadline.now() + WITHIN_MS;
  for (let failures = 1; ; failures += 1) {
    const answer = await ask();
    if (!('failure' in answer) || failures === TRIES || isFinal(answer.failure)) return answer;
    const asked = Math.max(0, answer.failure.retryAfterMs ?? 0);
    const pause = asked + fullJitter(failures, 500, 1_000, () => deadline.random());
    if (pause >= Math.min(until - deadline.now(), deadline.remainingMs())) return answer;
    await deadline.pause(pause);
  }
}

type Failure = Extract<CloudFormationAnswer<'DescribeStacks'>, { readonly failure: unknown }>['failure'];

/** Refusals of the request itself: the Query protocol throttles with a 400 as well. */
function isFinal(failure: Failure): boolean {
  const { status } = failure;
  return status >= 400 && status < 500 && status !== 408 && !isThrottled(failure);
}
