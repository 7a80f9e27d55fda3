/** How the entries of a document are written, read off one of them, and new ones in that style. */
import { foldCase } from '../reading/decode-entry';
import { columnOf, dashAt } from './layout';
import { type MappingNode, type SequenceNode, type YamlNode } from '../../go-yaml/node';

export const ENTRY_FIELDS = ['arn', 'username', 'groups'] as const;
export type Field = (typeof ENTRY_FIELDS)[number];

/** White space (and nothing else) around the parts of a flow collection. */
export interface FlowStyle {
  readonly open: string;
  readonly comma: string;
  readonly close: string;
}

export interface EntryStyle {
  readonly newline: string;
  /** A map in braces, as in JSON. */
  readonly isFlow: boolean;
  /** Quote around keys: `"`, `'` or nothing. */
  readonly keyQuote: string;
  /** What is between a key and its value, the colon included. */
  readonly colon: string;
  readonly order: readonly Field[];
  /** Block: white space between the dash and the first key, line break included where there is one. */
  readonly gap: string;
  /** Block: column of the keys. */
  readonly keyColumn: number;
  /** Flow: braces. */
  readonly braces: FlowStyle;
  /** Undefined: one dash a line, `groupsColumn` is the column of the dashes. */
  readonly brackets: FlowStyle | undefined;
  readonly groupsColumn: number;
  /** White space after the dash of a group. */
  readonly groupsGap: string;
}

const SPACED: FlowStyle = { open: '', comma: ' ', close: '' };

/** For a document that shows no style of its own. */
export function plainStyle(newline: string, isFlow: boolean, dashColumn: number): EntryStyle {
  return {
    newline,
    isFlow,
    keyQuote: isFlow ? '"' : '',
    colon: ': ',
    order: ENTRY_FIELDS,
    gap: ' ',
    keyColumn: dashColumn + 2,
    braces: SPACED,
    brackets: isFlow ? SPACED : undefined,
    groupsColumn: dashColumn + 2,
    groupsGap: ' ',
  };
}

/** Reads the style off `entry`, whose dash (block) is in `dashColumn`; what it does not show stays plain. */
export function styleOf(
  text: string,
  entry: YamlNode,
  fallback: EntryStyle,
  dash?: { offset: number; column: number },
): EntryStyle {
  if (entry.kind !== 'mapping' || entry.pairs.length === 0) return fallback;
  const fields = entry.pairs.flatMap(([key, value]) => {
    const field = fieldOf(key);
    return field === undefined ? [] : [{ field, key, value }];
  });
  const [first] = fields;
  if (first === undefined) return fallback;
  const quote = text.charAt(first.key.content);
  const between = text.slice(first.key.end, first.value.start);
  const shown = [...new Set(fields.map(({ field }) => field))];
  const groups = fields.find(({ field }) => field === 'groups')?.value;
  const indent = dash === undefined ? '' : text.slice(dash.offset + 1, entry.content);
  const keyColumn = columnOf(text, entry.content);
  const style: EntryStyle = {
    ...fallback,
    // Texts of several tools have several line ends: the entry's own, or the one after it.
    newline: /\r\n|\n/.exec(text.slice(entry.content))?.[0] ?? fallback.newline,
    isFlow: entry.isFlow,
    keyQuote: quote === '"' || quote === "'" ? quote : '',
    colon: /^[ \t]*:[ \t]*$/.test(between) && first.value.end > first.value.start ? between : ': ',
    order: [...shown, ...ENTRY_FIELDS.filter((field) => !shown.includes(field))],
    gap: /^(?: +|\r?\n +)$/.test(indent) ? indent : ' ',
    keyColumn: dash !== undefined && !/^(?: +|\r?\n +)$/.test(indent) ? dash.column + 2 : keyColumn,
    braces: entry.isFlow ? flowStyleOf(text, entry, entry.pairs, between.endsWith(':') ? '' : ' ') : SPACED,
  };
  return withGroupsStyle(text, style, groups, keyColumn);
}

function withGroupsStyle(
  text: string,
  style: EntryStyle,
  groups: YamlNode | undefined,
  keyColumn: number,
): EntryStyle {
  const noIndent = { ...style, brackets: undefined, groupsColumn: style.keyColumn };
  if (style.isFlow) {
    const comma = style.braces.comma === '' ? '' : ' ';
    const isShown = groups?.kind === 'sequence' && groups.items.length > 0;
    return { ...noIndent, brackets: isShown ? listStyleOf(text, groups, comma) : { ...SPACED, comma } };
  }
  if (groups?.kind !== 'sequence') return noIndent;
  if (groups.isFlow)
    return groups.items.length === 0 ? noIndent : { ...noIndent, brackets: listStyleOf(text, groups, ' ') };
  const dash = dashAt(groups, 0);
  return {
    ...noIndent,
    groupsColumn: style.keyColumn + columnOf(text, dash) - keyColumn,
    groupsGap: /^ +(?=[^ #\r\n])/.exec(text.slice(dash + 1))?.[0] ?? ' ',
  };
}

function listStyleOf(text: string, list: SequenceNode, comma: string): FlowStyle {
  return flowStyleOf(
    text,
    list,
    Array.from(list.items, (item) => [item, item] as const),
    comma,
  );
}

/** One part alone does not show what comes after a comma: `comma`, or what comes after the bracket. */
function flowStyleOf(
  text: string,
  node: MappingNode | SequenceNode,
  parts: readonly (readonly [YamlNode, YamlNode])[],
  comma: string,
): FlowStyle {
  const [first, second] = parts;
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined) return SPACED;
  const open = blankOr(text.slice(node.content + 1, first[0].start), '');
  const close = blankOr(text.slice(last[1].end, node.end - 1), '');
  if (second === undefined) return { open, comma: open === '' ? comma : open, close };
  return { open, comma: blankOr(text.slice((node.marks[0] ?? 0) + 1, second[0].start), ' '), close };
}

function blankOr(text: string, otherwise: string): string {
  return /^\s*$/.test(text) ? text : otherwise;
}

/** Which field a key spells, in whatever case (GT-11). */
export function fieldOf(key: YamlNode): Field | undefined {
  if (key.kind !== 'scalar') return undefined;
  const name = foldCase(key.value);
  if (name === 'rolearn' || name === 'userarn') return 'arn';
  return name === 'username' || name === 'groups' ? name : undefined;
}
