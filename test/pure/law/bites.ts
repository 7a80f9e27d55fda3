/**
 * `npm run law:bites [-- NAME ...]`: searches for a sequence that finds each mutant, prints its seed and what broke, and
 * keeps the seeds in `mutant-seeds.json` for the test that tries them alone. Those that a walk notices are searched only by
 * name.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSimulation } from './bundle';
import { LIMIT, MUTANTS } from './mutants';

const asked = process.argv.slice(2);
const file = join(__dirname, 'mutant-seeds.json');

async function main(): Promise<void> {
  const seeds = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  for (const mutant of MUTANTS.filter(({ name, walk }) =>
    asked.length === 0 ? walk === undefined : asked.includes(name),
  )) {
    const simulation = await loadSimulation([mutant]);
    const found = await simulation.search(1, LIMIT);
    if (found) seeds[mutant.name] = found.seed;
    else process.exitCode = 1;
    process.stdout.write(
      found
        ? `${mutant.name}: seed ${found.seed}: ${found.failure.violations[0] ?? ''}\n`
        : `${mutant.name}: NOT FOUND in ${LIMIT} sequences: ${mutant.undoes}\n`,
    );
  }
  const known = MUTANTS.flatMap(({ name }) =>
    seeds[name] === undefined ? [] : [[name, seeds[name]] as const],
  );
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}

void main();
