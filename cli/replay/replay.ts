/** The queue of undelivered events, shown, and with approval run: nothing is deleted before the function has taken it. */
import { type ReplayOptions } from '../replay-options';
import { Problem } from '../problem';
import { type Undelivered } from '../reach-cluster/reach-cluster';
import { decide, type Step } from './decide';

/** `result`: what has become of it; undefined where nothing was to be done yet. */
export interface Replayed {
  readonly step: Step;
  readonly result: 'accepted' | 'duplicate' | 'discarded' | undefined;
  /** Why it is still in the queue, though it was to leave it. */
  readonly fault: string | undefined;
}

export interface Replay {
  readonly functionArn: string;
  readonly queueUrl: string;
  readonly approved: boolean;
  readonly messages: readonly Replayed[];
  /** Whether the queue has more than are looked at at once. */
  readonly hasMore: boolean;
  readonly now: Date;
}

/** `say`: for people who wait. Throws Problem. */
export async function replay(options: ReplayOptions, say: (text: string) => void): Promise<Replay> {
  const { openUndelivered } = await import('../reach-cluster/reach-cluster');
  const undelivered = await openUndelivered(options.caller, options.function, say);
  const { functionArn, queueUrl } = undelivered;
  const discarded = new Set(options.discarded);
  try {
    const { messages, hasMore } = await undelivered.receiveAll();
    const now = new Date();
    refuseUnknown(options.discarded, new Set(messages.map(({ id }) => id)));
    const steps = decide(messages, { functionArn, discarded, now });
    const results = options.isApproved ? await perform(steps, undelivered) : steps.map(untouched);
    return { functionArn, queueUrl, approved: options.isApproved, messages: results, hasMore, now };
  } finally {
    await undelivered.giveBack();
  }
}

/** In order: what is the duplicate of a message goes only after that one was taken. */
async function perform(steps: readonly Step[], undelivered: Undelivered): Promise<readonly Replayed[]> {
  const taken = new Set<string>();
  const results: Replayed[] = [];
  for (const step of steps) results.push(await performOne(step, undelivered, taken));
  return results;
}

async function performOne(step: Step, undelivered: Undelivered, taken: Set<string>): Promise<Replayed> {
  const { id } = step.message;
  if (step.action === 'left') return untouched(step);
  if (step.action === 'duplicate' && !taken.has(step.of)) return untouched(step);
  if (step.action === 'run') {
    const refusal = await undelivered.invoke(step.event.payload);
    if (refusal !== undefined) return { step, result: undefined, fault: refusal };
    taken.add(id);
  }
  const fault = await undelivered.remove(id);
  const result = ({ run: 'accepted', duplicate: 'duplicate', discard: 'discarded' } as const)[step.action];
  return { step, result: fault !== undefined && step.action !== 'run' ? undefined : result, fault };
}

function untouched(step: Step): Replayed {
  return { step, result: undefined, fault: undefined };
}

function refuseUnknown(discarded: readonly string[], ids: ReadonlySet<string>): void {
  const unknown = discarded.find((id) => !ids.has(id));
  if (unknown !== undefined)
    throw new Problem(
      `The queue has no message ${JSON.stringify(unknown)}.`,
      'eks-access replay --plain prints the ids; nothing was run or deleted.',
    );
}
