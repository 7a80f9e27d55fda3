/** The shortest sequence that still breaks the law, found by leaving out steps and what goes wrong in them. */
import { type Failure, runSequence } from './run';
import { type Sequence, type StackStep, type Step } from './step';

export interface Shrunk {
  readonly sequence: Sequence;
  readonly failure: Failure;
}

export async function shrink(sequence: Sequence, failure: Failure): Promise<Shrunk> {
  // What came after the step that failed has nothing to do with it.
  let best: Shrunk = { sequence, failure };
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smaller(best)) {
      const found = await runSequence(candidate);
      if (!found) continue;
      best = { sequence: candidate, failure: found };
      isSmaller = true;
      break;
    }
  }
  return best;
}

function* smaller({ sequence: { start, steps }, failure }: Shrunk): Generator<Sequence> {
  if (failure.step + 1 < steps.length) yield { start, steps: steps.slice(0, failure.step + 1) };
  for (let at = steps.length - 1; at >= 0; at -= 1)
    yield { start, steps: steps.filter((_, number) => number !== at) };
  for (let one = steps.length - 1; one >= 0; one -= 1)
    for (let two = one - 1; two >= 0; two -= 1)
      yield { start, steps: steps.filter((_, number) => number !== one && number !== two) };
  for (let at = start.acts.length - 1; at >= 0; at -= 1)
    yield { start: { ...start, acts: start.acts.filter((_, number) => number !== at) }, steps };
  for (const [at, step] of steps.entries()) {
    if (step.do === 'at once')
      yield { start, steps: [...steps.slice(0, at), ...step.of, ...steps.slice(at + 1)] };
    for (const simpler of simplerSteps(step))
      yield { start, steps: steps.map((other, number) => (number === at ? simpler : other)) };
  }
}

/** Fewer at the same time, the simpler ones, nothing twice. */
function* simplerMeetings({ twice, ...step }: Extract<Step, { readonly do: 'at once' }>): Generator<Step> {
  if (twice) yield step;
  const again = twice ? { twice } : {};
  for (const [at, part] of step.of.entries()) {
    if (step.of.length > 1) yield { ...step, ...again, of: step.of.filter((_, other) => other !== at) };
    for (const simpler of simplerSteps(part))
      yield {
        ...step,
        ...again,
        of: step.of.map((other, place) => (place === at ? (simpler as StackStep) : other)),
      };
  }
}

function* simplerSteps(step: Step): Generator<Step> {
  if (step.do === 'at once') yield* simplerMeetings(step);
  if ('course' in step && step.course) {
    const { course, ...rest } = step;
    yield rest;
    for (const key of Object.keys(course))
      if (Object.keys(course).length > 1)
        yield {
          ...rest,
          course: Object.fromEntries(Object.entries(course).filter(([name]) => name !== key)),
        };
  }
  if ('template' in step && Object.keys(step.template).length > 1) {
    for (const id of Object.keys(step.template))
      yield {
        ...step,
        template: Object.fromEntries(Object.entries(step.template).filter(([name]) => name !== id)),
      };
  }
}
