/** What the bundle of the simulation gives to who runs it (`bundle.ts`). */
import { generate } from './generate';
import { type Failure, runSequence } from './run';
import { listener } from './model/telling';
import { shrink, type Shrunk } from './shrink';
import { printSequence, type Sequence } from './step';

export { stateAfter, takeWalk } from './walks/walk';
export { GUARDS_TAKEOVER } from './wiring/environment';

export interface Found extends Shrunk {
  readonly seed: number;
}

/** What breaks the law first among `count` seeds from `first` on; undefined where nothing does. */
export async function search(
  first: number,
  count: number,
): Promise<{ seed: number; failure: Failure } | undefined> {
  for (let seed = first; seed < first + count; seed += 1) {
    const failure = await runSequence(generate(seed));
    if (failure) return { seed, failure };
  }
  return undefined;
}

/** Whether events are served at the same time in it. */
export function isInterleaved(seed: number): boolean {
  return generate(seed).steps.some((step) => step.do === 'at once');
}

/** All that there is after each step of a seed, a line a step. */
export async function replay(seed: number): Promise<string> {
  const lines: string[] = [];
  await runSequence(generate(seed), (line) => void lines.push(line));
  return lines.join('\n');
}

/** Runs one seed; where it breaks the law, shrinks it. */
export async function explain(seed: number): Promise<Found | undefined> {
  const sequence = generate(seed);
  const failure = await runSequence(sequence);
  return failure && { seed, ...(await shrink(sequence, failure)) };
}

export async function runOne(sequence: Sequence): Promise<Failure | undefined> {
  return runSequence(sequence);
}

/** Runs a sequence and gives all that happens in it, a line each. */
export async function trace(sequence: Sequence): Promise<string> {
  const lines: string[] = [];
  listener.hears = (line) => void lines.push(line);
  await runSequence(sequence);
  listener.hears = undefined;
  return lines.join('\n');
}

export function printFound({ seed, sequence, failure }: Found): string {
  return `seed ${seed} breaks the law at step ${failure.step}:\n${failure.violations.join('\n')}\n${printSequence(sequence)}`;
}
