/**
 * The loop over aws-auth: read → plan → write with the version that was read, again after a conflict (GT-52). Bounded
 * by the deadline and never by a count; declares the store that it needs.
 */
import { ProviderError } from '../errors';
import { fullJitter, hasCode, type Deadline } from '../retry';
import { NoRights, Throttled } from '../cluster/kubernetes-refusal';
import { planPut, planRemove, type Plan } from './plan';
import { type PutOutcome, type RemoveOutcome } from '../back-end';
import { type AwsAuth, type PutIntent, type RemoveIntent } from './intent';
import { type ConfigMap, type ConfigMapStore } from './port';
import { SectionReader } from './reading/section-reader';

/** How long a denied call is tried again while rights may still be spreading (CR-30), at most. */
const PROPAGATION_MS = 20_000;

export async function putIdentityMapping(
  store: ConfigMapStore,
  intent: PutIntent,
  deadline: Deadline,
): Promise<PutOutcome> {
  const plan = await settle(store, (current, reader) => planPut(current, intent, reader), deadline, true);
  const mapping = plan.after ?? intent.mapping;
  return {
    changed: plan.write !== undefined,
    adopted: plan.adopted,
    userName: mapping.section === 'mapAccounts' ? '' : mapping.username,
    groups: mapping.section === 'mapAccounts' ? [] : mapping.groups,
    accessEntryArn: '',
    before: plan.before,
    after: mapping,
    undo: async () => {
      await settle(store, (current, reader) => planRemove(current, intent, reader), deadline, false);
    },
  };
}

export async function removeIdentityMapping(
  store: ConfigMapStore,
  intent: RemoveIntent,
  deadline: Deadline,
): Promise<RemoveOutcome> {
  const plan = await settle(store, (current, reader) => planRemove(current, intent, reader), deadline, false);
  const { removed, note, warning, before } = plan;
  return { removed, ...(note ? { note } : {}), ...(warning ? { warning } : {}), before };
}

async function settle(
  store: ConfigMapStore,
  planFor: (current: AwsAuth, reader: SectionReader) => Plan,
  deadline: Deadline,
  mayBeSpreading: boolean,
): Promise<Plan> {
  const patience = deadline.now() + Math.min(PROPAGATION_MS, deadline.remainingMs() / 3);
  const conflicts: number[] = [];
  const reader = new SectionReader();
  for (let failures = 1; ; failures += 1) {
    const started = deadline.now();
    try {
      deadline.signal.throwIfAborted();
      const current = await store.read();
      const plan = planFor(current ?? { data: {}, annotations: {} }, reader);
      if (!plan.write) return plan;
      if (current) return await apply(store, current, plan, deadline);
      // Planned again on what is there once it has been made, which may be somebody else's.
      const made = await store.make();
      return await apply(store, made, planFor(made, reader), deadline);
    } catch (error) {
      if (hasCode(error, 'ResourceConflict')) conflicts.push((deadline.now() - started) / 2);
      const pause = pauseAfter(error, { failures, conflicts, deadline });
      const spreading = mayBeSpreading && error instanceof NoRights && deadline.now() < patience;
      const wait =
        pause ?? (spreading ? fullJitter(failures, 500, 2_000, () => deadline.random()) : undefined);
      if (wait === undefined || wait >= deadline.remainingMs()) throw error;
      await deadline.pause(wait);
    }
  }
}

async function apply(
  store: ConfigMapStore,
  { object }: ConfigMap,
  plan: Plan,
  deadline: Deadline,
): Promise<Plan> {
  if (!plan.write) return plan;
  const { data, annotations } = plan.write;
  // The last look before a write: nothing is written once the answer may be on its way (CR-29).
  deadline.signal.throwIfAborted();
  await store.replace({
    data,
    annotations,
    object: { ...object, data, metadata: { ...object.metadata, annotations } },
  });
  return plan;
}

interface Failure {
  readonly failures: number;
  /** Milliseconds of one request, measured on each try that met a conflict. */
  readonly conflicts: readonly number[];
  readonly deadline: Deadline;
}

/** Milliseconds before the next try; undefined when trying again cannot help (GT-62). */
function pauseAfter(error: unknown, { failures, conflicts, deadline }: Failure): number | undefined {
  if (!(error instanceof ProviderError)) return undefined;
  const random = (): number => deadline.random();
  switch (error.code) {
    case 'ResourceConflict':
      // Linear and scaled by the measured round trip: the right window grows with the writers left
      // (docs/decisions/0004).
      return random() * (4 * conflicts.length - 2) * Math.max(1, typical(conflicts));
    case 'NotFound':
      // Deleted between GET and PUT: read again, then create.
      return fullJitter(failures, 50, 1_000, random);
    case 'Throttling': {
      const asked = error instanceof Throttled ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
      return asked + fullJitter(failures, 200, 5_000, random);
    }
    case 'NotStabilized':
    case 'ServiceUnavailable':
      // Also a lost answer, after which the write may have happened: the next read shows it, and the plan is empty.
      return fullJitter(failures, 100, 3_000, random);
    default:
      return undefined;
  }
}

/** The middle one, the smaller of two: one answer that was late says nothing of the next one. */
function typical(roundTrips: readonly number[]): number {
  const sorted = [...roundTrips].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
