/** Whether a principal gets in, as whom, and why, or why not. Pure. */
import { askedOf } from './caller';
import { explainCaller } from './explain-caller';
import { type Explanation, type Step, type Verdict } from './explanation';
import { findingsIn } from './findings';
import { mentionsIn } from './mentions';
import { remedyOf } from './remedy';
import { type SeenCluster } from './seen-cluster';
import { type View, viewOf } from './view';
import { principalKeyOf } from './who';

/** `question`: an ARN, `role/NAME` with at most one `*`, or the output of `aws sts get-caller-identity`. */
export function explain(cluster: SeenCluster, question: string): Explanation {
  return explainIn(viewOf(cluster), question);
}

/** The same of what has been read already, for a face that asks more than once. */
export function explainIn(view: View, question: string): Explanation {
  const principals = [
    ...view.accessEntries.map(({ principalArn }) => principalArn),
    ...view.written.sections.flatMap(({ entries }) => entries.map(({ principal }) => principal)),
    ...mentionsIn(view).map(({ principal }) => principal),
  ];
  const asked = askedOf(question, principals);
  if (asked.kind !== 'caller') return withoutCaller(view, question, asked);
  const explanation = explainCaller(view, asked.caller);
  if (explanation.verdict === 'NO') return { ...explanation, ...remedyOf(view, asked.caller) };
  const { steps } = explanation;
  return { ...explanation, steps: [...steps, ...fallsShort(view, asked.caller.canonical, steps)] };
}

/** What keeps a caller who gets in from what the entry asks for: the fix gives more. */
function fallsShort(view: View, canonical: string, told: readonly Step[]): readonly Step[] {
  const key = principalKeyOf(canonical);
  return findingsIn(view).flatMap(({ rule, principal, sentence, fix, span }): readonly Step[] => {
    const isOfCaller = principal !== undefined && principalKeyOf(principal) === key;
    if (!isOfCaller || fix?.givesAccess !== true || told.some((step) => step.rule === rule)) return [];
    const line = span?.from.line;
    const place = line === undefined ? { label: 'access entry' } : { label: `line ${line}`, line };
    return [{ ...place, text: sentence, note: '', rule }];
  });
}

function withoutCaller(
  view: View,
  question: string,
  asked: Exclude<ReturnType<typeof askedOf>, { kind: 'caller' }>,
): Explanation {
  const mayBeAccount = view.written.reading.mapAccounts.entries.length > 0;
  const isOpen = asked.kind === 'unknown' && mayBeAccount;
  const isNo = asked.kind === 'nobody' || (asked.kind === 'unknown' && !isOpen && !isUnseen(view));
  const verdict: Verdict = isNo ? 'NO' : 'CANNOT SAY';
  const more = isOpen
    ? ' Whole accounts are mapped: ask with the ARN.'
    : asked.kind === 'unknown' && !isNo
      ? ' Not everything could be read: ask with the ARN.'
      : '';
  const instead = asked.kind === 'nobody' ? asked.instead : undefined;
  return {
    verdict,
    sentence: `${verdict}. ${asked.sentence}${more}`,
    caller: question.trim(),
    lookedUp: undefined,
    steps: instead === undefined ? [] : [{ label: 'ask for', text: instead, note: '' }],
    as: undefined,
    fix: undefined,
    then: undefined,
    rights: undefined,
  };
}

function isUnseen({ cluster: { awsAuth, accessEntries } }: View): boolean {
  return awsAuth?.state === 'unreadable' || accessEntries?.state === 'unreadable';
}
