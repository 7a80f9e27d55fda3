/**
 * `npm run law -- [--sequences N] [--seed S]`: N sequences from seed S on, on all cores; prints the first that breaks the
 * law, shrunk, and with `--trace` all that happens in it: calls, answers, log and what is there after each step. `--survey`
 * goes on after a violation and tells each on stderr at once.
 * `npm run simulate` is the same program, and calls the sequences schedules.
 */
import { parseArgs } from 'node:util';
import { loadSimulation } from './bundle';
import { type Block, type Breach } from './search';
import { searchShared } from './search-shared';

const { values } = parseArgs({
  options: {
    sequences: { type: 'string' },
    schedules: { type: 'string' },
    seed: { type: 'string' },
    survey: { type: 'boolean' },
    trace: { type: 'boolean' },
  },
});
const first = Number(values.seed ?? 1);
const count = Number(values.sequences ?? values.schedules ?? (values.seed === undefined ? 2_000 : 1));
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('--sequences and --seed take whole numbers\n');
  process.exit(2);
}

const tried = `${count} sequences from seed ${first} on`;

async function main(): Promise<void> {
  const started = performance.now();
  const block: Block = { first, count, all: values.survey === true };
  const { breaches, seconds } = await searchShared(block, [], ({ seed, violation }) => {
    if (block.all) process.stderr.write(`seed ${seed}: ${kindOf(violation)}\n`);
  });
  const elapsed = (performance.now() - started) / 1000;
  const took = `${elapsed.toFixed(1)} s, ${seconds.toFixed(1)} s of one core`;
  process.exitCode = breaches.length === 0 ? 0 : 1;
  if (breaches[0] === undefined) process.stdout.write(`${tried}: the law held (${took})\n`);
  else if (block.all) {
    printKinds(breaches);
    process.stdout.write(`${tried}: ${breaches.length} broke the law (${took})\n`);
  } else await explain(breaches[0].seed);
}

async function explain(seed: number): Promise<void> {
  const simulation = await loadSimulation();
  const explained = await simulation.explain(seed);
  process.stderr.write(`${explained ? simulation.printFound(explained) : 'not found again'}\n`);
  if (explained && values.trace) process.stdout.write(`${await simulation.trace(explained.sequence)}\n`);
  process.stderr.write(`again: npm run law -- --seed ${seed}\n`);
}

/** How often which violation comes first, with its seeds. */
function printKinds(breaches: readonly Breach[]): void {
  const seedsOf = new Map<string, number[]>();
  for (const { seed, violation } of breaches) {
    const kind = kindOf(violation);
    seedsOf.set(kind, [...(seedsOf.get(kind) ?? []), seed]);
  }
  const kinds = [...seedsOf].sort(([, a], [, b]) => b.length - a.length);
  for (const [kind, seeds] of kinds)
    process.stdout.write(`${seeds.length}\t${kind}\tseeds ${seeds.join(' ')}\n`);
}

function kindOf(violation: string): string {
  return violation.replace(/^\w+ of \w+\.\w \([\w-]+\): /, '').replace(/\(.*|"(\\"|[^"])*"|\{.*/gs, '…');
}

void main();
