/** Stack operations that begin at the same time: their first events are served at once, and come to what a serial order does. */
import { seeded } from '../../random';
import { type Arrival, Gathering } from './model/gathering';
import { checkAnswer } from './model/answers';
import { type Meeting } from './model/meeting';
import { type Delivery, type Request, type Served } from './model/request';
import { outcomeOf, serialOutcomes, type Snapshot, snapshotOf } from './model/replica';
import { label } from './model/witness';
import { type World } from './model/world';
import { type StackStep, type Step } from './step';

/** After the pause of every operation before its first event. */
const ALL_ARE_THERE_MS = 5_000;

export async function runAtOnce(
  world: World,
  { of, order, twice }: Extract<Step, { readonly do: 'at once' }>,
  runStep: (step: Step) => Promise<void>,
): Promise<void> {
  world.commitPending();
  const gathering = new Gathering(world.time, seeded(order));
  world.gathering = gathering;
  const [together, after] = partsOf(of);
  const parts = together.map((step) => ({ stack: stackOf(step), done: runStep(step) }));
  await world.time.sleep(ALL_ARE_THERE_MS);
  world.gathering = undefined;
  const results = await serveTogether(world, gathering, twice ?? false);
  world.ledger.settleTakeovers();
  const waiting = new Set(gathering.arrivals);
  const release = async (arrival: Arrival): Promise<void> => {
    waiting.delete(arrival);
    arrival.resolve(results.get(arrival) ?? (await arrival.serve()));
  };
  for (const { stack, done } of parts) {
    for (const arrival of waiting) {
      const isMet = results.has(arrival);
      if (arrival.request.stack === stack && (isMet || !arrival.isRepeat)) await release(arrival);
    }
    if (stack !== undefined) await done;
  }
  // Repeats that met nobody come when the stacks are at rest.
  if (waiting.size > 0) for (const what of world.ledger.settle()) world.violate(what);
  for (const arrival of waiting) await release(arrival);
  await Promise.all(parts.map(({ done }) => done));
  for (const step of after) await runStep(step);
}

/** Operations of different stacks and repeats; and what cannot begin before another one of its stack is over. */
function partsOf(steps: readonly StackStep[]): readonly [readonly StackStep[], readonly StackStep[]] {
  const stacks = new Set<string>();
  const isFirst = (step: StackStep): boolean => {
    const stack = stackOf(step);
    const isKnown = stack !== undefined && stacks.has(stack);
    if (stack !== undefined) stacks.add(stack);
    return !isKnown;
  };
  const together = steps.filter(isFirst);
  return [together, steps.filter((step) => !together.includes(step))];
}

function stackOf(step: StackStep): string | undefined {
  return step.do === 'repeat' ? undefined : step.stack;
}

async function serveTogether(
  world: World,
  gathering: Gathering,
  twice: boolean,
): Promise<ReadonlyMap<Arrival, boolean>> {
  const chosen = gathering.choose(world.cluster, world.requests);
  const first = chosen.filter(({ isRepeat }) => !isRepeat).slice(0, 1);
  const served = twice && chosen.length < 3 ? [...chosen, ...first] : chosen;
  const start = snapshotOf(world, [...world.stacks.values()]);
  const before = new Map(chosen.map(({ request }) => [request, request.answers.length]));
  const deliveries: Delivery[] = [];
  const late = world.lateCommits;
  const results = await gathering.serve(served, (delivery) => deliveries.push(delivery));
  const answers = chosen.flatMap(({ request }) =>
    request.answers.slice(before.get(request)).map((answer): Served => ({ request, answer })),
  );
  const isUndisturbed = world.lateCommits === late && deliveries.every(({ fault }) => !fault);
  if (isUndisturbed) for (const what of checkCopies(world, deliveries, before)) world.violate(what);
  const isWhole =
    isUndisturbed && !deliveries.some((delivery) => hasTakenBack(delivery) || hasMissed(delivery, start));
  const outcome = isWhole && served.length > 1 ? outcomeOf(world.cluster, answers) : undefined;
  const meeting: Meeting = { start, requests: served.map(({ request }) => request), outcome };
  world.meetings.push(meeting);
  return new Map(chosen.map((arrival, at) => [arrival, results[at] ?? false]));
}

/** What the answer that counts says of an event whose copies alone it met holds when all of them have been served. */
function checkCopies(
  world: World,
  deliveries: readonly Delivery[],
  before: ReadonlyMap<Request, number>,
): readonly string[] {
  return deliveries.flatMap((delivery) => {
    const { request, rival } = delivery;
    const [answer] = request.answers;
    if (rival !== 'a copy' || before.get(request) !== 0 || answer?.Status !== 'SUCCESS') return [];
    const wrong = checkAnswer({ world, delivery: { ...delivery, rival: undefined }, answers: [answer] });
    return wrong.map((what) => `${label(request)}, of which copies were served at the same time: ${what}`);
  });
}

/** What others saw of it in between they could not see in any order. */
function hasTakenBack({ writes, request }: Delivery): boolean {
  return writes > 0 && request.answers.some(({ Status }) => Status === 'FAILED');
}

/** It looked between the delete and the create of its copy, which makes the entry again as another type (docs/law.md). */
function hasMissed({ rival, request, metNone }: Delivery, { cluster }: Snapshot): boolean {
  const wasThere = cluster.content('API', request.mapping.principal) !== undefined;
  return rival === 'a copy' && metNone === true && wasThere;
}

/** What is wrong with the meetings of the last step. */
export async function checkMeetings({ meetings }: World): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { start, requests, outcome } of meetings.splice(0)) {
    if (outcome === undefined) continue;
    const serial = new Set<string>();
    for await (const other of serialOutcomes(start, requests)) {
      serial.add(other);
      if (other === outcome) break;
    }
    if (!serial.has(outcome))
      wrong.push(
        tell(
          requests.map(({ id }) => id),
          outcome,
          [...serial],
        ),
      );
  }
  return wrong;
}

function tell(ids: readonly string[], outcome: string, serial: readonly string[]): string {
  const lines = outcome.split('\n');
  const differences = serial.map((other) => {
    const others = other.split('\n');
    const [more, less] = [
      lines.filter((line) => !others.includes(line)),
      others.filter((line) => !lines.includes(line)),
    ];
    return `not ${less.map((line) => line.trim()).join(' ')} but ${more.map((line) => line.trim()).join(' ')}`;
  });
  return `what ${ids.join(', ')} came to at the same time is what no order of them comes to: ${differences.join('; or ')}`;
}
