/** `ExpiresAt`: when a mapping ends. Pure. */
import { invalidRequest, type ProviderError } from '../../access/errors';

/** Date, and with `T` time and zone; fractions of a second may follow. */
const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?$/;

/**
 * Milliseconds since 1970. Throws ProviderError InvalidRequest for what is no such date, a day that no month has included.
 * https://www.rfc-editor.org/rfc/rfc3339
 */
export function parseExpiry(text: string): number {
  const [, year, month, day] = ISO_8601.exec(text) ?? [];
  const begins = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const time = Date.parse(text);
  if (
    Number.isNaN(time) ||
    begins.getUTCMonth() !== Number(month) - 1 ||
    begins.getUTCDate() !== Number(day)
  ) {
    throw invalidRequest(
      `ExpiresAt is ${JSON.stringify(text)}, which is no date: write date, time and time zone as in 2026-12-31T18:00:00Z, or a date as in 2026-12-31`,
    );
  }
  return time;
}

export function hasEnded(expiresAt: number | undefined, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** InvalidRequest, for a new mapping that would end before it begins. */
export function expiredError(expiresAt: number): ProviderError {
  return invalidRequest(
    `ExpiresAt is ${new Date(expiresAt).toISOString()}, which is past: give a later date, or leave it out`,
  );
}

/** Throws ProviderError InvalidRequest where nobody would remove the mapping when its time has come. */
export function refuseWithoutSchedule(followMode: string | undefined): void {
  if (followMode === 'true' || followMode === 'report') return;
  throw invalidRequest(
    'ExpiresAt needs the schedule of the provider, which its owner has turned off: leave ExpiresAt out, or ask the owner of the provider stack to set followMode to true or report',
  );
}
