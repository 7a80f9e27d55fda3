/**
 * The provider's schedule in a sequence: in every other one. Drawn apart from all the rest, so that the sequences without
 * it are what they were before there was one.
 */
import { type Random, seeded } from '../../random';
import { identityOf } from './generate-mapping';
import { type Mapping } from './model/mapping';
import { FAULT_KINDS, type Fault } from './model/request';
import { type Template } from './model/stack-operations';
import { type Sequence, type Step } from './step';

/** Minutes after the first moment: most come while a sequence goes on. */
const EXPIRIES = [2, 5, 10, 20, 40, 10_000];

export function withRuns(sequence: Sequence, seed: number): Sequence {
  // Far from the seeds of the sequences themselves.
  const random = seeded(seed + 1_000_000_007);
  if (random.once(2)) return sequence;
  const expiring = random.once(2) ? expiryFrom(random) : undefined;
  const runs = (): readonly Step[] => runsFrom(random, expiring !== undefined);
  const { start, steps } = random.once(3) ? sequence : movingOn(random, sequence, runs);
  const around = steps.flatMap((step) => stepsAround(random, step, runs));
  return { start, steps: expiring ? around.map((step) => ending(step, expiring)) : around };
}

/** The mode moves on while a mapping is in aws-auth: then a run has most to do. */
function movingOn(random: Random, { start, steps }: Sequence, runs: () => readonly Step[]): Sequence {
  const at = random.below(steps.length);
  const stack = random.pick(['alpha', 'alpha', 'beta'] as const);
  const existing = random.pick([undefined, 'ADOPT', 'REPLACE'] as const);
  const mapping: Mapping = {
    type: random.once(4) ? 'entry' : 'role',
    principal: random.pick(['one', 'two']),
    ...(random.once(4) ? { user: 'admin', groups: ['system:masters'] } : identityOf(random, 'entry')),
    ...(existing ? { existing } : {}),
  };
  const moving: readonly Step[] = [
    { do: 'deploy', stack, template: { A: mapping } },
    { do: 'foreign', act: { act: 'mode' } },
    ...(random.once(2) ? runs() : []),
  ];
  return {
    start: { ...start, mode: 'CONFIG_MAP' },
    steps: [...steps.slice(0, at), ...moving, ...steps.slice(at)],
  };
}

function stepsAround(random: Random, step: Step, runs: () => readonly Step[]): readonly Step[] {
  if (step.do !== 'deploy' && step.do !== 'delete' && step.do !== 'continue')
    return random.once(8) ? [step, ...runs()] : [step];
  switch (random.below(6)) {
    case 0:
      return [step, ...runs()];
    case 1:
      return [{ do: 'run', split: { at: 1 + random.below(10), step } }];
    case 2: {
      const run = { event: random.below(3), at: random.pick([0, 1, 2, 3, 4, 99]) };
      return [{ ...step, course: { ...step.course, run } }];
    }
    default:
      return [step];
  }
}

/** One run, or one that something happens to and the next one. */
function runsFrom(random: Random, isExpiring: boolean): readonly Step[] {
  const before: readonly Step[] = isExpiring && random.once(2) ? [{ do: 'wait', seconds: 300 }] : [];
  if (random.once(8)) return [...before, { do: 'run', report: true }];
  const faulty: readonly Step[] = random.once(3) ? [{ do: 'run', fault: faultOf(random) }] : [];
  return [...before, ...faulty, { do: 'run' }];
}

function faultOf(random: Random): Fault {
  const kinds = FAULT_KINDS.filter((kind) => kind !== 'unanswered');
  return { at: 1 + random.below(9), kind: random.pick(kinds) };
}

/** The same mapping gets the same date each time. */
function expiryFrom(random: Random): (mapping: Mapping) => Mapping {
  const known = new Map<Mapping, Mapping>();
  return (mapping) => {
    const given = known.get(mapping);
    if (given) return given;
    const expires = random.once(2) && !mapping.node ? random.pick(EXPIRIES) : undefined;
    const made = expires === undefined ? mapping : { ...mapping, expires };
    known.set(mapping, made);
    return made;
  };
}

function ending(step: Step, expiring: (mapping: Mapping) => Mapping): Step {
  if (step.do === 'run' && step.split)
    return { ...step, split: { ...step.split, step: ending(step.split.step, expiring) } };
  if (!('template' in step)) return step;
  const template: Template = Object.fromEntries(
    Object.entries(step.template).map(([id, mapping]) => [id, expiring(mapping)]),
  );
  return { ...step, template };
}
