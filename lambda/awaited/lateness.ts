/** Whether an event comes so late that it may be another try of Lambda's. Pure. */
/**
 * Milliseconds between the request and its event that raise no question; the first retry of an asynchronous invocation
 * comes after a minute: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const PUNCTUAL_MS = 45_000;

/** A URL that tells no date, or one that has not come yet, says nothing about the age. */
export function isLateAt(requestedAt: Date | undefined, now: number): boolean {
  return requestedAt === undefined || Math.abs(now - requestedAt.getTime()) >= PUNCTUAL_MS;
}
