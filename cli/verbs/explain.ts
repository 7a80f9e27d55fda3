/** `explain`: whether one principal gets in, as whom, and why, or why not. Pure. */
import { explain as explanationOf } from '../../access/explain/explain';
import { type Explanation, type Step } from '../../access/explain/explanation';
import { unseenOf } from '../../access/explain/summary';
import { type Looked } from '../input/look';
import { type ExitCode, type Outcome } from '../outcome';
import { lineOf, type Line, type Style } from '../text/line';
import { reasoning } from '../text/reasoning';
import { wrapped } from '../text/wrap';

/** `inViewOf`: what else is known of the caller. */
export function explain(
  question: string,
  { cluster, name }: Looked,
  inViewOf = (explanation: Explanation): Explanation => explanation,
): Outcome {
  const explanation = inViewOf(explanationOf(cluster, question));
  const { verdict, sentence, caller, lookedUp, steps, as, fix, then, rights } = explanation;
  const unseen = unseenOf(cluster);
  return {
    exitCode: EXIT[verdict],
    text: (width) => [
      ...wrapped(sentence, width).map((text) => lineOf(text, STYLE[verdict])),
      ...reasoned(explanation, width),
      ...[...(rights === undefined ? [] : [rights]), ...unseen].flatMap((text) => [
        [],
        ...wrapped(text, width).map((each) => lineOf(each)),
      ]),
    ],
    plain: [
      ['verdict', verdict, sentence],
      ...steps.map(({ label, text, note }) => [label, text, note]),
      ...(fix === undefined ? [] : fix.text.split('\n').map((text) => ['fix', text, ''])),
      ...(then === undefined ? [] : [['then', then, '']]),
      ...(rights === undefined ? [] : [['rights', rights, '']]),
      ...unseen.map((text) => ['unseen', text, '']),
    ],
    json: {
      command: 'explain',
      file: name,
      mode: cluster.mode ?? null,
      verdict,
      sentence,
      caller,
      lookedUp: lookedUp ?? null,
      steps: steps.map((step) => ({ ...step, line: step.line ?? null, rule: step.rule ?? null })),
      as: as ?? null,
      fix: fix === undefined ? null : { text: fix.text, line: fix.line ?? null },
      then: then ?? null,
      rights: rights ?? null,
      unseen,
    },
    hints: verdict === 'YES' ? [lineOf(REFUSED)] : [],
  };
}

const REFUSED = 'Refused all the same? eks-access help "ERROR" says where else to look.';
const EXIT: Readonly<Record<Explanation['verdict'], ExitCode>> = { YES: 0, NO: 1, 'CANNOT SAY': 2 };
const STYLE: Readonly<Record<Explanation['verdict'], Style>> = {
  YES: 'good',
  NO: 'error',
  'CANNOT SAY': 'warn',
};

function reasoned({ steps, fix, then }: Explanation, width: number): readonly Line[] {
  const rows: readonly Pick<Step, 'label' | 'text' | 'note'>[] = [
    ...steps,
    ...(fix?.text.split('\n').map((text, index) => ({ label: index === 0 ? 'fix' : '', text, note: '' })) ??
      []),
    ...(then === undefined ? [] : [{ label: 'then', text: then, note: '' }]),
  ];
  return rows.length === 0 ? [] : [[], ...reasoning(rows, width)];
}
