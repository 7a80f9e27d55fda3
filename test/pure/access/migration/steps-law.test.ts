/**
 * The law of a move, over generated clusters: after each of its steps, and wherever a run is stopped and another goes on,
 * everybody who is marked `same` gets in as before, nobody else loses the way in, and nobody new has one.
 */
import fc from 'fast-check';
import { explainIn } from '../../../../access/explain/explain';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { viewOf } from '../../../../access/explain/view';
import { type MigrationPlan } from '../../../../access/migration/migration-plan';
import { planOfNow } from '../../../../access/migration/steps/base';
import { hindrances } from '../../../../access/migration/steps/api-step';
import { nextStep } from '../../../../access/migration/steps/next-step';
import { type Approval } from '../../../../access/migration/steps/seen-migration';
import { type End, isEnd, type Step } from '../../../../access/migration/steps/step';
import { nextUndoStep } from '../../../../access/migration/steps/undo';
import { principalKeyOf } from '../../../../access/principal-key';
import { seenAwsAuth } from '../explain/seen';
import { callersIn, CLUSTER, outcome } from './generated-clusters';
import { ModelCluster } from './steps-model';

const NODE = 'arn:aws:iam::111122223333:role/node';

function modelOf({ mode, awsAuth, accessEntries }: SeenCluster): ModelCluster {
  const data = awsAuth?.state === 'read' ? (awsAuth.data ?? {}) : {};
  const entries = accessEntries?.state === 'read' ? accessEntries.entries : [];
  const nodeRoles = [{ arn: NODE, nodeGroup: 'general', type: 'EC2_LINUX' as const }];
  return new ModelCluster(mode === 'CONFIG_MAP' ? mode : 'API_AND_CONFIG_MAP', data, entries, nodeRoles);
}

function planOf(model: ModelCluster): MigrationPlan {
  return planOfNow(model.seen(undefined));
}

/** What may not change, from before the first step: throws where it has. `between`: who is inside of one step. */
type Guard = (model: ModelCluster, step: string, between?: string) => void;

function guardOf(model: ModelCluster): Guard {
  const callers = callersIn(model.cluster());
  const before = viewOf(model.cluster());
  const then = new Map(callers.map((caller) => [caller, explainIn(before, caller)]));
  // IAM has one user of a name: in another letter case or with another path it is nobody.
  const known = new Set(callers.filter((caller) => then.get(caller)?.verdict !== 'NO').map(principalKeyOf));
  const same = new Set(
    planOf(model).rows.flatMap(({ verdict, principal }) =>
      verdict === 'same' ? [principal.trim().toLowerCase()] : [],
    ),
  );
  // EKS's own entry of the node group replaces what aws-auth gives its role, whatever that is.
  const byEks = principalKeyOf(NODE);
  return (now, step, between) => {
    const after = viewOf(now.cluster());
    for (const [caller, was] of then) {
      const key = principalKeyOf(caller);
      if (key === between || (key === byEks && !same.has(byEks))) continue;
      const is = explainIn(after, caller);
      const told = { step, caller, verdict: is.verdict };
      if (was.verdict === 'YES') expect(told).toEqual({ step, caller, verdict: 'YES' });
      if (was.verdict === 'YES' && same.has(caller.toLowerCase()))
        expect({ ...told, as: outcome(is) }).toEqual({ ...told, as: outcome(was) });
      if (!known.has(key)) expect(told).toEqual({ step, caller, verdict: 'NO' });
    }
  };
}

type Crash = 'no' | 'after' | 'inside';
type Ended = End & { readonly steps: number };

function runTo(model: ModelCluster, next: () => Step, guard: Guard, crashes: () => Crash): Ended {
  for (let steps = 0; steps < 100; steps += 1) {
    const step = next();
    if (isEnd(step)) return { ...step, steps };
    const crash = crashes();
    const entry = crash === 'inside' && step.do === 'make entry' ? step.entry : undefined;
    model.apply(step, entry !== undefined);
    guard(model, step.do, entry && principalKeyOf(entry.principalArn));
    if (crash !== 'no') model.crash();
  }
  throw new Error('no end');
}

const CRASHES = fc.infiniteStream(fc.constantFrom<Crash>('no', 'no', 'after', 'inside'));

