/** Sections that are lost, and text that is not read (GT-3, GT-4, GT-8, GT-9, GT-15 to GT-17). */
import { columnOf, splice } from '../../aws-auth/editing/layout';
import { parseSection, type ParsedSection } from '../../aws-auth/reading/parse-section';
import { type Fix } from '../finding';
import { listOf as namesOf, whoOf } from '../who';
import { ignoredFrom, listOf, type WrittenSection } from '../written';
import { type View } from '../view';
import { type Draft } from './draft';

export function* sectionRules(view: View): Generator<Draft> {
  if (view.cluster.mode === 'API') return;
  for (const place of view.written.sections) {
    yield* lost(view, place);
    yield* ignored(view, place);
  }
}

function* lost(view: View, place: WrittenSection): Generator<Draft> {
  const { section, seen, parsed } = place;
  const found = view.lost[section];
  if (found === undefined) return;
  const { rule, why, start, end, splice } = found;
  const isPartial = parsed.reading.entries.length > 0;
  yield {
    rule,
    at: { section, start, end },
    sentence: `${section} does not parse: ${why}.`,
    effect: isPartial
      ? `The authenticator stops there: what follows in ${section} is not loaded.`
      : `The authenticator then loads nothing from ${section}: ${lockedOut(view, place)}.`,
    fix: splice && { text: shownText(seen.text, splice), splices: [splice], givesAccess: true },
  };
}

function lockedOut(view: View, { entries, section }: WrittenSection): string {
  const names = entries.map((entry) => `${whoOf(entry.principal)} (${view.lineOf(entry)})`);
  if (names.length === 0)
    return section === 'mapRoles' ? 'no role and no node can log in' : 'nobody in it can log in';
  return `${namesOf(names)} cannot log in`;
}

/** The inserted text, or the whole line where that alone says nothing. */
function shownText(
  text: string,
  { start, end, text: inserted }: { start: number; end: number; text: string },
): string {
  if (inserted.trim() !== '') return inserted;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = text.slice(end).replace(/[\r\n].*/s, '');
  return (text.slice(lineStart, start) + inserted + rest).trimEnd();
}

function* ignored(view: View, place: WrittenSection): Generator<Draft> {
  const { section, seen, parsed, entries } = place;
  const start = ignoredFrom(parsed);
  if (start === undefined) return;
  const { text } = seen;
  const names = entries
    .filter((entry) => view.standing.get(entry)?.reason?.rule === 'second-document-ignored')
    .map((entry) => whoOf(entry.principal));
  const effect =
    names.length === 0 ? 'What follows is ignored.' : `What follows is ignored: ${namesOf(names)}.`;
  const rule = 'second-document-ignored';
  if (/^(?:---|\.\.\.)/.test(text.slice(start))) {
    const marker = { start, end: start + 3, text: '' };
    const sentence = `${section} is read up to this line: the authenticator reads one YAML document alone.`;
    const fix = text.startsWith('---', start)
      ? { text: '', splices: [marker], givesAccess: true }
      : undefined;
    yield { rule, at: { section, start, end: start + 3 }, sentence, effect, fix };
    return;
  }
  const end = start + (text.slice(start).split(/[\r\n]/, 1)[0] ?? '').trimEnd().length;
  const sentence = `${section} is read up to this line: it is indented less than the list.`;
  yield { rule, at: { section, start, end }, sentence, effect, fix: indented(parsed, start, end) };
}

/** What follows a list, moved to its column; undefined where that does not make it part of the list. */
function indented(parsed: ParsedSection, from: number, end: number): Fix | undefined {
  const { text = '', reading } = parsed;
  const mark = listOf(parsed)?.marks[0];
  if (mark === undefined) return undefined;
  const column = columnOf(text, mark);
  const first = from - columnOf(text, from);
  const more = ' '.repeat(Math.max(0, column + first - from));
  const splices = Array.from(text.slice(first).matchAll(/^(?=.*\S)/gm), ({ index }) => ({
    start: first + index,
    end: first + index,
    text: more,
  }));
  const after = parseSection(reading.section, splice(text, ...splices)).reading;
  if (after.error !== undefined || after.entries.length <= reading.entries.length) return undefined;
  return { text: ' '.repeat(column) + text.slice(from, end), splices, givesAccess: true };
}
