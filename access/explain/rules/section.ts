/** Sections that are lost, and text that is not read (GT-3, GT-4, GT-8, GT-9, GT-15 to GT-17). */
import { listOf, whoOf } from '../who';
import { ignoredFrom, type WrittenSection } from '../written';
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
  return `${listOf(names)} cannot log in`;
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
  const { section, seen, entries } = place;
  const start = ignoredFrom(place);
  if (start === undefined) return;
  const names = entries
    .filter((entry) => view.standing.get(entry)?.reason?.rule === 'second-document-ignored')
    .map((entry) => whoOf(entry.principal));
  const marker = { start, end: start + 3, text: '' };
  const isDocument = seen.text.startsWith('---', start);
  yield {
    rule: 'second-document-ignored',
    at: { section, start, end: start + 3 },
    sentence: `${section} is read up to this line: the authenticator reads one YAML document alone.`,
    effect: names.length === 0 ? 'What follows is ignored.' : `What follows is ignored: ${listOf(names)}.`,
    fix: isDocument ? { text: '', splices: [marker], givesAccess: true } : undefined,
  };
}
