/**
 * `npm run fuzz -- --cases N [--seed S] [--case I] [--failures F]`: cases of the aws-auth editor, made from a grammar
 * and from real documents; ends with 1 when a law is broken, and says how to see that again.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

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

const outcome = fuzz(
  {
    seed,
    cases: only === undefined ? Number(values.cases) : 1,
    from: only ?? 0,
    limit: Number(values.failures),
  },
  (done) => {
    if (done % 100_000 === 0) console.log(`${done} cases in ${seconds()} s`);
  },
);
for (const { index, found, shrunk, violation } of outcome.failures) {
  console.log(`\nbroken: ${violation.law}`);
  console.log(`  shrunk: ${JSON.stringify(shrunk)}`);
  console.log(`  found:  ${JSON.stringify(found)}`);
  console.log(`  ${violation.detail}`);
  console.log(`  again:  npm run fuzz -- --seed ${seed} --case ${index}`);
}
console.log(
  `seed ${seed}: ${outcome.cases} cases, ${outcome.edits} edits, ${outcome.short} read the short way, ${outcome.failures.length} broken, ${seconds()} s`,
);
process.exitCode = outcome.failures.length === 0 ? 0 : 1;
