/** A way back in, as lines of text. Pure. */
import { type RecoveryStep, type Way } from '../../access/recovery/recovery';
import { lineOf, type Line } from '../text/line';
import { shellLines } from '../text/shell-lines';
import { wrapped } from '../text/wrap';

export function wayLines(
  { title, state, why, needs, steps, trap }: Way,
  number: number,
  width: number,
): readonly Line[] {
  return [
    [],
    ...paragraph(`${number}. ${title}${state === 'maybe' ? ' (to try)' : ''}`, width, 0, 'strong'),
    ...paragraph(why, width, 3),
    ...(needs.length === 0 ? [] : paragraph(`Needs ${needs.join(', ')}.`, width, 3)),
    ...(trap === undefined ? [] : paragraph(`Look out: ${trap}`, width, 3, 'warn')),
    ...steps.flatMap((step) => stepLines(step, width)),
  ];
}

export function stepLines({ command, about }: RecoveryStep, width: number): readonly Line[] {
  return [
    ...(about === '' ? [] : paragraph(`# ${about}`, width, 3, 'faint', '# ')),
    ...shellLines(command, width - 3).map((line) => lineOf(`   ${line}`)),
  ];
}

/** `lead`: of the lines after the first one. */
export function paragraph(
  text: string,
  width: number,
  indent = 0,
  style?: Parameters<typeof lineOf>[1],
  lead = '',
): readonly Line[] {
  const blanks = ' '.repeat(indent);
  return wrapped(text, width - indent - lead.length).map((line, index) =>
    lineOf(`${blanks}${index === 0 ? '' : lead}${line}`, style),
  );
}
