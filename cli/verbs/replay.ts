/** `replay`: the events that were never answered, and what has become of them. Never a ResponseURL. Pure. */
import { type Outcome } from '../outcome';
import { type Replay, type Replayed } from '../replay/replay';
import { ageInWords, ageOf, clauseOf, nameOf } from '../replay/words';
import { lineOf, type Line, type Style } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';

/** `command`: the same with approval, to copy. */
export function replayed(seen: Replay, command: string): Outcome {
  const { functionArn, messages, approved, hasMore } = seen;
  const summary = summaryOf(seen);
  const isFaulty = messages.some(({ fault }) => fault !== undefined);
  const isLeft = hasMore || messages.some(({ result }) => result === undefined);
  const canRun = messages.some(({ step }) => step.action === 'run');
  return {
    exitCode: isFaulty ? 2 : isLeft ? 1 : 0,
    text: (width) => [
      ...wrapped(`${nameOf(functionArn)}: ${summary}`, width).map((text) => lineOf(text, 'strong')),
      ...(messages.length === 0 ? [] : [[], ...messageTable(seen, width)]),
    ],
    plain: messages.map((each) => [
      each.step.message.id,
      each.step.action,
      each.result ?? '',
      each.step.event?.type ?? '',
      each.step.event?.stack ?? '',
      each.step.event?.logicalId ?? '',
      String(ageOf(each, seen.now) ?? ''),
      clauseOf(each, approved),
    ]),
    json: {
      command: 'replay',
      function: functionArn,
      queue: seen.queueUrl,
      approved,
      summary,
      hasMore,
      messages: messages.map((each) => jsonOf(each, seen)),
    },
    hints: [
      ...(canRun && !approved ? [lineOf(`Next: ${command}`)] : []),
      ...(approved && messages.some(({ result }) => result === 'accepted')
        ? [lineOf('What fails again is in the queue again, after three tries of Lambda.')]
        : []),
    ],
  };
}

function summaryOf({ messages, approved, hasMore }: Replay): string {
  if (messages.length === 0) return 'no undelivered events.';
  const count = (of: (each: Replayed) => boolean): number => messages.filter(of).length;
  const more = hasMore ? ' There are more: run this again for them.' : '';
  const all = `${messages.length} undelivered ${messages.length === 1 ? 'event' : 'events'}`;
  if (!approved) {
    const run = count(({ step }) => step.action === 'run');
    return `${all}, of which ${run} can be run again.${more}`;
  }
  const parts = [
    [count(({ result }) => result === 'accepted'), 'taken by the function'],
    [count(({ result }) => result === 'duplicate'), 'deleted as a duplicate'],
    [count(({ result }) => result === 'discarded'), 'discarded'],
    [
      count(({ result, fault }) => result === undefined || (result === 'accepted' && fault !== undefined)),
      'still in the queue',
    ],
  ] as const;
  const told = parts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  return `${all}: ${told.join(', ')}.${more}`;
}

function messageTable(seen: Replay, width: number): readonly Line[] {
  const columns = [
    { head: '', style: (mark: string): Style | undefined => STYLES[mark] },
    ...['EVENT', 'STACK', 'RESOURCE', 'AGE', 'FAILED WITH', 'NOW'].map((head) => ({ head })),
  ];
  const rows = seen.messages.map((each) => {
    const { event, failure } = each.step;
    return [
      markOf(each),
      event?.type ?? `message ${each.step.message.id}`,
      event?.stack ?? '',
      event?.logicalId ?? '',
      ageInWords(ageOf(each, seen.now)),
      failure,
      clauseOf(each, seen.approved),
    ];
  });
  return table(columns, rows, width);
}

const STYLES: Readonly<Partial<Record<string, Style>>> = { '✓': 'good', '✗': 'error', '!': 'warn' };

function markOf({ step, result, fault }: Replayed): string {
  if (fault !== undefined) return '✗';
  if (result !== undefined) return '✓';
  return step.action === 'left' ? '!' : '→';
}

function jsonOf(each: Replayed, { now, approved }: Replay): object {
  const { step, result, fault } = each;
  const { event } = step;
  return {
    id: step.message.id,
    action: step.action,
    result: result ?? null,
    fault: fault ?? null,
    type: event?.type ?? null,
    stackId: event?.stackId ?? null,
    stack: event?.stack ?? null,
    logicalId: event?.logicalId ?? null,
    resourceType: event?.resourceType ?? null,
    requestId: event?.requestId ?? null,
    ageSeconds: ageOf(each, now) ?? null,
    failure: step.failure,
    clause: clauseOf(each, approved),
  };
}
