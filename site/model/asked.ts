/** The answer about one principal, as the page shows it. Pure. */
import { explainIn } from '../../access/explain/explain';
import { type Explanation, type Remedy } from '../../access/explain/explanation';
import { unseenOf } from '../../access/explain/summary';
import { type SeenPage } from './seen-page';

export interface AnswerRow {
  readonly label: string;
  readonly text: string;
  readonly note: string;
  readonly line?: number | undefined;
}

export interface Answer {
  readonly verdict: Explanation['verdict'];
  /** Begins with the verdict. */
  readonly sentence: string;
  readonly rows: readonly AnswerRow[];
  readonly fix: Remedy | undefined;
  readonly then: string | undefined;
  readonly rights: string | undefined;
  readonly unseen: readonly string[];
}

/** Undefined where there is no question, or nothing was read to ask. */
export function answerOf({ read }: SeenPage, question: string): Answer | undefined {
  if (read === undefined || question.trim() === '') return undefined;
  const { verdict, sentence, steps, fix, then, rights } = explainIn(read.view, question);
  return {
    verdict,
    sentence,
    rows: steps.map(({ label, text, note, line }) => ({ label, text, note, line })),
    fix,
    then,
    rights,
    unseen: unseenOf(read.view.cluster),
  };
}
