/**
 * Why the authenticator reads nothing of a section, where, and what cures it: each likely change is made and the text
 * read again, so that what is named is the cause and not where a parser stumbled. Pure.
 */
import { splice, type Splice } from '../aws-auth/editing/layout';
import { type Section } from '../aws-auth/identity-mapping';
import { type SectionReading } from '../aws-auth/reading/loaded';
import { parseSection, type ParsedSection } from '../aws-auth/reading/parse-section';
import { guessEntries } from './guess';
import { indentOf, type Line, lineAbove, lineAt, offsetOf } from './lines';
import { type LostSection, type Repair } from './cause';
import { repairsAt, repairsOf } from './repairs';
import { notAList } from './not-a-list';
import { ignoredFrom } from './written';

/** Undefined for a section that is read. */
export function lostSection(parsed: ParsedSection): LostSection | undefined {
  const { text = '', reading } = parsed;
  if (reading.error === undefined) return undefined;
  const list = notAList(reading.section, text);
  if (list !== undefined) return list;
  const offset = Math.min(offsetOf(text, reading.error), text.length);
  const inside = keyInside(reading.section, text, offset);
  if (inside !== undefined) return inside;
  for (const repair of likelyRepairs(text, offset)) {
    const cure = repair.splices.find((each) =>
      isCured(reading.section, text, each, Math.max(offset, repair.end)),
    );
    if (cure !== undefined) return { rule: 'section-unparsable', ...repair, splice: cure };
  }
  return { rule: 'section-unparsable', ...uncured(text, offset) };
}

/** The key of another section, indented as if it were text of this one, which is whole up to there. */
function keyInside(section: Section, text: string, offset: number): LostSection | undefined {
  const found = [...text.matchAll(/^[ \t]*["']?(map(?:Roles|Users|Accounts))["']?[ \t]*:.*$/gm)].find(
    ({ index, 1: key }) =>
      key !== section &&
      index <= offset &&
      parseSection(section, text.slice(0, index)).reading.error === undefined,
  );
  if (found === undefined) return undefined;
  const [line, key] = found;
  const start = found.index + line.search(/\S/);
  const why = `${key} is a key of data, and its line is indented further than that of ${section}`;
  const end = found.index + line.trimEnd().length;
  return { rule: 'section-unparsable', cause: 'indent', why, start, end, splice: undefined };
}

function* likelyRepairs(text: string, offset: number): Generator<Repair> {
  yield* repairsAt(text, offset);
  const line = visibleLine(text, offset);
  const above = lineAbove(text, line);
  const columns = columnsAbove(text, line);
  const own = repairsOf(line, columns);
  const aboves = above === undefined ? [] : repairsOf(above, columnsAbove(text, above));
  const isIndent = ({ cause }: Repair): boolean => cause === 'indent';
  // Where a line stands is the last suspicion: moving one cures much, and means little.
  for (const repairs of [own, aboves]) yield* repairs.filter((repair) => !isIndent(repair));
  for (const repairs of [own, aboves]) yield* repairs.filter(isIndent);
}

/** At the end of the text reading stops after the last line. */
function visibleLine(text: string, offset: number): Line {
  const line = lineAt(text, offset);
  return line.text.trim() === '' ? (lineAbove(text, line) ?? line) : line;
}

/** Where the last few lines above begin, and where the keys after their dashes do; the nearest first. */
function columnsAbove(text: string, line: Line): readonly number[] {
  const columns: number[] = [];
  for (let above = lineAbove(text, line), left = 6; above && left > 0; left -= 1) {
    const afterDashes = above.text.replace(/^ *(?:- +)*/, '');
    columns.push(above.text.length - afterDashes.length, indentOf(above.text));
    above = lineAbove(text, above);
  }
  return [...new Set(columns)];
}

/** Reading gets to the end, or at least beyond this line. */
function isCured(section: Section, text: string, cure: Splice, offset: number): boolean {
  const after = splice(text, cure);
  const cured = parseSection(section, after);
  const result = cured.reading;
  const growth = after.length - text.length;
  const beyond = lineAt(text, Math.min(offset, text.length)).end + Math.max(growth, 0);
  if (result.error !== undefined) return offsetOf(after, result.error) > beyond;
  const end = ignoredFrom(cured) ?? after.length;
  return (end === after.length || end > beyond) && isWhole(result, after.slice(0, end));
}

/** Everybody whom a person sees in the text is an entry then; a line moved to a wrong place makes one part of another. */
function isWhole({ section, entries }: SectionReading, text: string): boolean {
  const loaded = new Set(
    entries.map((entry) => (entry.section === 'mapAccounts' ? entry.accountId : entry.arn)),
  );
  return entries.length > 0 && guessEntries(section, text).every(({ principal }) => loaded.has(principal));
}

function uncured(text: string, offset: number): Omit<LostSection, 'rule'> {
  const line = visibleLine(text, offset);
  const start = Math.min(Math.max(offset, line.start), line.end);
  const end = line.start + line.text.trimEnd().length;
  return {
    cause: 'other',
    why: /^\{\{-?[ \t]*[a-z.$/]/.test(line.text.trimStart())
      ? 'this is a template, which has to be rendered first (helm template)'
      : 'this line does not fit the lines above it',
    start: start < end ? start : line.start,
    end: Math.max(end, start, line.start),
    splice: undefined,
  };
}
