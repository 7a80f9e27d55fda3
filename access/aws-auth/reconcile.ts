/**
 * The loop over aws-auth: read → plan → write with the version that was read, again after a conflict (GT-52). Bounded
 * by the deadline and never by a count.
 */
import { hasCode, mayHaveActed, ProviderError, withActed } from '../errors';
import { fullJitter, retry, writing, type Deadline } from '../retry';
import { pauseAfter } from './pause-after';
import { LateEvent } from '../late-event';
import { NoRights } from '../cluster/kubernetes-refusal';
import { planPut, planRemove, type Plan } from './plan';
import { type PutOutcome, type RemoveOutcome, type RemoveRequest as BackEndRemoveRequest } from '../back-end';
import { type LoginIdentity } from '../login-identity';
import { isSameOwner } from '../owner';
import { goneAmong } from '../standing';
import { type OwnershipQuestions, planInSurroundings } from '../surroundings';
import { type AwsAuth, type DeleteMark, type PutIntent, type RemoveIntent } from './intent';
import { markingOnce } from './last-delete';
import { readOwnership } from './owners-annotation';
import { type ConfigMap, type ConfigMapStore } from './port';
import { SectionReader } from './reading/section-reader';

/** How long a denied call is tried again while rights may still be spreading (CR-30), at most. */
const PROPAGATION_MS = 20_000;

/** A put with what it needs to know around the place. */
export interface PutRequest {
  readonly intent: Omit<PutIntent, 'surroundings'>;
  /** What `intent.mapping` gives. */
  readonly desired: LoginIdentity;
  readonly ownership: OwnershipQuestions;
  /** As of a back end's `PutRequest`. */
  readonly leavesMark?: DeleteMark | undefined;
}

/** `reader`: the one of this invocation, so that a try after a conflict reads only what is new. */
export async function putIdentityMapping(
  store: ConfigMapStore,
  request: PutRequest,
  deadline: Deadline,
  reader = new SectionReader(),
): Promise<PutOutcome> {
  const { intent } = request;
  let first: Pick<PutOutcome, 'isMade' | 'wasOwn'> | undefined;
  const marked = markingOnce(request.leavesMark);
  const planFor = async (current: AwsAuth): Promise<Plan> => {
    const plan = await planWithSurroundings(current, request, reader);
    first ??= atFirst(plan, current, intent);
    return plan.write ? plan : { ...plan, ...marked(current) };
  };
  const { plan, changed } = await planAndWrite(store, planFor, deadline, true);
  const mapping = plan.after ?? intent.mapping;
  return {
    changed,
    isMade: first?.isMade ?? false,
    wasOwn: first?.wasOwn ?? false,
    adopted: plan.adopted,
    userName: mapping.section === 'mapAccounts' ? '' : mapping.username,
    groups: mapping.section === 'mapAccounts' ? [] : mapping.groups,
    accessEntryArn: '',
    isNowhereElse: false,
    elsewhere: plan.elsewhere ?? 'left',
    before: plan.before,
    after: mapping,
    undo: async () => {
      const removal = { ...intent, set: intent.facts?.set };
      await planAndWrite(store, async (current) => planRemove(current, removal, reader), deadline, false);
    },
  };
}

/** What the place showed when it was first looked at. */
function atFirst(
  { before }: Plan,
  { annotations }: AwsAuth,
  { key, owner }: PutRequest['intent'],
): Pick<PutOutcome, 'isMade' | 'wasOwn'> {
  const record = readOwnership(annotations).get(key);
  const isOwn = record !== undefined && isSameOwner(record.owner, owner);
  return { isMade: before === undefined, wasOwn: before !== undefined && isOwn };
}

async function planWithSurroundings(
  current: AwsAuth,
  { intent, desired, ownership }: PutRequest,
  reader: SectionReader,
): Promise<Plan> {
  const plan = await planInSurroundings(
    readOwnership(current.annotations).get(intent.key)?.owner,
    { owner: intent.owner, isNew: intent.isNew, desired, ownership },
    (surroundings) => planPut(current, { ...intent, surroundings }, reader),
    ({ write }) => write !== undefined,
  );
  if (plan.write) await ownership.unmarkElsewhere?.();
  return plan;
}

/** A removal with what it needs to know of others. */
export interface Removal {
  readonly intent: Omit<RemoveIntent, 'gone'>;
  /** As of a back end's `RemoveRequest`. */
  readonly isGone?: BackEndRemoveRequest['isGone'];
}

