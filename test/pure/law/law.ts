/** `npm run law -- [--sequences N] [--seed S]`: N sequences from seed S on; prints the first that breaks the law, shrunk. */
import { parseArgs } from 'node:util';
import { loadSimulation } from './bundle';

const { values } = parseArgs({
  options: {
    sequences: { type: 'string' },
    seed: { type: 'string' },
    survey: { type: 'boolean' },
  },
});
const first = Number(values.seed ?? 1);
const count = Number(values.sequences ?? (values.seed === undefined ? 2_000 : 1));
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('--sequences and --seed take whole numbers\n');
  process.exit(2);
}

async function main(): Promise<void> {
  const started = process.cpuUsage();
  const simulation = await loadSimulation();
  const found = values.survey ? await survey(simulation) : await simulation.search(first, count);
  const { user, system } = process.cpuUsage(started);
  const seconds = ((user + system) / 1e6).toFixed(1);
  if (!found) {
    process.stdout.write(
      `${count} sequences from seed ${first} on: the law held (${seconds} s of one core)\n`,
    );
    return;
  }
  const explained = await simulation.explain(found.seed);
  process.stderr.write(`${explained ? simulation.printFound(explained) : 'not found again'}\n`);
  process.stderr.write(`again: npm run law -- --seed ${found.seed}\n`);
  process.exitCode = 1;
}

/** `--survey`: how often which violation comes first, with a seed for each. */
async function survey(simulation: Awaited<ReturnType<typeof loadSimulation>>): Promise<undefined> {
  const kinds = new Map<string, { times: number; seed: number }>();
  for (let seed = first; seed < first + count; seed += 1) {
    const found = await simulation.search(seed, 1);
    if (!found) continue;
    const kind = (found.failure.violations[0] ?? '')
      .replace(/^\w+ of \w+\.\w \([\w-]+\): /, '')
      .replace(/\(.*|"(\\"|[^"])*"|\{.*/gs, '…');
    const known = kinds.get(kind);
    kinds.set(kind, { times: (known?.times ?? 0) + 1, seed: known?.seed ?? seed });
  }
  for (const [kind, { times, seed }] of [...kinds].sort(([, a], [, b]) => b.times - a.times))
    process.stdout.write(`${times}\tseed ${seed}\t${kind}\n`);
  return undefined;
}

void main();
