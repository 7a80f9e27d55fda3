/** Runs a sequence through the real event handler and looks at everything after each step. */
import { checkWholeText } from './model/foreign-text';
import { type Resource, type Stack } from './model/cloudformation';
import { createStack, deleteStack, rollBack, updateStack } from './model/stack-operations';
import { runSchedule } from './model/run-schedule';
import { meanwhile } from './model/scheduled-run';
import { contentsOf, tell as hear } from './model/telling';
import { World } from './model/world';
import { type LogicalId } from './model/names';
import { type Mapping } from './model/mapping';
import { type Sequence, type Step } from './step';
import { checkMeetings, runAtOnce } from './at-once';
import { checkEnd, checkLogins, checkRights } from './invariants';

/** What a sequence came to: the first violations, and after which step; undefined: the law held. */
export interface Failure {
  /** Number of the step; one past the last for what was found at the end. */
  readonly step: number;
  readonly violations: readonly string[];
}

const MODE_CHANGE_MS = 180_000;

/** `tell`: hears after each step all that there is, for those who compare two runs. */
export async function runSequence(
  { start, steps }: Sequence,
  tell?: (line: string) => void,
): Promise<Failure | undefined> {
  const world = new World(start);
  for (const [number, step] of steps.entries()) {
    hear('people and stacks', () => `step ${number}: ${JSON.stringify(step)}`);
    await world.time.run(runStep(world, step));
    hear('the cluster', () => contentsOf(world.cluster));
    tell?.(allOf(world));
    const violations = [...look(world), ...(await checkMeetings(world))];
    if (violations.length > 0) return { step: number, violations };
  }
  hear('people and stacks', () => 'all is deleted');
  await world.time.run(finish(world));
  hear('the cluster', () => contentsOf(world.cluster));
  tell?.(allOf(world));
  const violations = [...look(world), ...checkEnd(world)];
  return violations.length > 0 ? { step: steps.length, violations } : undefined;
}

/** The time, both places and every answer so far, to the byte. */
function allOf({ time, cluster, requests }: World): string {
  const answers = requests.map(({ id, answers: given }) => [id, given]);
  return JSON.stringify([time.now(), cluster.configMap, [...cluster.entries], answers]);
}

/** Everything that the law says after a step. */
export function look(world: World): readonly string[] {
  return [
    ...world.violations.splice(0),
    ...world.ledger.settle(),
    ...checkWholeText(world),
    ...checkLogins(world),
    ...checkRights(world),
  ];
}

export async function runStep(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'deploy':
      return deploy(world, step);
    case 'delete': {
      const stack = world.stacks.get(step.stack);
      if (!stack || stack.status === 'DELETE_COMPLETE') return;
      const operation = world.operation(stack, step.course ?? {});
      await deleteStack(operation);
      return operation.sender.deliverDelayed();
    }
    case 'continue': {
      const stack = world.stacks.get(step.stack);
      if (stack?.status !== 'UPDATE_ROLLBACK_FAILED') return;
      return rollBack(world.operation(stack, step.course ?? {}));
    }
    case 'inherit':
      return inherit(world, step);
    case 'refactor':
      return refactor(world, step);
    case 'run':
      return run(world, step);
    case 'repeat':
      return world.repeat(step.back);
    case 'at once':
      return runAtOnce(world, step, (part) => runStep(world, part));
    case 'foreign':
      // EKS takes minutes to change the mode.
      if (step.act.act === 'mode') await world.time.sleep(MODE_CHANGE_MS);
      return world.foreign.act(step.act);
    case 'wait':
      return world.time.sleep(step.seconds * 1000);
  }
}

async function run(
  world: World,
  { report, fault, split }: Extract<Step, { readonly do: 'run' }>,
): Promise<void> {
  const between = split && meanwhile(split.at, () => runStep(world, split.step));
  return runSchedule(world, {
    ...(report ? { report } : {}),
    ...(fault ? { fault } : {}),
    ...(between ? { meanwhile: between } : {}),
  });
}

async function deploy(world: World, step: Extract<Step, { readonly do: 'deploy' }>): Promise<void> {
  const course = step.course ?? {};
  const known = world.stacks.get(step.stack);
  const exists = known !== undefined && known.status !== 'DELETE_COMPLETE';
  if (exists && !isUpdatable(known)) return deleteStack(world.operation(known, course));
  const operation = world.operation(exists ? known : world.newStack(step.stack), course);
  await (exists ? updateStack(operation, step.template, step.retain) : createStack(operation, step.template));
  await operation.sender.deliverDelayed();
}

function isUpdatable({ status }: Stack): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(status);
}

function inherit(world: World, { stack: name, template }: Extract<Step, { readonly do: 'inherit' }>): void {
  const known = world.stacks.get(name);
  if (known && known.status !== 'DELETE_COMPLETE') return;
  const stack = world.newStack(name);
  stack.status = 'CREATE_COMPLETE';
  for (const [logicalId, mapping] of Object.entries(template) as [LogicalId, Mapping][]) {
    const resource: Resource = {
      logicalId,
      mapping,
      status: 'CREATE_COMPLETE',
      attempted: undefined,
      physicalId: `2024/01/01/[$LATEST]${logicalId}`,
    };
    stack.resources.set(logicalId, resource);
  }
}

function refactor(world: World, { from, to }: Extract<Step, { readonly do: 'refactor' }>): void {
  const [source, target] = [world.stacks.get(from[0]), world.stacks.get(to[0]) ?? world.newStack(to[0])];
  const resource = source?.resources.get(from[1]);
  if (!source || !resource) return;
  if (target.status === 'NEW') target.status = 'CREATE_COMPLETE';
  source.resources.delete(from[1]);
  target.resources.set(to[1], { ...resource, logicalId: to[1] });
  world.ledger.move(`${source.id}#${from[1]}`, `${target.id}#${to[1]}`);
}

/** Every late thing has happened, then every stack is deleted without trouble. */
export async function finish(world: World): Promise<void> {
  await world.time.sleep(3_600_000);
  world.commitPending();
  for (const stack of [...world.stacks.values()]) {
    if (stack.status === 'UPDATE_ROLLBACK_FAILED') await rollBack(world.operation(stack, {}));
    if (stack.status === 'DELETE_COMPLETE') continue;
    await deleteStack(world.operation(stack, {}));
    // Of a cluster that nobody may look at it is not known what is there.
    const isHonest = [...stack.resources.values()].every(({ mapping }) => mapping.cluster === 'denied');
    if (stack.status !== 'DELETE_COMPLETE' && !isHonest)
      world.violate(`stack ${stack.name} cannot be deleted: ${stack.status}`);
  }
}
