/** A sequence from a seed: stacks, people, faults and repeats, dense enough that they meet. */
import { type Random, seeded } from '../../random';
import { type Course } from './model/cloudformation';
import { type ForeignAct, type Wish } from './model/foreign';
import { type LogicalId, PRINCIPAL_NAMES, type PrincipalName, type StackName } from './model/names';
import { FAULT_KINDS, type Fault } from './model/request';
import { type Template } from './model/stack-operations';
import { identityOf, mappingOf, principalFrom } from './generate-mapping';
import { withMeetings } from './generate-at-once';
import { withEntries } from './generate-entries';
import { withKilled } from './generate-killed';
import { withRights } from './generate-rights';
import { withRuns } from './generate-runs';
import { type Sequence, type Start, type Step } from './step';

const STACKS: readonly StackName[] = ['alpha', 'beta', 'gamma'];
const IDS: readonly LogicalId[] = ['A', 'B', 'C'];
const NODE: Wish = { user: '', groups: [], node: true };
const ADMIN: Wish = { user: 'admin', groups: ['system:masters'] };
const PROVIDER: Wish = { user: 'provider', groups: ['cfn-eks-access'] };

export function generate(seed: number): Sequence {
  const random = seeded(seed);
  const start = startOf(random);
  const steps: Step[] = [];
  const templates = new Map<StackName, Template>();
  const length = 8 + random.below(18);
  while (steps.length < length) steps.push(stepOf(random, templates));
  const sequence = withEntries(withRuns({ start, steps }, seed), seed);
  return withKilled(withRights(withMeetings(sequence, seed), seed), seed);
}

function startOf(random: Random): Start {
  const mode = random.pick(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const);
  const hasConfigMap = !random.once(10);
  const acts: ForeignAct[] = [];
  if (hasConfigMap) {
    acts.push({ act: 'note', number: 0 });
    if (!random.once(4))
      acts.push({ act: 'map', principal: 'node', wish: { ...NODE, style: random.below(3) } });
    if (!random.once(4))
      acts.push({ act: 'map', principal: 'admin', wish: { ...ADMIN, style: random.below(3) } });
    acts.push({ act: 'map', principal: 'provider', wish: { ...PROVIDER, style: random.below(3) } });
  }
  if (mode !== 'CONFIG_MAP' && random.once(3)) acts.push({ act: 'entry', principal: 'node', wish: NODE });
  return { mode, hasConfigMap, takeover: random.pick(['none', 'unrecorded', 'any', 'any'] as const), acts };
}

function stepOf(random: Random, templates: Map<StackName, Template>): Step {
  const stack = random.pick(STACKS.slice(0, 1 + random.below(3)));
  const kind = random.below(20);
  if (kind < 9) {
    const template = templateFrom(random, templates.get(stack));
    templates.set(stack, template);
    return { do: 'deploy', stack, template, ...courseOf(random) };
  }
  if (kind < 11) {
    templates.delete(stack);
    return { do: 'delete', stack, ...courseOf(random) };
  }
  if (kind < 12) return { do: 'continue', stack, ...courseOf(random) };
  if (kind < 14) return { do: 'repeat', back: random.below(5) };
  if (kind < 15 && random.once(3)) {
    const template = templateFrom(random, undefined);
    templates.set(stack, template);
    return { do: 'inherit', stack, template };
  }
  if (kind < 16) return { do: 'wait', seconds: random.pick([10, 50, 100, 300]) };
  return { do: 'foreign', act: actOf(random) };
}

/** The template that is there with a change, a rename or an addition; or a new one. */
function templateFrom(random: Random, known: Template | undefined): Template {
  const ids = Object.keys(known ?? {}) as LogicalId[];
  const id = ids[random.below(Math.max(1, ids.length))];
  const mapping = id && known?.[id];
  if (!id || !mapping || random.once(6)) {
    const names = IDS.slice(0, 1 + random.below(2));
    return Object.fromEntries(names.map((name) => [name, mappingOf(random)]));
  }
  switch (random.below(7)) {
    case 6:
      return { ...known, [id]: { ...mapping, longer: 1 + random.below(100) } };
    case 0: {
      const free = IDS.filter((name) => !ids.includes(name));
      // With every name taken it is named "undefined", a name like any other: the committed seeds rest on it.
      const other = free[random.below(free.length)] as LogicalId;
      const { [id]: _, ...others } = known;
      return { ...others, [other]: mapping };
    }
    case 1:
      return { ...known, [random.pick(IDS)]: mappingOf(random) };
    case 2:
      return { ...known, [id]: { ...mapping, principal: random.pick(PRINCIPAL_NAMES) } };
    case 3:
      return { ...known, [id]: { ...mapping, cluster: random.pick(['gone', 'denied', 'prod'] as const) } };
    default:
      return { ...known, [id]: { ...mappingOf(random), type: mapping.type, principal: mapping.principal } };
  }
}

function courseOf(random: Random): { readonly course?: Course } {
  if (!random.once(2)) return {};
  const event = random.below(3);
  switch (random.below(6)) {
    case 0:
      return { course: { siblingFails: true } };
    case 1:
      return { course: { cancel: { event, at: random.below(4) } } };
    case 2:
      return { course: { meanwhile: { event, act: actOf(random) } } };
    default:
      return {
        course: { faults: { [event]: faultOf(random) }, ...(random.once(3) ? { siblingFails: true } : {}) },
      };
  }
}

/** What happens to the next try of an event whose answer was lost. */
const NEXT = [undefined, 'throttled', 'stall', 'lost-before', 'lost-after'] as const;

function faultOf(random: Random): Fault {
  const fault: Fault = { at: 1 + random.below(5), kind: random.pick(FAULT_KINDS) };
  const next = NEXT[fault.at - 1];
  return fault.kind === 'unanswered' && next ? { ...fault, next: { at: fault.at, kind: next } } : fault;
}

function actOf(random: Random): ForeignAct {
  const principal = principalFrom(random);
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return { act: 'map', principal, wish: wishOf(random, principal) };
    case 3:
    case 4:
    case 5:
      return { act: 'entry', principal, wish: wishOf(random, principal) };
    case 6:
      return random.pick([{ act: 'mode' }, { act: 'mode' }, { act: 'wipe-records' }] as const);
    case 7:
      return { act: 'note', number: 100 + random.below(900) };
    default:
      return { act: random.pick(['unmap', 'no-entry'] as const), principal: random.pick(['one', 'two']) };
  }
}

function wishOf(random: Random, principal: PrincipalName): Wish {
  const style = random.below(3);
  if (principal === 'node') return { ...NODE, style };
  if (principal === 'provider') return { ...PROVIDER, style };
  if (principal === 'admin') return { ...ADMIN, style };
  return { ...identityOf(random, 'entry'), style };
}
