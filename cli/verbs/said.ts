/** `help TEXT` and `explain TEXT`, of an error without a principal: what it means, what to look at, and rules. Pure. */
import { errorHelpFor } from '../../access/explain/help/error-help';
import { HELP } from '../../access/explain/help/help';
import { rulesNear } from '../../access/explain/help/search-help';
import { LEVELS } from '../../access/explain/rules/levels';
import { type ExitCode, type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf, type Line } from '../text/line';
import { wrapped } from '../text/wrap';

/** Throws Problem where neither an error nor a rule has anything to do with the text. */
export function said(text: string, exitCode: ExitCode = 0): Outcome {
  const error = errorHelpFor(text);
  const rules = error?.rules ?? rulesNear(text);
  if (error === undefined && rules.length === 0)
    throw new Problem(
      'This is no error that is known here, and no rule has these words.',
      'eks-access help prints all rules.',
    );
  const { meaning = 'This is no error that is known here: these rules have words of it.', look = [] } =
    error ?? {};
  return {
    exitCode,
    text: (width) => [
      ...wrapped(meaning, width).map((line) => lineOf(line, 'strong')),
      ...(look.length === 0 ? [] : [[], lineOf('Look at')]),
      ...look.flatMap((each, index) => item(`${index + 1}. ${each}`, width)),
      ...(rules.length === 0 ? [] : [[], lineOf('Rules that may tell the cause')]),
      ...rules.flatMap((rule) => item(`${rule}: ${HELP[rule].problem}`, width)),
    ],
    plain: [
      ['meaning', meaning],
      ...look.map((each) => ['look', each]),
      ...rules.map((rule) => ['rule', rule, HELP[rule].problem]),
    ],
    json: {
      command: 'help',
      meaning,
      look,
      rules: rules.map((rule) => ({ rule, level: LEVELS[rule], ...HELP[rule] })),
    },
    hints: [],
  };
}

function item(text: string, width: number): readonly Line[] {
  return wrapped(text, width - 4).map((line, index) => lineOf(`${index === 0 ? '  ' : '     '}${line}`));
}
