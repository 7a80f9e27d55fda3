/** What becomes of each message of the queue. Pure. */
import { type QueueMessage, readMessage, type UndeliveredEvent } from './undelivered';

/** `run`: invoke the function with it. `duplicate`: of an earlier message. `left`: nothing is done with it. */
export type Step =
  | {
      readonly action: 'run';
      readonly message: QueueMessage;
      readonly event: UndeliveredEvent;
      readonly failure: string;
    }
  | {
      readonly action: 'duplicate';
      readonly message: QueueMessage;
      readonly event: UndeliveredEvent;
      readonly failure: string;
      /** Id of the message. */
      readonly of: string;
    }
  | {
      readonly action: 'left' | 'discard';
      readonly message: QueueMessage;
      readonly event: UndeliveredEvent | undefined;
      readonly failure: string;
      readonly why: string;
    };

export interface Circumstances {
  /** ARN of the function whose queue it is. */
  readonly functionArn: string;
  /** Ids of messages that the caller wants to be rid of. */
  readonly discarded: ReadonlySet<string>;
  readonly now: Date;
}

/** In the order of the messages; each event once. */
export function decide(messages: readonly QueueMessage[], circumstances: Circumstances): readonly Step[] {
  const firstOf = new Map<string, string>();
  return messages.map((message): Step => {
    const read = readMessage(message);
    const { failure } = read;
    const event = 'event' in read ? read.event : undefined;
    if (circumstances.discarded.has(message.id))
      return { action: 'discard', message, event, failure, why: 'named by --discard' };
    if (event === undefined)
      return { action: 'left', message, event, failure, why: 'unknown' in read ? read.unknown : '' };
    const why = whyLeft(event, circumstances);
    if (why !== undefined) return { action: 'left', message, event, failure, why };
    const of = firstOf.get(event.payload);
    if (of !== undefined) return { action: 'duplicate', message, event, failure, of };
    firstOf.set(event.payload, message.id);
    return { action: 'run', message, event, failure };
  });
}

function whyLeft({ functionArn, expiresAt }: UndeliveredEvent, { functionArn: own, now }: Circumstances) {
  if (functionArn !== undefined && unqualified(functionArn) !== unqualified(own))
    return `it is for another function, ${functionArn}`;
  if (expiresAt !== undefined && expiresAt <= now)
    return 'CloudFormation takes no answer to it any more (its ResponseURL has expired): run the stack operation again, then --discard it';
  return undefined;
}

/** Without an alias or a version. */
function unqualified(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
