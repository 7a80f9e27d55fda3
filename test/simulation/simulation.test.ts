import { simulate } from './simulate';

// A fixed few; `npm run simulate -- --schedules N` runs as many as asked.
test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  'schedule %d',
  (seed) => simulate([seed]),
  60_000,
);
