/** Physical ids that an answer can carry. Pure. */

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html: up to 1 KB. */
export const MAX_ID_BYTES = 1024;

export function isAnswerableId(physicalResourceId: string): boolean {
  return physicalResourceId !== '' && Buffer.byteLength(physicalResourceId, 'utf8') <= MAX_ID_BYTES;
}

/** The id, cut to what CloudFormation takes; only forged events have one that is longer. */
export function answerableId(id: string): string {
  if (isAnswerableId(id)) return id;
  // A character that is cut in half becomes one of three bytes.
  const head = Buffer.from(id, 'utf8').subarray(0, MAX_ID_BYTES - 3);
  return head.length === 0 ? 'none' : head.toString('utf8');
}
