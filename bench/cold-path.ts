/**
 * Load, first event and warm events of a function process, the product against variant A, in turns. Real TLS to the
 * Kubernetes API, real HTTP to EKS, CloudFormation and the answer bucket; no latency. The requests are counted.
 */
import { type Bundles } from './bundles';
import { atMost, unit, type Report } from './figure';
import { type FunctionRun, runFunction } from './function-process';
import { interleaved, median } from './rounds';
import { foreign, openStage, type Stage } from './stage';
import { countWarmRequests, CREATE_FLOOR, FLOOR, processOf } from './warm-requests';

/** Warm events of a process. */
const WARM = 20;

interface ColdRun extends FunctionRun {
  readonly handshakes: number;
}

const VARIANTS = ['variantA', 'product'] as const;
type Variant = (typeof VARIANTS)[number];

export async function measureColdPath(bundles: Bundles, nodePath: string, rounds: number): Promise<Report> {
  const stage = await openStage();
  try {
    const cluster = await stage.cluster('cold');
    const run = async (variant: Variant): Promise<ColdRun> => {
      cluster.writeConfigMap({ data: foreign });
      const before = cluster.kubernetes.connections();
      const events = eventsOf(stage, cluster.name);
      const result = await runFunction({ ...processOf(stage, bundles[variant].file, nodePath), events });
      return { ...result, handshakes: cluster.kubernetes.connections() - before };
    };
    const results = await interleaved(VARIANTS, rounds, run);
    const of = (variant: Variant): readonly ColdRun[] => results.get(variant) ?? [];
    const ratio = (measure: (run: ColdRun) => number): number =>
      median(of('product').map((ours, round) => measure(ours) / measure(of('variantA')[round] ?? ours)));
    const warmRequests = await countWarmRequests(stage, bundles.product.file, nodePath);
    const handshakes = Math.max(...of('product').map((ours) => ours.handshakes));
    return {
      title: 'Cold and warm path',
      note: `events that map a role in aws-auth; ms, medians of ${rounds} rounds in turns, one Create and then Updates`,
      head: [
        '',
        'load',
        'first event',
        'load + first',
        'warm, mean',
        'warm, median',
        `TLS in ${EVENTS} events`,
      ],
      rows: [
        ...VARIANTS.flatMap((variant) =>
          KINDS.map((kind) => [
            `${variant === 'product' ? 'dist/lambda/index.js' : 'variant A'}, ${kind}`,
            ...MEASURES.map((measure) => median(of(variant).map((run) => measure(run, kind))).toFixed(1)),
            String(median(of(variant).map((run) => run.handshakes))),
          ]),
        ),
        ...KINDS.map((kind) => [
          `ratio, ${kind}`,
          ...MEASURES.map((measure) => ratio((run) => measure(run, kind)).toFixed(2)),
          '',
        ]),
      ],
      figures: [
        atMost(
          'load + first event, of variant A',
          ratio((run) => cold(run, 'wall')),
          0.6,
          unit.ratio,
        ),
        atMost(
          'warm event, of variant A',
          ratio((run) => warm(run, 'wall')),
          0.5,
          unit.ratio,
        ),
        atMost('TLS handshakes of one container', handshakes, 1, unit.count),
        {
          what: 'requests of a warm Update',
          reach: FLOOR,
          got: warmRequests.update,
          met: warmRequests.update === FLOOR,
        },
        {
          // A Create asks once more, after its write, whether CloudFormation still wants it (CR-28).
          what: 'requests of a warm Create (CR-28: one more)',
          reach: CREATE_FLOOR,
          got: warmRequests.create,
          met: warmRequests.create === CREATE_FLOOR,
        },
      ],
    };
  } finally {
    await stage.stop();
  }
}

const KINDS = ['wall', 'cpu'] as const;
type Measure = (run: FunctionRun, kind: (typeof KINDS)[number]) => number;

const load: Measure = (run, kind) => run.load[kind];
const first: Measure = (run, kind) => run.events[0]?.[kind] ?? NaN;
const cold: Measure = (run, kind) => load(run, kind) + first(run, kind);
/** The mean, as in the figures that this one is held against (docs/decisions/0007). */
const warm: Measure = ({ events }, kind) =>
  events.slice(1).reduce((sum, span) => sum + span[kind], 0) / (events.length - 1);
const warmMiddle: Measure = ({ events }, kind) => median(events.slice(1).map((span) => span[kind]));
const MEASURES = [load, first, cold, warm, warmMiddle];

const EVENTS = 1 + WARM;

/** A Create, and Updates of what it made. Variant A takes any event for an entry to append. */
function eventsOf(stage: Stage, cluster: string): readonly unknown[] {
  const asked = { cluster, roleName: 'one' };
  const groups = (index: number): readonly string[] => [index % 2 === 0 ? 'team-a' : 'team-b'];
  return [
    stage.event({ type: 'Create', ...asked }),
    ...Array.from({ length: WARM }, (_, index) =>
      stage.event({ type: 'Update', ...asked, groups: groups(index + 1), oldGroups: groups(index) }),
    ),
  ];
}
