/**
 * Functions that are killed half-way, in every fourth sequence. Drawn apart from all the rest, so that the other sequences
 * are what they were before there were any.
 */
import { type Random, seeded } from '../../random';
import { type Fault } from './model/request';
import { type Sequence, type Step } from './step';

/** What happens to the try after it, for the most part nothing. */
const NEXT = [undefined, undefined, 'throttled', 'lost-after', 'killed'] as const;

export function withKilled(sequence: Sequence, seed: number): Sequence {
  // Far from the seeds of what else is drawn apart.
  const random = seeded(seed + 5_000_000_029);
  if (!random.once(4)) return sequence;
  const runs = seeded(seed + 6_000_000_031);
  const meetings = seeded(seed + 7_000_000_003);
  const steps = sequence.steps.map((step) => killingMeeting(meetings, killing(random, step)));
  return { ...sequence, steps: steps.flatMap((step) => killingRun(runs, step)) };
}

/** One of the events that are served at the same time. */
function killingMeeting(random: Random, step: Step): Step {
  if (step.do !== 'at once' || random.once(2)) return step;
  const [first, ...others] = step.of;
  if (!first || first.do === 'repeat' || first.course?.faults) return step;
  const course = { ...first.course, faults: { 0: faultOf(random) } };
  return { ...step, of: [{ ...first, course }, ...others] };
}

/** The schedule tries nothing again: the next run goes on. */
function killingRun(random: Random, step: Step): readonly Step[] {
  const isPlain = step.do === 'run' && !step.report && !step.fault && !step.split;
  if (!isPlain || random.once(2)) return [step];
  return [{ do: 'run', fault: { at: 1 + random.below(9), kind: 'killed' } }, step];
}

function killing(random: Random, step: Step): Step {
  const isOperation = step.do === 'deploy' || step.do === 'delete' || step.do === 'continue';
  if (!isOperation || step.course?.faults || random.once(4)) return step;
  return { ...step, course: { ...step.course, faults: { [random.below(2)]: faultOf(random) } } };
}

function faultOf(random: Random): Fault {
  const kind = random.pick(NEXT);
  const next = kind && { next: { at: 1 + random.below(5), kind } };
  return { at: 1 + random.below(5), kind: 'killed', ...next };
}
