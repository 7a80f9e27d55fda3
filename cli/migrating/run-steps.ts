/** Carries out one step after the other, and looks at the cluster after each. What the steps are, it is told. */
import { type RunMemory, type SeenMigration } from '../../access/migration/steps/seen-migration';
import { type Action, type End, isEnd, type Step } from '../../access/migration/steps/step';
import { principalOf, tellStep } from '../../access/migration/steps/tell-step';
import { principalKeyOf } from '../../access/explain/who';
import { Problem } from '../problem';
import { type LookedAt, type MigrationEdge, type Performed } from '../reach-cluster/reach-cluster';
import { Looks } from './looks';
import { pause, pauseAfter } from './pause';
import { seenMigration, TextReader } from './seen-migration';

export interface StepsRun {
  readonly edge: MigrationEdge;
  /** Digest of the plan that is approved, whose copy of aws-auth is looked for. */
  readonly digest: string | undefined;
  /** How to run the same again. */
  readonly again: string;
  /** Pure. */
  next(seen: SeenMigration): Step;
  /** Before each step; of a wait once. */
  tell(action: Action): void;
}

/** Of changes that met another writer, or an outage, one after the other. */
const MOST_TRIES = 6;
/** Of proofs: a new access entry takes a while to reach the API servers of the cluster (GT-110). */
const MOST_PROOFS = 15;

export async function runSteps(on: StepsRun): Promise<{ readonly end: End; readonly seen: SeenMigration }> {
  const { edge, digest } = on;
  const refused = new Map<string, string>();
  let [isProved, waitedSince, waits, failures] = [false, 0, 0, 0];
  let told = '';
  const memory = (): RunMemory => ({
    isProved,
    refused,
    waitedMs: waitedSince === 0 ? 0 : Date.now() - waitedSince,
    now: Date.now(),
  });
  const say = (action: Action): void => {
    const text = tellStep(action);
    if (text !== told) on.tell(action);
    told = text;
  };
  const reader = new TextReader();
  const see = (): SeenMigration => seenMigration(looked, memory(), reader);
  const looks = new Looks(edge, digest, (what) => say({ do: 'wait', what }));
  const whole = (): Promise<LookedAt> => looks.whole();
  let looked = await whole();
  let before: string | undefined;

  for (;;) {
    let step = on.next(see());
    // Between two kinds of steps all is looked at again; before each step what it is about.
    if (!isEnd(step) && before !== undefined && kindOf(step) !== before && step.do !== 'prove') {
      looked = await whole();
      step = on.next(see());
    } else if (!isEnd(step) && step.do === 'take out') {
      looked = await edge.lookAgain(looked, principalIn(looked, step));
      step = on.next(see());
    }
    if (isEnd(step)) return { end: step, seen: see() };
    if (step.do !== 'prove') before = kindOf(step);
    say(step);
    if (step.do === 'wait' || step.do === 'bake') {
      if (waitedSince === 0) waitedSince = Date.now();
      waits += 1;
      await pause(step.do === 'bake' ? bakePause(step.until) : pauseAfter(waits));
      looked = await whole();
      continue;
    }
    if (step.do !== 'prove') [waitedSince, waits] = [0, 0];
    const outcome = await edge.perform(step);
    if (outcome.is === 'done') {
      failures = 0;
      isProved = step.do === 'prove' || (isProved && !mayLockOut(step, see()));
      if (step.do === 'change mode') looks.expect(outcome.updateId, looked);
      looked =
        step.do === 'copy' || step.do === 'change mode'
          ? await whole()
          : step.do === 'prove'
            ? looked
            : await edge.lookAgain(looked, principalIn(looked, step));
      continue;
    }
    if (outcome.is === 'refused' && step.do === 'make entry') {
      refused.set(principalKeyOf(step.entry.principalArn), outcome.why);
      continue;
    }
    failures += 1;
    if (outcome.is !== 'again' || failures >= (step.do === 'prove' ? MOST_PROOFS : MOST_TRIES))
      throw failed(step, outcome, on.again);
    await pause(pauseAfter(failures));
    if (step.do !== 'prove') looked = await whole();
  }
}

/** A timer holds no more than 24 days; and what other tools change is seen in time. */
function bakePause(until: number): number {
  return Math.min(300_000, Math.max(0, until - Date.now()));
}

function kindOf({ do: kind }: Action): string {
  return kind === 'add policies' ? 'make entry' : kind;
}

/** Whether the caller may not get in any more as before: then that is proved again. */
function mayLockOut(step: Action, { caller }: SeenMigration): boolean {
  if (step.do !== 'make entry' && step.do !== 'add policies') return true;
  return caller !== undefined && principalKeyOf(principalOf(step) ?? '') === principalKeyOf(caller);
}

/** As the access entry has it, whose ARN may have a path that aws-auth lacks. */
function principalIn({ reached }: LookedAt, step: Action): string | undefined {
  const principal = principalOf(step);
  if (principal === undefined || reached.accessEntries?.state !== 'read') return principal;
  const key = principalKeyOf(principal);
  const found = reached.accessEntries.entries.find((entry) => principalKeyOf(entry.principalArn) === key);
  return found?.principalArn ?? principal;
}

function failed(step: Action, outcome: Performed, again: string): Problem {
  const why = outcome.is === 'done' ? '' : outcome.why;
  return step.do === 'prove'
    ? new Problem(
        `You do not get into the cluster by your access entry: ${why}.`,
        `Everybody else gets in as before. Go on: ${again}; or go back: ${again} --undo`,
      )
    : new Problem(
        `Cannot ${tellStep(step)}: ${why}.`,
        `What was done before stays, and everybody gets in. Go on: ${again}`,
      );
}
