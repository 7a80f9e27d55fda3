/** Removes one identity mapping from aws-auth, or gives back what it had replaced. */
import { type RemoveOutcome, type RemoveRequest as BackEndRemoveRequest } from '../back-end';
import { ProviderError, withActed } from '../errors';
import { LateEvent } from '../late-event';
import { type Deadline } from '../retry';
import { goneAmong } from '../standing';
import { type AwsAuth, type RemoveIntent } from './intent';
import { readOwnership } from './owners-annotation';
import { planRemove, type Plan } from './plan';
import { type ConfigMapStore } from './port';
import { SectionReader } from './reading/section-reader';
import { NOTHING, planAndWrite } from './reconcile';

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
  const { removed, note, warning, before, wasThere = false, hasPassed, holder } = plan;
  return { removed, isNowhereElse: false, wasThere, hasPassed, holder, note, warning, before };
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
