/**
 * Named rights, in every fourth sequence: a cluster that is set up for them, templates that ask for them and change them in
 * place, and people who make and delete namespaces, and change what binds. Drawn apart from all the rest, so that the other
 * sequences are what they were before.
 */
import { type Random, seeded } from '../../random';
import { type Mapping } from './model/mapping';
import { type RbacAct } from './model/rbac';
import { type Namespace, type RightName, type RightWish } from './model/rights';
import { type Template } from './model/stack-operations';
import { type Sequence, type StackStep, type Step } from './step';

/** Few, so that what is asked for is often the same, or the same right in another place. */
const RIGHTS: readonly (readonly RightWish[])[] = [
  [{ name: 'view', namespaces: [] }],
  [{ name: 'view', namespaces: ['n0'] }],
  [{ name: 'view', namespaces: ['n1', 'n0'] }],
  [{ name: 'edit', namespaces: ['n1'] }],
  [
    { name: 'edit', namespaces: ['n0'] },
    { name: 'view', namespaces: [] },
  ],
  [{ name: 'edit-plus-custom-resources', namespaces: ['n0', 'n1'] }],
  [
    { name: 'view-plus-nodes', namespaces: [] },
    { name: 'edit', namespaces: ['n0', 'n1'] },
  ],
];
const SETUP = ['changed', 'gone', 'unbound', 'whole', 'whole'] as const;
const NAMES: readonly RightName[] = ['view', 'edit', 'view-plus-nodes', 'edit-plus-custom-resources'];
const NAMESPACES: readonly Namespace[] = ['n0', 'n0', 'n1'];

/** Chosen so that none of the seeds by which broken products are found is one of them. */
const OFFSET = 4_000_001_479;

export function withRights(sequence: Sequence, seed: number): Sequence {
  const random = seeded(seed + OFFSET);
  if (!random.once(4)) return sequence;
  const asking = new Asking(random);
  const { start, steps } = sequence;
  const rights = random.once(3) ? 'by provider' : 'installed';
  const second: readonly Step[] = random.once(4)
    ? []
    : [foreign({ act: 'namespace', name: 'n1', to: 'active' })];
  return {
    start: { ...start, mode: random.once(2) ? 'CONFIG_MAP' : start.mode, rights },
    steps: [...second, ...steps.flatMap((step) => stepsFor(random, asking, step))],
  };
}

function foreign(act: RbacAct): Step {
  return { do: 'foreign', act };
}

/** What people do before it, the step, and the same templates with other rights. */
function stepsFor(random: Random, asking: Asking, step: Step): readonly Step[] {
  const before = random.once(5) ? [foreign(actOf(random))] : [];
  const asked = meanwhile(random, asking.step(step));
  if (asked.do !== 'deploy' || !random.once(3)) return [...before, asked];
  const { stack, template } = asked;
  return [...before, asked, { do: 'deploy', stack, template: asking.anew(template) }];
}

/** Between the making of an event and its delivery. */
function meanwhile(random: Random, step: Step): Step {
  if (step.do !== 'deploy' || step.course || !random.once(4)) return step;
  return { ...step, course: { meanwhile: { event: random.below(3), act: actOf(random) } } };
}

function actOf(random: Random): RbacAct {
  const [name, namespace] = [random.pick(NAMES), random.pick(NAMESPACES)];
  switch (random.below(6)) {
    case 0:
      return { act: 'namespace', name: namespace, to: random.pick(['terminating', 'gone'] as const) };
    case 1:
    case 2:
      return { act: 'namespace', name: namespace, to: 'active' };
    case 3:
      return { act: 'setup', name, to: random.pick(SETUP) };
    default: {
      const to = random.pick(['gone', 'gone', 'other role', 'no label', 'one more'] as const);
      return { act: 'binding', name, namespace, to };
    }
  }
}

function withoutEngine({ engine: _, ...rest }: Mapping): Mapping {
  return rest;
}

class Asking {
  /** The same mapping asks for the same each time. */
  private readonly known = new Map<string, Mapping>();

  constructor(private readonly random: Random) {}

  step(step: Step): Step {
    if (step.do === 'at once') return { ...step, of: step.of.map((part) => this.step(part) as StackStep) };
    if (step.do === 'run' && step.split)
      return { ...step, split: { ...step.split, step: this.step(step.split.step) } };
    return 'template' in step ? { ...step, template: this.template(step.template) } : step;
  }

  anew(template: Template): Template {
    const bare = Object.entries(template).map(([id, mapping]) => {
      const { rights: _, ...asked } = mapping;
      const rest = withoutEngine(asked);
      this.known.delete(JSON.stringify(rest));
      return [id, rest] as const;
    });
    return this.template(Object.fromEntries(bare));
  }

  private template(template: Template): Template {
    return Object.fromEntries(Object.entries(template).map(([id, mapping]) => [id, this.mapping(mapping)]));
  }

  private mapping(mapping: Mapping): Mapping {
    const key = JSON.stringify(mapping);
    const given = this.known.get(key);
    if (given) return given;
    // Access policies are rights as well, and each is given once.
    const isBare = mapping.node === true || mapping.policies !== undefined || this.random.once(6);
    const made = isBare ? mapping : { ...mapping, ...this.asked() };
    this.known.set(key, made);
    return made;
  }

  private asked(): Pick<Mapping, 'rights' | 'engine'> {
    const rights = this.random.pick(RIGHTS);
    const isByPolicy = rights.every(({ name }) => !name.includes('-plus-'));
    const engine = this.random.pick(['AUTO', 'AUTO', 'AUTO', 'RBAC', 'RBAC', 'POLICY'] as const);
    return { rights, ...(engine === 'AUTO' || (engine === 'POLICY' && !isByPolicy) ? {} : { engine }) };
  }
}
