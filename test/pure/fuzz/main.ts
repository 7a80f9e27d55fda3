/**
 * `npm run fuzz -- --cases N [--seed S] [--case I] [--failures F]`: cases of the aws-auth editor, made from a grammar
 * and from real documents; ends with 1 when a law is broken, and says how to see that again.
 */
import { parseArgs } from 'node:util';
import { fuzz, type Failure } from './fuzz';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    case: { type: 'string' },
    failures: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
const only = values.case === undefined ? undefined : Number(values.case);
const started = Date.now();
const seconds = (): string => ((Date.now() - started) / 1_000).toFixed(0);

/** What the reader remembers weakly is held until the event loop turns: a run without a turn would fill the memory. */
const STRETCH = 10_000;

async function main(): Promise<void> {
  const first = only ?? 0;
  const end = first + (only === undefined ? Number(values.cases) : 1);
  const limit = Number(values.failures);
  const total = { cases: 0, edits: 0, short: 0, broken: 0 };
  for (let from = first; from < end && total.broken < limit; from += STRETCH) {
    const { cases, edits, short, failures } = fuzz({
      seed,
      from,
      cases: Math.min(STRETCH, end - from),
      limit: limit - total.broken,
    });
    total.cases += cases;
    total.edits += edits;
    total.short += short;
    total.broken += failures.length;
    failures.forEach(print);
    if (total.cases % 100_000 === 0) console.log(`${total.cases} cases in ${seconds()} s`);
    await new Promise(setImmediate);
  }
  console.log(
    `seed ${seed}: ${total.cases} cases, ${total.edits} edits, ${total.short} read the short way, ${total.broken} broken, ${seconds()} s`,
  );
  process.exitCode = total.broken === 0 ? 0 : 1;
}

function print({ index, found, shrunk, violation }: Failure): void {
  console.log(`\nbroken: ${violation.law}`);
  console.log(`  shrunk: ${JSON.stringify(shrunk)}`);
  console.log(`  found:  ${JSON.stringify(found)}`);
  console.log(`  ${violation.detail}`);
  console.log(`  again:  npm run fuzz -- --seed ${seed} --case ${index}`);
}

void main();
