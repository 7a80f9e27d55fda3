/** The findings as the page lists them. Pure. */
import { adviceOf } from '../../access/explain/advice';
import { excerpt } from '../../access/explain/excerpt';
import { type Finding, type Fix, type Level } from '../../access/explain/finding';
import { isFixable } from '../../access/explain/fixing';
import { HELP } from '../../access/explain/help/help';
import { type RuleHelp } from '../../access/explain/help/rule-help';
import { type SeenPage } from './seen-page';

export interface ProblemItem {
  readonly finding: Finding;
  /** A sign and a word: colour is never alone. */
  readonly mark: string;
  readonly level: string;
  /** Where it is in the document; undefined where no line is to blame. */
  readonly line: number | undefined;
  readonly excerpt: { readonly before: string; readonly marked: string; readonly after: string } | undefined;
  /** `write`, `remove it`, `run`; then what to copy. */
  readonly advice: { readonly verb: string; readonly text: string; readonly note: string } | undefined;
  readonly canBeApplied: boolean;
  readonly help: RuleHelp;
}

export const MARKS = { error: '✗', warn: '!', info: 'i' } as const;
const WORDS: Readonly<Record<Level, string>> = { error: 'Error', warn: 'Warning', info: 'Note' };
/** Of an excerpt, in characters: a section in JSON is one line of any length. */
const ROOM = 160;

export function problemsOf({ input: { document }, read }: SeenPage): readonly ProblemItem[] {
  const lines = linesOf(document);
  return (read?.findings ?? []).map((finding) => {
    const { level, span, fix, rule } = finding;
    return {
      finding,
      mark: MARKS[level],
      level: WORDS[level],
      line: span?.from.line,
      excerpt: span === undefined ? undefined : excerptOf(finding, lines),
      advice: fix === undefined ? undefined : adviceIn(finding, fix),
      canBeApplied: isFixable(finding) || fix?.inDocument !== undefined,
      help: HELP[rule],
    };
  });
}

/** Of the pasted text, as lines and columns count them. */
export function linesOf(document: string): readonly string[] {
  return document.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
}

/** The words of the command line, with what is to be copied apart from them. */
function adviceIn({ span }: Finding, fix: Fix): ProblemItem['advice'] {
  const [first = '', ...others] = adviceOf({ ...fix, note: undefined }, span !== undefined);
  const { text, note = '' } = fix;
  const verb = others.length > 0 ? first : first.slice(0, first.length - text.length).trimEnd();
  return { verb, text, note };
}

function excerptOf({ span }: Finding, lines: readonly string[]): ProblemItem['excerpt'] {
  const text = span && lines[span.from.line - 1];
  if (span === undefined || text === undefined) return undefined;
  const to = span.to.line === span.from.line ? span.to.column : Infinity;
  const { line, before, marked } = excerpt(text, span.from.column, to, ROOM);
  const characters = [...line];
  const part = (start: number, end?: number): string => characters.slice(start, end).join('');
  return { before: part(0, before), marked: part(before, before + marked), after: part(before + marked) };
}
