/**
 * The answer to CloudFormation: one JSON object of at most 4,096 bytes. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
import { type Attributes, type ModeAttributes } from '../../access/contract';
import { invalidRequest } from '../../access/errors';
import { answerableId, isAnswerableId } from './answerable-id';
import { type Envelope } from './event';

/** The limit is on the whole body, in UTF-8 bytes, and inclusive; over it the Reason is lost (CR-5). */
export const MAX_BODY_BYTES = 4096;

/** Body of a SUCCESS. Throws InvalidRequest when the attributes do not fit: call it before the first change. */
export function success(
  envelope: Envelope,
  physicalResourceId: string,
  data?: Attributes | ModeAttributes,
): string {
  // A fault of this program: no id that it makes, or takes from an event, is so long.
  if (!isAnswerableId(physicalResourceId)) throw new RangeError();
  const body = JSON.stringify({
    Status: 'SUCCESS',
    ...identify(envelope, physicalResourceId),
    ...(data ? { Data: data } : {}),
  });
  if (bytes(body) > MAX_BODY_BYTES) {
    throw invalidRequest(
      `the answer to CloudFormation would have ${bytes(body)} bytes and may have ${MAX_BODY_BYTES}: shorten UserName or Groups, which are returned as attributes`,
    );
  }
  return body;
}

/** Body of a FAILED, whose Reason keeps its head and then says where the rest is. Never throws: it is the last resort. */
export function failure(
  envelope: Envelope,
  physicalResourceId: string,
  reason: string,
  whereToLook: string,
): string {
  const ids = identify(envelope, answerableId(physicalResourceId));
  const body = (text: string): string => JSON.stringify({ Status: 'FAILED', Reason: text, ...ids });
  const tail = ` (${clean(whereToLook)})`;
  let head = [...clean(reason)];
  // Control characters in a Reason make all events of the stack unreadable; code points are never cut in half.
  while (bytes(body(`${head.join('')}${tail}`)) > MAX_BODY_BYTES && head.length > 0) {
    const over = bytes(body(`${head.join('')}…${tail}`)) - MAX_BODY_BYTES;
    head = [...head.slice(0, Math.max(0, head.length - Math.max(2, Math.ceil(over / 6)))), '…'];
    if (head.length === 1) break;
  }
  return body(`${head.join('')}${tail}`);
}

/** The sentence that a stack event shows: no control characters, no lone surrogates, one line (CR-6). */
export function clean(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- an escape sequence is removed whole, not only its first byte
      .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .replace(/\p{Cs}/gu, '\ufffd')
      .trim()
  );
}

function identify(envelope: Envelope, physicalResourceId: string): Record<string, string> {
  // Copied from the request, verbatim: nothing else may speak for it (CR-9).
  return {
    PhysicalResourceId: physicalResourceId,
    StackId: envelope.stackId,
    RequestId: envelope.requestId,
    LogicalResourceId: envelope.logicalResourceId,
  };
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
