/** What came of a move, or would come of it, in every form. Pure. */
import { type SeenMigration } from '../../access/migration/steps/seen-migration';
import { type Action, type End } from '../../access/migration/steps/step';
import { principalOf, tellStep } from '../../access/migration/steps/tell-step';
import { type ExitCode, type Outcome } from '../outcome';
import { lineOf, type Line } from '../text/line';
import { wrapped } from '../text/wrap';

export interface Ended {
  readonly seen: SeenMigration;
  readonly end: End;
  readonly steps: readonly Action[];
  /** Of the plan; undefined where no plan is approved. */
  readonly digest: string | undefined;
  /** Whether the steps are only told. */
  readonly isForetold: boolean;
  /** One command, or sentence, each. */
  readonly hints: readonly string[];
}

export function outcomeOf({ seen, end, steps, digest, isForetold, hints }: Ended): Outcome {
  const { name, mode } = seen;
  return {
    exitCode: exitOf(end),
    text: (width) => [
      ...(isForetold ? foretoldLines(steps, digest, width) : []),
      ...wrapped(end.why, width).map((text) => lineOf(text, end.do === 'stop' ? 'error' : 'strong')),
      ...end.left.flatMap((text) => wrapped(text, width - 2)).map((text) => lineOf(`  ${text}`)),
    ],
    plain: [
      ...steps.map((step) => [step.do, principalOf(step) ?? '', tellStep(step)]),
      [end.do, '', end.why],
      ...end.left.map((text) => ['left', '', text]),
    ],
    json: {
      command: 'migrate',
      cluster: name,
      mode,
      digest: digest ?? null,
      isForetold,
      end: end.do,
      why: end.why,
      left: end.left,
      steps: steps.map(stepJson),
    },
    isLine: true,
    hints: hints.map((text) => lineOf(text)),
  };
}

export function stepJson(step: Action): object {
  return { do: step.do, principalArn: principalOf(step) ?? null, what: tellStep(step) };
}

/** What stays for a reason is for a person to look at. */
function exitOf({ do: how, left }: End): ExitCode {
  return how === 'stop' || left.length > 0 ? 1 : 0;
}

function foretoldLines(steps: readonly Action[], digest: string | undefined, width: number): readonly Line[] {
  return [
    lineOf(`Plan ${digest ?? 'none'}. These steps would be taken:`, 'strong'),
    ...steps.flatMap((step, index) => {
      const number = `${index + 1}. `;
      return wrapped(tellStep(step), width - number.length).map((text, line) =>
        lineOf(line === 0 ? number + text : ' '.repeat(number.length) + text),
      );
    }),
    [],
  ];
}