export async function removeIdentityMapping(
  store: ConfigMapStore,
  removal: Removal,
  deadline: Deadline,
  reader = new SectionReader(),
): Promise<RemoveOutcome> {
  let isThere = false;
  const plansOf = removalsOf(removal, reader);
  const planFor = async (current: AwsAuth): Promise<Plan> => {
    isThere = false;
    const plan = await plansOf(current);
    isThere = plan.write !== undefined && !plan.isMark;
    return plan;
  };
  const { plan } = await planAndWrite(store, planFor, deadline, false).catch((error: unknown) => {
    // It was seen, and may be there: no place that could not be looked at.
    const isRefused = error instanceof ProviderError && !(error instanceof LateEvent);
    throw isThere && isRefused ? withActed(error, true) : error;
  });
  const { removed, note, warning, before, wasThere = false, hasPassed } = plan;
  return { removed, isNowhereElse: false, wasThere, hasPassed, note, warning, before };
}

/**
 * The plans of one Delete. At most one of them leaves a mark: where its write meets a conflict, another one has moved
 * the version already. A ConfigMap is never made for it.
 */
function removalsOf({ intent, isGone }: Removal, reader: SectionReader): (current: AwsAuth) => Promise<Plan> {
  let { leavesMark } = intent;
  return async (current) => {
    const record = readOwnership(current.annotations).get(intent.key);
    const gone = await goneAmong(record, intent.owner, isGone);
    const plan = planRemove(
      current,
      { ...intent, gone, leavesMark: current === NOTHING ? undefined : leavesMark },
      reader,
    );
    if (plan.isMark) leavesMark = undefined;
    return plan;
  };
}

interface Written {
  /** The last plan that was made, which there is nothing left to do of. */
  readonly plan: Plan;
  readonly changed: boolean;
}

async function planAndWrite(
  store: ConfigMapStore,
  planFor: (current: AwsAuth) => Promise<Plan>,
  deadline: Deadline,
  mayBeSpreading: boolean,
): Promise<Written> {
  const propagationEnds = deadline.now() + Math.min(PROPAGATION_MS, deadline.remainingMs() / 3);
  const conflicts: number[] = [];
  // A write whose answer was lost: the next read shows whether it happened, and a failure until then must say so.
  let acted = false;
  let started = 0;
  const once = async (): Promise<Written> => {
    started = deadline.now();
    const current = (await store.read()) ?? (await makeIfWanted(store, planFor, deadline));
    const plan = await planFor(current ?? NOTHING);
    const { write: wanted, isMark } = plan;
    if (!wanted || !current) return { plan, changed: acted };
    const writes = (): Promise<void> => write(store, current, wanted, deadline);
    await (isMark ? leavingMark(writes) : writes());
    return { plan, changed: acted || !isMark };
  };
  try {
    return await retry(deadline, once, (error, failures) => {
      acted ||= mayHaveActed(error);
      if (hasCode(error, 'ResourceConflict')) conflicts.push((deadline.now() - started) / 2);
      const spreading = mayBeSpreading && error instanceof NoRights && deadline.now() < propagationEnds;
      return spreading
        ? fullJitter(failures, 500, 2_000, () => deadline.random())
        : pauseAfter(error, { failures, conflicts, deadline });
    });
  } catch (error) {
    throw acted ? withActed(error, true) : error;
  }
}

const NOTHING: AwsAuth = { data: {}, annotations: {} };

/** An empty ConfigMap, or another writer's who was faster; undefined where nothing is to be written to it. */
async function makeIfWanted(
  store: ConfigMapStore,
  planFor: (current: AwsAuth) => Promise<Plan>,
  deadline: Deadline,
): Promise<ConfigMap | undefined> {
  return (await planFor(NOTHING)).write && writing(deadline, () => store.make());
}

/** A courtesy: what goes wrong with it fails no Delete, and after a conflict aws-auth is looked at again. */
async function leavingMark(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (hasCode(error, 'ResourceConflict', 'NotFound') || !(error instanceof ProviderError)) throw error;
  }
}

async function write(
  store: ConfigMapStore,
  { object }: ConfigMap,
  { data, annotations }: AwsAuth,
  deadline: Deadline,
): Promise<void> {
  // The last look before a write: nothing is written once the answer may be on its way (CR-29).
  deadline.signal.throwIfAborted();
  const metadata = { ...object.metadata, annotations };
  await writing(deadline, () => store.replace({ data, annotations, object: { ...object, data, metadata } }));
}
