/**
 * What access entries have besides user name and groups, in every fourth sequence: policies with their scopes, tags, and
 * a tool that tags what others made. Drawn apart from all the rest, so that the other sequences are what they were before.
 */
import { type Random, seeded } from '../../random';
import { type ForeignAct, type Wish } from './model/foreign';
import { type Mapping, type PolicyWish } from './model/mapping';
import { type Template } from './model/stack-operations';
import { type Sequence, type Step } from './step';

const VIEW: PolicyWish = { policy: 'AmazonEKSViewPolicy', namespaces: [] };
const EDIT: PolicyWish = { policy: 'AmazonEKSEditPolicy', namespaces: ['n1'] };

/** Few, so that what stacks and people ask for is often equal, or the same policy in another scope. */
const POLICIES: readonly (readonly PolicyWish[])[] = [
  [],
  [VIEW],
  [{ ...VIEW, namespaces: ['n0'] }],
  [{ ...VIEW, namespaces: ['n1', 'n0'] }],
  [EDIT],
  [EDIT, VIEW],
];
const TAGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { team: 't0' },
  { team: 't1' },
  { stage: 's' },
];

export function withEntries(sequence: Sequence, seed: number): Sequence {
  if (seed % 4 !== 2) return sequence;
  // Far from the seeds of the sequences and of their runs.
  const random = seeded(seed + 2_000_000_011);
  const { start, steps } = sequence;
  const dress = new Dresser(random);
  return {
    start: { ...start, acts: start.acts.map((act) => dress.act(act)) },
    steps: steps.flatMap((step) => [dress.step(step), ...stepsAfter(random, step, dress)]),
  };
}

/** The same template with other policies and tags, or a tag of another tool. */
function stepsAfter(random: Random, step: Step, dress: Dresser): readonly Step[] {
  const principal = random.pick(['one', 'one', 'two'] as const);
  const value = random.pick(['c0', 'c0', 'c1']);
  const tags: readonly Step[] = random.once(6)
    ? [{ do: 'foreign', act: { act: 'tag', principal, value } }]
    : [];
  if (step.do !== 'deploy' || !random.once(4)) return tags;
  const { stack, template } = step;
  return [...tags, { do: 'deploy', stack, template: dress.anew(template) }];
}

class Dresser {
  /** The same mapping asks for the same each time. */
  private readonly known = new Map<Mapping, Mapping>();

  constructor(private readonly random: Random) {}

  step(step: Step): Step {
    if (step.do === 'run' && step.split)
      return { ...step, split: { ...step.split, step: this.step(step.split.step) } };
    if (step.do === 'foreign') return { ...step, act: this.act(step.act) };
    const dressed = 'course' in step && step.course?.meanwhile ? this.meanwhile(step) : step;
    return 'template' in dressed ? { ...dressed, template: this.template(dressed.template) } : dressed;
  }

  private meanwhile<T extends Extract<Step, { readonly course?: unknown }>>(step: T): T {
    const between = step.course?.meanwhile;
    if (!between) return step;
    return { ...step, course: { ...step.course, meanwhile: { ...between, act: this.act(between.act) } } };
  }

  anew(template: Template): Template {
    for (const mapping of Object.values(template)) this.known.delete(mapping);
    return this.template(template);
  }

  act(act: ForeignAct): ForeignAct {
    return act.act === 'entry' ? { ...act, wish: this.wish(act.wish) } : act;
  }

  private template(template: Template): Template {
    return Object.fromEntries(Object.entries(template).map(([id, mapping]) => [id, this.mapping(mapping)]));
  }

  private mapping(mapping: Mapping): Mapping {
    const given = this.known.get(mapping);
    if (given) return given;
    const made = mapping.node ? mapping : { ...mapping, ...this.parts(mapping.type === 'entry') };
    this.known.set(mapping, made);
    return made;
  }

  private wish(wish: Wish): Wish {
    return wish.node ? wish : { ...wish, ...this.parts(true) };
  }

  private parts(hasTags: boolean): Pick<Mapping, 'policies' | 'tags'> {
    const [policies, tags] = [this.random.pick(POLICIES), this.random.pick(TAGS)];
    return {
      ...(policies.length > 0 ? { policies } : {}),
      ...(hasTags && Object.keys(tags).length > 0 ? { tags } : {}),
    };
  }
}
