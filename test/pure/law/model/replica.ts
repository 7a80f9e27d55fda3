/** What the same events come to one after the other: the cluster and CloudFormation as they were, on a time of their own. */
import { seeded } from '../../../random';
import { present, VirtualTime } from '../engine/time';
import { runFunction } from '../wiring/event';
import { type LiveResource } from './cell';
import { type Stack } from './cloudformation';
import { type Cluster, type Entry } from './cluster';
import { copyOf, liveResource, stackStatus } from './live';
import { type OwnerKey } from './names';
import { type Answer, type Delivery, newDelivery, type Request, type Served } from './request';
import { type RbacWitness } from './rbac-store';
import { type SeenWorld, type ServingWorld } from './seen-world';
import { type Witness } from './stores';
import { tagsSaid } from './tags-said';
import { listener } from './telling';

export interface Snapshot {
  readonly at: number;
  readonly cluster: Cluster;
  readonly stacks: readonly Stack[];
  readonly takeover: SeenWorld['takeover'];
  readonly isDenied: boolean;
  readonly setsUpRights: boolean;
  /** Events that CloudFormation waits for. */
  readonly awaited: ReadonlySet<Request>;
}

export function snapshotOf(
  { time, cluster, takeover, isDenied, setsUpRights, requests }: SeenWorld,
  stacks: readonly Stack[],
): Snapshot {
  const awaited = new Set(requests.filter(({ isSettled }) => !isSettled));
  const state = { cluster: cluster.copy(), stacks: stacks.map(copyOf), awaited };
  return { at: time.now(), ...state, takeover, isDenied, setsUpRights };
}

class Replica implements ServingWorld {
  readonly time: VirtualTime;
  readonly cluster: Cluster;
  readonly takeover: SeenWorld['takeover'];
  readonly random = seeded(1);
  readonly setsUpRights: boolean;

  /** By owner: the event that was served, and its first answer. */
  private readonly answered = new Map<OwnerKey, Served>();

  constructor(private readonly start: Snapshot) {
    this.time = new VirtualTime(start.at);
    this.cluster = start.cluster.copy();
    this.takeover = start.takeover;
    this.setsUpRights = start.setsUpRights;
  }

  async serve(request: Request): Promise<Served> {
    let answer: Answer | undefined;
    const { time, start } = this;
    const delivery = newDelivery(request, time.now(), start.isDenied ? 'CONFIG_MAP' : undefined);
    await runFunction(this, delivery, (given) => {
      answer = given;
      const isFirst = this.start.awaited.has(request) && !this.answered.has(request.owner);
      if (isFirst) this.answered.set(request.owner, { request, answer });
    });
    return { request, answer };
  }

  resource(owner: OwnerKey): LiveResource | undefined {
    return liveResource(this.start.stacks, owner, this.answered.get(owner));
  }

  describeStack(stackId: string): string | undefined {
    return stackStatus(this.start.stacks, stackId);
  }

  witnessOf(_delivery: Delivery): Witness & RbacWitness {
    return { awsAuthWritten: () => undefined, entryWritten: () => undefined, applying: () => undefined };
  }

  violate(what: string): void {
    throw new Error(what);
  }

  editMeanwhile(): void {
    throw new Error('nothing goes wrong in a serial order');
  }

  later(): void {
    throw new Error('nothing goes wrong in a serial order');
  }
}

/** The state and the answers that each of the serial orders of the events comes to. */
export async function* serialOutcomes(start: Snapshot, requests: readonly Request[]): AsyncGenerator<string> {
  for (const order of ordersOf(requests)) {
    const replica = new Replica(start);
    const [outer, hears] = [present.time, listener.hears];
    present.time = replica.time;
    listener.hears = undefined;
    const served: Served[] = [];
    const all = async (): Promise<void> => {
      for (const request of order) served.push(await replica.serve(request));
    };
    await replica.time.run(all());
    present.time = outer;
    listener.hears = hears;
    yield outcomeOf(replica.cluster, served);
  }
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((first, at) =>
    ordersOf(items.filter((_, other) => other !== at)).map((rest) => [first, ...rest]),
  );
}

/** Both places and the answers, without what the order of new entries decides. */
export function outcomeOf({ configMap, entries }: Cluster, served: readonly Served[]): string {
  const { data = {}, annotations = {} } = configMap ?? {};
  const sections = Object.entries(data).map(([key, text]) => [key, text.split(/^(?=[-#])/m).sort()] as const);
  const { 'cfn-eks-access/last-delete': _, ...records } = annotations;
  return JSON.stringify(
    sorted({
      configMap: configMap !== undefined,
      sections: Object.fromEntries(sections),
      records: Object.entries(records).map(([key, value]) => [key, parsed(value)]),
      entries: Object.fromEntries([...entries].map(([arn, entry]) => [arn, said(entry)])),
      answers: counting(served)
        .map(({ request, answer }) => `${request.id} ${JSON.stringify(told(answer))}`)
        .sort(),
    }),
    undefined,
    1,
  );
}

/** Of copies the first answer counts. */
function counting(served: readonly Served[]): readonly Served[] {
  return served.filter(({ request }, at) => served.findIndex((other) => other.request === request) === at);
}

function said({ createdAt: _at, accessEntryArn: _arn, ...entry }: Entry): unknown {
  return {
    ...entry,
    ...tagsSaid(entry.tags),
    policies: entry.policies.map((policy) => JSON.stringify(policy)).sort(),
  };
}

function told(answer: Answer | undefined): unknown {
  const { AccessEntryArn: arn = '', ...data } = answer?.Data ?? {};
  // Whether it comes late depends on what was served before it.
  const id = answer?.PhysicalResourceId.replace('create-unknown|', 'create-failed|');
  return sorted({
    ...answer,
    PhysicalResourceId: id,
    Reason: undefined,
    Data: { ...data, isEntry: arn !== '' },
  });
}

function parsed(text: string): unknown {
  return text.startsWith('{') ? (JSON.parse(text) as unknown) : text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
