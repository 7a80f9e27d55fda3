/** Parts of the SDK that the bundle has once where the SDK has them twice: both say the same (build/unreached-parts.mjs). */
import {
  _parseEpochTimestamp,
  _parseRfc3339DateTimeWithOffset,
  _parseRfc7231DateTime,
  dateToUtcString,
  parseEpochTimestamp,
  parseRfc3339DateTime,
  parseRfc3339DateTimeWithOffset,
  parseRfc7231DateTime,
} from '@smithy/core/serde';

const outcome = (parse: (value: unknown) => Date | undefined, value: unknown): unknown => {
  try {
    return parse(value)?.toISOString();
  } catch {
    return 'refused';
  }
};

const EPOCHS = [0, 1, 1_795_000_000, 1_795_000_000.123, '1795000000.5', NaN, 'x', null, undefined];
const RFC3339 = [
  '2026-11-27T02:30:00Z',
  '2026-11-27T02:30:00.123Z',
  '2024-02-29T23:59:59Z',
  '2026-11-27',
  'x',
  undefined,
  null,
];
const WITH_OFFSET = ['2026-11-27T02:30:00+02:00', '2026-11-27T02:30:00.5-11:30', ...RFC3339];
// Not the obsolete form with a year of two digits: only Retry-After could have it, and the function asks for its own pauses.
const RFC7231 = [
  'Fri, 27 Nov 2026 02:30:00 GMT',
  'Fri Nov 27 02:30:00 2026',
  'Fri Nov  6 02:30:00 2026',
  '120',
  undefined,
];

type Parse = (value: unknown) => Date | undefined;

test.each<[string, Parse, Parse, readonly unknown[]]>([
  ['seconds', parseEpochTimestamp, _parseEpochTimestamp, EPOCHS],
  ['RFC 3339', parseRfc3339DateTime, _parseRfc3339DateTimeWithOffset, RFC3339],
  ['RFC 3339 with an offset', parseRfc3339DateTimeWithOffset, _parseRfc3339DateTimeWithOffset, WITH_OFFSET],
  ['RFC 7231', parseRfc7231DateTime, _parseRfc7231DateTime, RFC7231],
])('a date of %s is read as the other parser reads it', (_, one, other, values) => {
  for (const value of values) expect([value, outcome(other, value)]).toEqual([value, outcome(one, value)]);
});

test.each([0, 1_795_746_600_000, 951_825_599_000, Date.UTC(1000, 0, 1)])(
  'a date is written as Node writes it: %d',
  (ms) => {
    expect(new Date(ms).toUTCString()).toBe(dateToUtcString(new Date(ms)));
  },
);
