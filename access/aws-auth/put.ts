/** Puts one identity mapping into aws-auth. */
import { type PutOutcome } from '../back-end';
import { type LoginIdentity } from '../login-identity';
import { isSameOwner } from '../owner';
import { type Deadline } from '../retry';
import { type OwnershipQuestions, planInSurroundings } from '../surroundings';
import { type AwsAuth, type DeleteMark, type PutIntent } from './intent';
import { markingOnce } from './last-delete';
import { readOwnership } from './owners-annotation';
import { planPut, planRemove, type Plan } from './plan';
import { type ConfigMapStore } from './port';
import { SectionReader } from './reading/section-reader';
import { planAndWrite } from './reconcile';

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
    return plan.write ? plan : { ...plan, ...marked(plan.dated ?? current) };
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
