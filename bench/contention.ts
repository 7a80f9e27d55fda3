/**
 * N writers at once on one ConfigMap, 20 ms away: isolated containers of the bundle that share nothing, warm, all
 * events fired in one instant. Every answer, every entry and every foreign byte is looked at afterwards.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readSection } from '../access/aws-auth/reading/login';
import { type LocalCluster } from '../local/aws/control-plane';
import { loadContainers, warmContainers } from './containers';
import { median, type Sample } from './rounds';
import { foreign, openStage, roleArn, type Stage, type StageOptions } from './stage';
import { measureFloor, type Floor } from './optimistic-floor';

export const ROUND_TRIP_MS = 20;
/** Events that every container has had before it is measured. */
const WARM_UPS = 3;

export interface ContentionRound {
  readonly writers: number;
  /** Milliseconds from the first event to the last answer. */
  readonly wall: number;
  /** Processor seconds of functions and servers together. */
  readonly cpu: number;
  /** PUTs of each writer. */
  readonly attempts: readonly number[];
  /** What went wrong; empty when all succeeded, nothing was lost and no foreign byte changed. */
  readonly faults: readonly string[];
}

export interface ContentionRow {
  readonly writers: number;
  readonly wall: number;
  readonly cpu: number;
  readonly meanAttempts: number;
  readonly maxAttempts: number;
  readonly faults: readonly string[];
}

export interface ContentionOptions extends StageOptions {
  /** How often each number of writers is tried, by number. */
  readonly plan: readonly Sample[];
}

export async function measureContention({
  plan,
  ...stageOptions
}: ContentionOptions): Promise<{ readonly floor: Floor; readonly rows: readonly ContentionRow[] }> {
  const most = Math.max(...plan.map(({ size }) => size));
  const stage = await openStage({ ...stageOptions, concurrency: most });
  try {
    const idle = await stage.cluster('warm');
    await loadContainers(stage, idle, most);
    for (let time = 0; time < WARM_UPS; time += 1) await warmContainers(stage, idle, most);
    const floors = [await floorOf(stage, 'floor-before')];
    const rounds: ContentionRound[] = [];
    for (const { size, round } of plan) rounds.push(await contend(stage, size, `${size}-${round}`));
    floors.push(await floorOf(stage, 'floor-after'));
    const sizes = [...new Set(plan.map(({ size }) => size))].sort((a, b) => a - b);
    return {
      floor: {
        readModifyWrite: median(floors.map(({ readModifyWrite }) => readModifyWrite)),
        commit: median(floors.map(({ commit }) => commit)),
      },
      rows: sizes.map((writers) => rowOf(rounds.filter((round) => round.writers === writers))),
    };
  } finally {
    await stage.stop();
  }
}

function rowOf(rounds: readonly ContentionRound[]): ContentionRow {
  const [first] = rounds;
  const attempts = rounds.flatMap((round) => round.attempts);
  return {
    writers: first?.writers ?? 0,
    wall: median(rounds.map(({ wall }) => wall)),
    cpu: median(rounds.map(({ cpu }) => cpu)),
    meanAttempts: attempts.reduce((sum, tries) => sum + tries, 0) / attempts.length,
    maxAttempts: Math.max(...attempts),
    faults: rounds.flatMap(({ faults }) => faults),
  };
}

async function floorOf(stage: Stage, name: string): Promise<Floor> {
  const cluster = await stage.cluster(name);
  delay(cluster);
  const floor = await measureFloor(stage, cluster);
  stage.aws.controlPlane.removeCluster(name);
  return floor;
}

async function contend(stage: Stage, writers: number, name: string): Promise<ContentionRound> {
  const cluster = await stage.cluster(name);
  await warmContainers(stage, cluster, writers);
  const warmRequests = cluster.kubernetes.requests.length;
  delay(cluster);
  const names = Array.from({ length: writers }, (_, index) => `writer-${name}-${index}`);
  const events = names.map((roleName) => stage.event({ type: 'Create', cluster: name, roleName }));
  const answersBefore = stage.aws.answerBucket.accepted.length;
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const results = await Promise.all(
    events.map((event) => stage.aws.lambda.invoke(stage.serviceToken, event)),
  );
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);

  const answers = stage.aws.answerBucket.accepted.slice(answersBefore);
  const succeeded = answers.filter(({ document }) => (document as { Status?: string }).Status === 'SUCCESS');
  const tries = attemptsOf(cluster, warmRequests);
  const faults = [
    ...results.flatMap((result) => (result.status === 'error' ? [result.error.errorMessage] : [])),
    ...(succeeded.length === writers ? [] : [`${succeeded.length} of ${writers} answered SUCCESS`]),
    ...lossesIn(cluster, names),
  ];
  stage.aws.controlPlane.removeCluster(name);
  return {
    writers,
    wall,
    cpu: (user + system) / 1e6,
    attempts: names.map((roleName) => tries.get(roleArn(roleName)) ?? 0),
    faults: faults.map((fault) => `N=${writers}: ${fault}`),
  };
}

/**
 * The way there takes the whole round trip and the way back nothing: to optimistic writers that is the same as half
 * each way, because what counts is the time from a read to the commit after it.
 */
function delay(cluster: LocalCluster): void {
  cluster.kubernetes.injectFault({
    match: () => true,
    times: Infinity,
    before: () => pause(ROUND_TRIP_MS),
  });
}

/** PUTs by principal: each writer's own entry is the last of the text that it sends. */
function attemptsOf({ kubernetes }: LocalCluster, from: number): ReadonlyMap<string, number> {
  const tries = new Map<string, number>();
  for (const { method, body } of kubernetes.requests.slice(from)) {
    if (method !== 'PUT') continue;
    const { data } = JSON.parse(body.toString('utf8')) as { readonly data: Readonly<Record<string, string>> };
    const arn = readSection('mapRoles', data['mapRoles']).entries.at(-1);
    const key = arn && 'arn' in arn ? arn.arn : '';
    tries.set(key, (tries.get(key) ?? 0) + 1);
  }
  return tries;
}

function lossesIn(cluster: LocalCluster, names: readonly string[]): string[] {
  const data = cluster.configMap()?.data ?? {};
  const { entries, dropped } = readSection('mapRoles', data['mapRoles']);
  const arns = new Map<string, number>();
  for (const entry of entries) if ('arn' in entry) arns.set(entry.arn, (arns.get(entry.arn) ?? 0) + 1);
  const wrong = names.filter((name) => arns.get(roleArn(name)) !== 1);
  const expected = names.length + 2;
  return [
    ...(wrong.length > 0 ? [`${wrong.length} entries lost or doubled`] : []),
    ...(entries.length === expected && dropped.length === 0
      ? []
      : [`${entries.length} entries instead of ${expected}`]),
    ...(data['mapRoles']?.startsWith(foreign.mapRoles) && data['mapUsers'] === foreign.mapUsers
      ? []
      : ['foreign bytes changed']),
  ];
}