function moved(
  cluster: SeenCluster,
  crashes: () => Crash,
): { model: ModelCluster; end: Ended; digest: string } {
  const model = modelOf(cluster);
  const guard = guardOf(model);
  const { digest } = planOf(model);
  const end = runTo(model, () => nextStep(model.seen(digest), approval(digest)), guard, crashes);
  return { model, end, digest };
}

function approval(plan: string | undefined, api?: string): Approval {
  return { plan, api, bakeMs: 0, patienceMs: 0, wants: {} };
}

test('to the end and into mode API where nothing is against it', () => {
  const ends: Record<string, number> = { done: 0, stop: 0, 'go-ahead': 0 };
  let steps = 0;
  fc.assert(
    fc.property(CLUSTER, CRASHES, (cluster, stream) => {
      const crashes = (): Crash => stream.next().value as Crash;
      const first = modelOf(cluster);
      const { model, end } = moved(cluster, crashes);
      ends[end.do] = (ends[end.do] ?? 0) + 1;
      steps += end.steps;
      if (end.do === 'stop') {
        // Before anything was changed, or because of what EKS made for the node group.
        if (end.steps > 0) expect(end.why).toMatch(/^The plan of prod is /);
        return;
      }
      expect(end.do).toBe('done');
      // However often a run was stopped.
      expect(moved(cluster, () => 'no').model.data).toEqual(model.data);
      const isHindered = hindrances(model.seen(undefined)).length > 0;
      const digest = planOf(model).digest;
      const guard = guardOf(model);
      const api = runTo(
        model,
        () => nextStep(model.seen(undefined), approval(undefined, digest)),
        guard,
        crashes,
      );
      expect([api.do, model.mode === 'API']).toEqual([
        isHindered || api.do === 'stop' ? 'stop' : 'done',
        api.do === 'done',
      ]);
      if (isHindered) expect(api).toMatchObject({ do: 'stop', steps: 0 });
      if (api.do === 'done') guardOf(first)(model, 'mode API');
    }),
    { numRuns: 25 },
  );
  // Not a law over nobody.
  expect(ends['done']).toBeGreaterThan(4);
  expect(steps).toBeGreaterThan(40);
});

/** Every other step is cut off: a run that always is never gets in. */
function inTurn(): () => Crash {
  let count = 0;
  return () => ((count += 1) % 2 === 0 ? 'inside' : 'no');
}

test('a cluster where nothing is against it comes into mode API', () => {
  const mapRoles = `- rolearn: arn:aws:iam::111122223333:role/dev
  username: dev
  groups: [system:masters, a]
`;
  const { model, end } = moved({ awsAuth: seenAwsAuth({ mapRoles }), mode: 'CONFIG_MAP' }, inTurn());
  expect(end.do === 'done' && end.apiDigest).toBe(planOf(model).digest);
  const guard = guardOf(model);
  const api = approval(undefined, planOf(model).digest);
  expect(runTo(model, () => nextStep(model.seen(undefined), api), guard, inTurn()).do).toBe('done');
  expect(model.mode).toBe('API');
});

test('and back again, from after any step, byte for byte', () => {
  let isBack = 0;
  fc.assert(
    fc.property(CLUSTER, CRASHES, fc.nat({ max: 12 }), (cluster, stream, most) => {
      const crashes = (): Crash => stream.next().value as Crash;
      const model = modelOf(cluster);
      const guard = guardOf(model);
      const { digest } = planOf(model);
      const [data, entries] = [model.data, [...model.entries]];
      let left = most;
      runTo(
        model,
        () => {
          left -= 1;
          return left < 0
            ? { do: 'stop', why: '', left: [] }
            : nextStep(model.seen(digest), approval(digest));
        },
        guard,
        crashes,
      );
      const end = runTo(model, () => nextUndoStep(model.seen(digest), digest), guard, crashes);
      if (end.do === 'stop') return expect(end.why).toMatch(/^Nothing in prod is of a run/);
      expect(end.do).toBe('done');
      expect(model.data).toEqual(data);
      const tagged = model.entries.filter(({ tags = {} }) => Object.keys(tags).length > 0);
      expect(tagged).toEqual([]);
      for (const entry of entries) expect(model.entries).toContainEqual(entry);
      if (left < 0) isBack += 1;
    }),
    { numRuns: 25 },
  );
  expect(isBack).toBeGreaterThan(4);
});
