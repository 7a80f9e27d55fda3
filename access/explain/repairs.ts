/**
 * What people write that loses a section, and what they meant: one row a cause, each with the change that would cure it.
 * Which row it was is found by making the change and reading again (`lost-section.ts`). Pure.
 */
import { isQuotable, quote } from '../aws-auth/editing/quote';
import { type Cause, type Repair } from './cause';
import { indentOf, type Line } from './lines';
import { gluedKeys, misread, spaceAfter } from './repairs-of-keys';

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;
const SEPARATOR = /[\x85\u2028\u2029]/g;

/** Changes at the character where reading stopped, anywhere in the text. */
export function repairsAt(text: string, offset: number): readonly Repair[] {
  const repairs: Repair[] = [];
  const first = text.search(/\S/);
  if (text.charAt(first) === '{') {
    const end = text.trimEnd().length;
    const list = { start: first, end, text: `[${text.slice(first, end)}]` };
    repairs.push({
      cause: 'json-object',
      why: 'what begins with { is read as one JSON object, and a list is wanted',
      start: first,
      end: first + 1,
      splices: [list],
    });
  }
  for (const [cause, pattern, why] of [
    ['control-character', CONTROL, 'it holds a control character, which is not allowed even in a comment'],
    ['line-separator', SEPARATOR, 'it holds a character that ends a line in YAML 1.1'],
  ] as const) {
    const found = [...text.matchAll(pattern)].map(({ index }) => index);
    const start = found.includes(offset) ? offset : (found.findLast((index) => index <= offset) ?? found[0]);
    if (start !== undefined)
      repairs.push({ cause, why, start, end: start + 1, splices: [{ start, end: start + 1, text: '' }] });
  }
  const glued = gluedKeys(text, offset);
  return glued === undefined ? repairs : [...repairs, glued];
}

/** Changes of one line. `columns`: where lines above begin, for one that is out of line. */
export function repairsOf(line: Line, columns: readonly number[]): readonly Repair[] {
  return [tab(line), ...misread(line), ...values(line), spaceAfter(line), ...indents(line, columns)].filter(
    (repair) => repair !== undefined,
  );
}

function tab({ start, text }: Line): Repair | undefined {
  const indent = /^[ -]*\t[\t -]*/.exec(text)?.[0];
  if (indent === undefined) return undefined;
  const splices = [2, 4, 8, 1].map((width) => ({
    start,
    end: start + indent.length,
    text: indent.replaceAll('\t', ' '.repeat(width)),
  }));
  const at = start + indent.indexOf('\t');
  return { cause: 'tab', why: 'a tab indents this line: use spaces', start: at, end: at + 1, splices };
}

const INDICATORS = '@`%*&!|>]},?#-:';

/** The value of a key or of a list's item, put in quotes. */
function values({ start, text }: Line): readonly Repair[] {
  const [, before, value] =
    /^([ \t]*(?:-[ \t]+)*(?:["']?[A-Za-z][\w-]*["']?[ \t]*:[ \t]+|(?<=-[ \t]+)))(\S.*?)[ \t]*$/.exec(text) ??
    [];
  if (before === undefined || value === undefined) return [];
  const from = start + before.length;
  const [cause, why] = causeOf(value);
  const repair = (content: string, end: number): Repair[] =>
    isQuotable(content)
      ? [{ cause, why, start: from, end, splices: [{ start: from, end, text: quote(content) }] }]
      : [];
  const end = from + value.length;
  if (cause === 'bracket') {
    const closing = { start: end, end, text: value.startsWith('[') ? ']' : '}' };
    return [{ cause, why, start: from, end, splices: [closing] }];
  }
  if (cause === 'escape') {
    const plain = value.replaceAll('\\/', '/').replace(/(?:\\u[0-9a-f]{4})+/gi, unescapePairs);
    return [{ cause, why, start: from, end, splices: [{ start: from, end, text: plain }] }];
  }
  const bare = value.replace(/^["']|["']$/g, '');
  const comment = /\s#.*$/.exec(value)?.[0].length ?? 0;
  return [...(comment > 0 ? repair(value.slice(0, -comment), end - comment) : []), ...repair(bare, end)];
}

function causeOf(value: string): readonly [Cause, string] {
  const first = value.charAt(0);
  if (value.startsWith('{{')) return ['template-unquoted', 'a value that begins with {{ has to be in quotes'];
  if (first === '"' && /\\[/u]/.test(value))
    return ['escape', 'it holds an escape that YAML 1.1 does not know'];
  if (first === '"' || first === "'") return ['quote', 'a quoted value is not closed, or text follows it'];
  if (INDICATORS.includes(first)) return ['indicator', `a value cannot begin with ${first}`];
  if (first === '{' || first === '[') return ['bracket', `${first} begins a value that is not closed`];
  if (/:(?:\s|$)/.test(value)) return ['colon-in-value', 'a value with ": " in it has to be in quotes'];
  return ['other', 'this value has to be in quotes'];
}

function unescapePairs(escapes: string): string {
  return JSON.parse(`"${escapes}"`) as string;
}

function indents({ start, text }: Line, columns: readonly number[]): readonly Repair[] {
  const width = indentOf(text);
  const splices = columns
    .filter((column) => column !== width)
    .map((column) => ({ start, end: start + width, text: ' '.repeat(column) }));
  if (splices.length === 0) return [];
  const why = 'this line is not indented as the lines it belongs to';
  return [{ cause: 'indent', why, start: start + width, end: start + text.trimEnd().length, splices }];
}
