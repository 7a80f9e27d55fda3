import { soak } from './soak';

// A fixed few; `npm run soak -- --schedules N` runs as many as asked.
test.each(Array.from({ length: 12 }, (_, index) => index + 1))('schedule %d', (seed) => soak([seed]), 60_000);
