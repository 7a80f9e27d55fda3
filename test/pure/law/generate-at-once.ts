/**
 * Stack operations that begin at the same time, in more than half of the sequences. Drawn apart from all the rest, so that the other
 * sequences are what they were before there were any.
 */
import { type Random, seeded } from '../../random';
import { mappingOf } from './generate-mapping';
import { type Mapping } from './model/mapping';
import { type LogicalId, type StackName } from './model/names';
import { FAULT_KINDS } from './model/request';
import { type Sequence, type StackStep, type Step } from './step';

const STACKS: readonly StackName[] = ['alpha', 'beta', 'gamma'];
const IDS: readonly LogicalId[] = ['A', 'B', 'C'];

export function withMeetings(sequence: Sequence, seed: number): Sequence {
  // Far from the seeds of the sequences, of their runs and of their policies.
  const random = seeded(seed + 3_000_000_019);
  if (random.below(20) < 9) return sequence;
  const { start, steps } = sequence;
  const mode = random.once(2) ? 'CONFIG_MAP' : start.mode;
  return { start: { ...start, mode }, steps: steps.map((step) => meeting(random, step)) };
}

function meeting(random: Random, step: Step): Step {
  const isOperation = step.do === 'deploy' || step.do === 'delete' || step.do === 'continue';
  if (!isOperation || random.once(2)) return step;
  const { course, ...alone } = step;
  const fault = random.once(4) ? { faults: { 0: faultOf(random) } } : {};
  const sibling = course?.siblingFails ? { siblingFails: true } : {};
  const first: StackStep = { ...alone, course: { ...fault, ...sibling } };
  const others = STACKS.filter((stack) => stack !== step.stack);
  const of = [first, companion(random, random.pick(others))];
  if (random.once(3)) of.push({ do: 'repeat', back: random.below(5) });
  return { do: 'at once', of, order: random.below(1_000), ...(random.once(4) ? { twice: true } : {}) };
}

function companion(random: Random, stack: StackName): StackStep {
  if (random.once(3)) return { do: 'delete', stack };
  const names = IDS.slice(0, 1 + random.below(3));
  const mappings = names.map((name) => [name, mappingFrom(random)] as const);
  return { do: 'deploy', stack, template: Object.fromEntries(mappings) };
}

/** Of few principals, so that they meet. */
function mappingFrom(random: Random): Mapping {
  const mapping = mappingOf(random);
  return mapping.node || random.once(2) ? mapping : { ...mapping, principal: random.pick(['one', 'two']) };
}

function faultOf(random: Random): { readonly at: number; readonly kind: (typeof FAULT_KINDS)[number] } {
  const kinds = FAULT_KINDS.filter((kind) => kind !== 'unanswered');
  return { at: 1 + random.below(5), kind: random.pick(kinds) };
}
