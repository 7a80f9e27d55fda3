/** Findings with the line that they are about and what to write instead. Pure. */
import { adviceOf } from '../../access/explain/advice';
import { type Finding, type Level } from '../../access/explain/finding';
import { excerpt } from '../../access/explain/excerpt';
import { type Line, type Style } from './line';
import { shown, widthOf } from './shown';
import { wrapped } from './wrap';

const STYLE: Readonly<Record<Level, Style>> = { error: 'error', warn: 'warn', info: 'faint' };
/** Of a sentence beside its label; narrower, and it goes below. */
const NARROWEST = 44;
const GUTTER = 8;

/** `source`: the lines of the document. */
export function findingLines(
  findings: readonly Finding[],
  source: readonly string[],
  width: number,
): readonly Line[] {
  const labels = findings.map(labelOf);
  const column =
    Math.max(0, ...labels.map(([place, level, rule]) => widthOf(`${place} ${level} ${rule}`))) + 3;
  return findings.flatMap((finding, index) => {
    const [place = '', level = '', rule = ''] = labels[index] ?? [];
    const label: Line = [
      { text: `${place} ` },
      { text: level, style: STYLE[finding.level] },
      { text: ` ${rule}`, style: 'strong' },
    ];
    const isBeside = width - column >= NARROWEST;
    const indent = isBeside ? column : 2;
    const [first = '', ...others] = wrapped(`${finding.sentence} ${finding.effect}`, width - indent);
    const pad = ' '.repeat(indent);
    const below = others.map((text): Line => [{ text: pad + text }]);
    const sentence: readonly Line[] = isBeside
      ? [[...label, { text: ' '.repeat(column - widthOf(`${place} ${level} ${rule}`)) + first }], ...below]
      : [label, [{ text: pad + first }], ...below];
    return [[], ...sentence, ...shownPlace(finding, source, width)];
  });
}

function labelOf({ span, level, rule }: Finding): readonly string[] {
  const place = span === undefined ? '-' : `${span.from.line}:${span.from.column}`;
  return [place.padEnd(5), level.padEnd(5), rule];
}

function shownPlace(
  { span, fix, level }: Finding,
  source: readonly string[],
  width: number,
): readonly Line[] {
  const room = width - GUTTER;
  const advice = fix === undefined ? [] : adviceOf(fix, span !== undefined);
  const below = advice
    .flatMap((text) => wrapped(text, room - 2))
    .map((text): Line => gutter('', `  ${text}`));
  const text = span === undefined ? undefined : source[span.from.line - 1];
  if (span === undefined || text === undefined) return below;
  const to = span.to.line === span.from.line ? span.to.column : Infinity;
  const { line, before, marked } = excerpt(text, span.from.column, to, room);
  const carets: Line = [
    { text: `${' '.repeat(GUTTER - 2)}| `, style: 'faint' },
    { text: ' '.repeat(before) },
    { text: '^'.repeat(Math.max(1, marked)), style: STYLE[level] },
  ];
  const [only = '', ...more] = advice.map(shown);
  const isBeside = more.length === 0 && only !== '' && before + marked + 1 + widthOf(only) <= room;
  return [
    gutter(String(span.from.line), line),
    isBeside ? [...carets, { text: ` ${only}` }] : carets,
    ...(isBeside ? [] : below),
  ];
}

function gutter(number: string, text: string): Line {
  return [{ text: `${number.padStart(GUTTER - 3)} | `, style: 'faint' }, { text }];
}
