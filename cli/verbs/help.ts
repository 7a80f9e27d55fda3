/** `help RULE`: what is wrong, what to write instead, why, and who says so. Without a rule, the help as a whole. Pure. */
import { type RuleName } from '../../access/explain/finding';
import { HELP } from '../../access/explain/help/help';
import { LEVELS } from '../../access/explain/rules/levels';
import { type Outcome } from '../outcome';
import { ruleOf } from '../rule-of';
import { lineOf, type Line } from '../text/line';
import { wrapped } from '../text/wrap';
import { USAGE } from '../usage';

export function help(name: string | undefined): Outcome {
  const all = Object.keys(HELP) as readonly RuleName[];
  const rules = name === undefined ? all : [ruleOf(name)];
  return {
    exitCode: 0,
    text: (width) => (name === undefined ? usage(all, width) : rules.flatMap((rule) => about(rule, width))),
    plain: rules.map((rule) => {
      const { problem, right, why, source } = HELP[rule];
      return [rule, LEVELS[rule], problem, right, why, source];
    }),
    json: { command: 'help', rules: rules.map((rule) => ({ rule, level: LEVELS[rule], ...HELP[rule] })) },
    hints: [],
  };
}

function usage(rules: readonly RuleName[], width: number): readonly Line[] {
  return [
    ...USAGE.trimEnd()
      .split('\n')
      .flatMap((line) => usageLine(line, width)),
    [],
    lineOf('Rules:'),
    ...wrapped(rules.join(' '), width - 2).map((text) => lineOf(`  ${text}`)),
  ];
}

/** A line that does not fit goes on where its second column begins. */
function usageLine(line: string, width: number): readonly Line[] {
  if (line.length <= width) return [lineOf(line)];
  const second = /^ *\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? /^ */.exec(line)?.[0].length ?? 0;
  const indent = second > width / 2 ? 6 : second;
  const [first = '', ...others] =
    second > width / 2
      ? [line.slice(0, second).trimEnd(), ...wrapped(line.slice(second), width - indent)]
      : wrapped(line.slice(second), width - indent).map((part, index) =>
          index === 0 ? line.slice(0, second) + part : part,
        );
  return [lineOf(first), ...others.map((part) => lineOf(' '.repeat(indent) + part))];
}

function about(rule: RuleName, width: number): readonly Line[] {
  const { problem, right, why, source } = HELP[rule];
  const text = (words: string): readonly Line[] => wrapped(words, width).map((line) => lineOf(line));
  return [
    [{ text: rule, style: 'strong' }, { text: `  ${LEVELS[rule]}` }],
    [],
    ...text(problem),
    [],
    ...right.split('\n').map((line) => lineOf(`  ${line}`, 'good')),
    [],
    ...text(why),
    [],
    ...text(`Source: ${source}`).map((line) => line.map((piece) => ({ ...piece, style: 'faint' as const }))),
  ];
}
