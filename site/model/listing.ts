/** The document line by line, with what the authenticator makes of each entry; long stretches without trouble folded. Pure. */
import { SECTIONS } from '../../access/aws-auth/identity-mapping';
import { type Level } from '../../access/explain/finding';
import { userOf, withOf } from '../../access/explain/identity-words';
import { type Identity, type NotInForce } from '../../access/explain/identity';
import { shown } from '../../access/explain/shown';
import { linesOf, MARKS } from './problems';
import { type SeenPage } from './seen-page';

export interface LineNote {
  readonly mark: '✓' | '✗' | '!' | 'i' | '';
  readonly text: string;
  /** Position among the problems, where it is one. */
  readonly problem?: number | undefined;
}

export interface ListedLine {
  readonly line: number;
  /** As people may see it; cut where it is longer than anybody reads. */
  readonly text: string;
  /** Of the line as a whole: the worst that is said of it. */
  readonly level: Level | 'good' | undefined;
  readonly notes: readonly LineNote[];
}

/** Lines as they are, or a stretch that says nothing but that all is in force. */
export type Stretch =
  | { readonly kind: 'lines'; readonly lines: readonly ListedLine[] }
  | { readonly kind: 'folded'; readonly title: string; readonly lines: readonly ListedLine[] };

/** A document up to here is shown whole. */
const WHOLE = 200;
/** Of a folded document: lines around trouble that are shown, and the fewest that are worth folding. */
const AROUND = 4;
const FOLD = 20;
const LONGEST = 1000;

export function listingOf(page: SeenPage): readonly Stretch[] {
  const texts = linesOf(page.input.document);
  const notes = notesOf(page);
  const lines = texts.map((text, index): ListedLine => {
    const line = index + 1;
    const { notes: own = [], level } = notes.get(line) ?? {};
    const whole = shown(text);
    return { line, text: whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole, level, notes: own };
  });
  if (lines.length > 1 && lines.at(-1)?.text === '') lines.pop();
  return lines.length <= WHOLE ? [{ kind: 'lines', lines }] : folded(lines);
}

interface Noted {
  readonly level: ListedLine['level'];
  readonly notes: readonly LineNote[];
}

function notesOf({ read, reading, line }: SeenPage): ReadonlyMap<number, Noted> {
  const notes = new Map<number, Noted>();
  const reasons = new Map<string, LineNote>();
  const add = (at: number, level: ListedLine['level'], note: LineNote): void => {
    const before = notes.get(at);
    const isWorse = before === undefined || RANK[level ?? 'good'] > RANK[before.level ?? 'good'];
    notes.set(at, {
      level: isWorse ? level : before.level,
      notes: [...(before?.notes ?? []), note],
    });
  };
  if (line !== undefined) add(line, 'error', { mark: '✗', text: 'here the text stops being YAML' });
  const sections = reading.kind === 'aws-auth' ? reading.sections : undefined;
  for (const section of SECTIONS) {
    const key = sections?.[section]?.key;
    const all = (read?.identities ?? []).filter(
      ({ from }) => from.place === 'aws-auth' && from.section === section,
    );
    if (key !== undefined && all.length > 0) add(key.from.line, ...sectionNote(all));
  }
  for (const identity of read?.identities ?? []) {
    const { from, reason } = identity;
    if (from.place !== 'aws-auth') continue;
    const { line: at } = from.span.from;
    // Why it does not count is said once, and leads to the problem where that is on the same line.
    if (reason === undefined) add(at, ...inForceNote(identity));
    else reasons.set(`${at} ${reason.rule}`, notInForceNote(identity.who, reason));
  }
  read?.findings.forEach(({ span, level, rule, sentence }, problem) => {
    if (span === undefined) return;
    const { line: at } = span.from;
    const reason = reasons.get(`${at} ${rule}`);
    if (reason === undefined) add(at, level, { mark: MARKS[level], text: sentence, problem });
    else add(at, level, { ...reason, problem });
  });
  for (const [key, reason] of reasons)
    if (!notes.get(Number.parseInt(key, 10))?.notes.some(({ text }) => text === reason.text))
      add(Number.parseInt(key, 10), reason.mark === '!' ? 'warn' : 'error', reason);
  return notes;
}

const RANK = { good: 0, info: 1, warn: 2, error: 3 } as const;

function sectionNote(all: readonly Identity[]): readonly [ListedLine['level'], LineNote] {
  const counting = all.filter(({ reason }) => reason === undefined).length;
  const entries = `${all.length} ${all.length === 1 ? 'entry' : 'entries'}`;
  if (counting === 0) return ['error', { mark: '✗', text: `${entries}, none in force` }];
  const rest =
    counting === all.length ? (counting > 1 ? 'all in force' : 'in force') : `${counting} in force`;
  return [undefined, { mark: '', text: `${entries}, ${rest}` }];
}

function notInForceNote(who: string, { isReplaced, clause }: NotInForce): LineNote {
  return { mark: isReplaced ? '!' : '✗', text: `${who}: ${clause}` };
}

function inForceNote(identity: Identity): readonly [ListedLine['level'], LineNote] {
  const { who, standing } = identity;
  const text = `${who} logs in as ${userOf(identity)} with ${withOf(identity)}`;
  return standing === 'in force'
    ? ['good', { mark: '✓', text }]
    : ['warn', { mark: '!', text: `${text}, ${standing === 'unknown' ? 'unless overridden' : 'at random'}` }];
}

function folded(lines: readonly ListedLine[]): readonly Stretch[] {
  const isShown = lines.map(() => false);
  lines.forEach(({ level }, index) => {
    if (level === undefined || level === 'good') return;
    for (let at = Math.max(0, index - AROUND); at <= index + AROUND && at < lines.length; at += 1)
      isShown[at] = true;
  });
  for (let at = 0; at < Math.min(FOLD, lines.length); at += 1) isShown[at] = true;
  const stretches: Stretch[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start;
    while (end < lines.length && isShown[end] === isShown[start]) end += 1;
    const part = lines.slice(start, end);
    const isFolded = isShown[start] === false && part.length >= FOLD;
    stretches.push(
      isFolded ? { kind: 'folded', title: titleOf(part), lines: part } : { kind: 'lines', lines: part },
    );
    start = end;
  }
  return stretches;
}

function titleOf(lines: readonly ListedLine[]): string {
  const entries = lines.filter(({ level }) => level === 'good').length;
  const what = entries === 0 ? 'no entry' : `${entries} ${entries === 1 ? 'entry' : 'entries'} in force`;
  return `Lines ${lines[0]?.line ?? 0} to ${lines.at(-1)?.line ?? 0}: ${what}`;
}
