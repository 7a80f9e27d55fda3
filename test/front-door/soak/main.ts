/** `npm run soak -- --schedules N [--seed S]`: N schedules from seed S on; the default is 200 from 1 on. */
import { parseArgs } from 'node:util';
import { soak } from './soak';

const { values } = parseArgs({ options: { schedules: { type: 'string' }, seed: { type: 'string' } } });
const first = Number(values.seed ?? 1);
const count = Number(values.schedules ?? (values.seed === undefined ? 200 : 1));
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('--schedules and --seed take whole numbers\n');
  process.exit(2);
}

soak(Array.from({ length: count }, (_, index) => first + index)).then(
  () => process.stdout.write(`${count} schedules from seed ${first} on: every invariant held\n`),
  (error: unknown) => {
    const { message, cause } = error as Error;
    process.stderr.write(`${message}\n${cause instanceof Error ? (cause.stack ?? cause.message) : ''}\n`);
    process.exitCode = 1;
  },
);
