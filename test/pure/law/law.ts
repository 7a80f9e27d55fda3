/**
 * `npm run law -- [--sequences N] [--seed S]`: N sequences from seed S on; prints the first that breaks the law, shrunk,
 * and with `--trace` all that happens in it: calls, answers, log and what is there after each step.
 * `npm run simulate` is the same program, and calls the sequences schedules.
 */
import { parseArgs } from 'node:util';
import { loadSimulation } from './bundle';

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

async function main(): Promise<void> {
  const started = process.cpuUsage();
  const simulation = await loadSimulation();
  const took = (): string => {
    const { user, system } = process.cpuUsage(started);
    return `${((user + system) / 1e6).toFixed(1)} s of one core`;
  };
  const tried = `${count} sequences from seed ${first} on`;
  if (values.survey) {
    const broken = await survey(simulation);
    process.stdout.write(
      `${tried}: ${broken === 0 ? 'the law held' : `${broken} broke the law`} (${took()})\n`,
    );
    process.exitCode = broken === 0 ? 0 : 1;
    return;
  }
  const found = await simulation.search(first, count);
  if (!found) {
    process.stdout.write(`${tried}: the law held (${took()})\n`);
    return;
  }
  const explained = await simulation.explain(found.seed);
  process.stderr.write(`${explained ? simulation.printFound(explained) : 'not found again'}\n`);
  if (explained && values.trace) process.stdout.write(`${await simulation.trace(explained.sequence)}\n`);
  process.stderr.write(`again: npm run law -- --seed ${found.seed}\n`);
  process.exitCode = 1;
}

/**
 * `--survey`: goes on after a violation, tells each on stderr at once, and prints how often which comes first, with its
 * seeds. Gives the number of sequences that broke the law.
 */
async function survey(simulation: Awaited<ReturnType<typeof loadSimulation>>): Promise<number> {
  const seedsOf = new Map<string, number[]>();
  for (let seed = first; seed < first + count; seed += 1) {
    const found = await simulation.search(seed, 1);
    if (!found) continue;
    const kind = (found.failure.violations[0] ?? '')
      .replace(/^\w+ of \w+\.\w \([\w-]+\): /, '')
      .replace(/\(.*|"(\\"|[^"])*"|\{.*/gs, '…');
    process.stderr.write(`seed ${seed}: ${kind}\n`);
    seedsOf.set(kind, [...(seedsOf.get(kind) ?? []), seed]);
  }
  const kinds = [...seedsOf].sort(([, a], [, b]) => b.length - a.length);
  for (const [kind, seeds] of kinds)
    process.stdout.write(`${seeds.length}\t${kind}\tseeds ${seeds.join(' ')}\n`);
  return kinds.flatMap(([, seeds]) => seeds).length;
}

void main();
