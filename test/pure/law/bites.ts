/**
 * `npm run law:bites [-- NAME ...]`: searches for a sequence that finds each mutant, prints its seed and what broke, and
 * keeps the seeds in `mutant-seeds.json` for the test that tries them alone. Those that a walk notices are searched only by
 * name.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMIT, MUTANTS } from './mutants';
import { searchShared } from './search-shared';

const asked = process.argv.slice(2);
const file = join(__dirname, 'mutant-seeds.json');

async function main(): Promise<void> {
  const seeds = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  for (const mutant of MUTANTS.filter(({ name, walk }) =>
    asked.length === 0 ? walk === undefined : asked.includes(name),
  )) {
    const { breaches } = await searchShared({ first: 1, count: LIMIT, all: false }, [mutant]);
    const found = breaches[0];
    if (found) seeds[mutant.name] = found.seed;
    else process.exitCode = 1;
    process.stdout.write(
      found
        ? `${mutant.name}: seed ${found.seed}: ${found.violation}\n`
        : `${mutant.name}: NOT FOUND in ${LIMIT} sequences: ${mutant.undoes}\n`,
    );
  }
  const known = MUTANTS.flatMap(({ name }) =>
    seeds[name] === undefined ? [] : [[name, seeds[name]] as const],
  );
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}

void main();
