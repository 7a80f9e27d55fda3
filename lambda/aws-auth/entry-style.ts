/** How the entries of a document are written, read off one of them, and new ones in that style. */
import { foldCase } from './entry-decoding';
import { type IdentityMapping } from './identity-mapping';
import { quote } from './quoted-scalar';
import { type MappingNode, type SequenceNode, type YamlNode } from './yaml-tree';

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
  /** What stands between a key and its value, the colon included. */
  readonly colon: string;
  readonly order: readonly Field[];
  /** Block: white space between the dash and the first key, line break included where there is one. */
  readonly gap: string;
  /** Block: column of the keys. */
  readonly keyColumn: number;
  /** Flow: braces. */
  readonly braces: FlowStyle;
  /** Undefined: one dash a line, `groupsColumn` is the column of the dashes. */
  readonly brackets?: FlowStyle;
  readonly groupsColumn: number;
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
    ...(isFlow ? { brackets: SPACED } : {}),
    groupsColumn: dashColumn + 2,
  };
}

/** Reads the style off `entry`, whose dash (block) stands in `dashColumn`; what it does not show stays plain. */
export function styleOf(text: string, entry: YamlNode, fallback: EntryStyle, dash?: { offset: number; column: number }): EntryStyle {
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
    isFlow: entry.isFlow,
    keyQuote: quote === '"' || quote === "'" ? quote : '',
    colon: /^[ \t]*:[ \t]*$/.test(between) && first.value.end > first.value.start ? between : ': ',
    order: [...shown, ...ENTRY_FIELDS.filter((field) => !shown.includes(field))],
    gap: /^(?: +|\r?\n +)$/.test(indent) ? indent : ' ',
    keyColumn: dash !== undefined && !/^(?: +|\r?\n +)$/.test(indent) ? dash.column + 2 : keyColumn,
    braces: entry.isFlow ? flowStyleOf(text, entry, entry.pairs) : SPACED,
  };
  return withGroupsStyle(text, style, groups, keyColumn);
}

function withGroupsStyle(text: string, style: EntryStyle, groups: YamlNode | undefined, keyColumn: number): EntryStyle {
  const { brackets: _, ...rest } = style;
  const noIndent = { ...rest, groupsColumn: style.keyColumn };
  if (style.isFlow) {
    const brackets = groups?.kind === 'sequence' && groups.items.length > 0 ? listStyleOf(text, groups) : undefined;
    return { ...noIndent, brackets: brackets ?? { ...SPACED, comma: style.braces.comma === '' ? '' : ' ' } };
  }
  if (groups?.kind !== 'sequence') return noIndent;
  if (groups.isFlow) return groups.items.length === 0 ? noIndent : { ...noIndent, brackets: listStyleOf(text, groups) };
  return { ...noIndent, groupsColumn: style.keyColumn + columnOf(text, groups.marks[0] ?? groups.content) - keyColumn };
}

function listStyleOf(text: string, list: SequenceNode): FlowStyle {
  const style = flowStyleOf(text, list, list.items.map((item) => [item, item] as const));
  // One item alone does not show what stands between two.
  return list.items.length > 1 ? style : { ...style, comma: style.open.includes('\n') ? style.open : ' ' };
}

function flowStyleOf(text: string, node: MappingNode | SequenceNode, parts: readonly (readonly [YamlNode, YamlNode])[]): FlowStyle {
  const [first, second] = parts;
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined) return SPACED;
  const open = blankOr(text.slice(node.content + 1, first[0].start), '');
  const comma = second === undefined ? open : blankOr(text.slice((node.marks[0] ?? 0) + 1, second[0].start), ' ');
  const close = blankOr(text.slice(last[1].end, node.end - 1), '');
  return { open, comma: second === undefined && open === '' ? ' ' : comma, close };
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

export function columnOf(text: string, offset: number): number {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return offset - lineStart - (lineStart === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

/** The entry behind its dash, or between the commas of a flow list; without a final line break. */
export function renderEntry(mapping: IdentityMapping, style: EntryStyle): string {
  if (mapping.section === 'mapAccounts') return quote(mapping.accountId);
  const pairs = style.order.map((field) => renderPair(field, mapping, style));
  if (!style.isFlow) return pairs.join(style.newline + ' '.repeat(style.keyColumn));
  return `{${style.braces.open}${pairs.join(`,${style.braces.comma}`)}${style.braces.close}}`;
}

/** `key: value`; a list of groups may take several lines. */
export function renderPair(field: Field, mapping: Exclude<IdentityMapping, { section: 'mapAccounts' }>, style: EntryStyle): string {
  const name = field === 'arn' ? (mapping.section === 'mapRoles' ? 'rolearn' : 'userarn') : field;
  const key = style.keyQuote + name + style.keyQuote;
  if (field !== 'groups') return key + style.colon + quote(field === 'arn' ? mapping.arn : mapping.username);
  const groups = renderGroups(mapping.groups, style);
  return groups.startsWith('-') ? `${key}:${style.newline}${' '.repeat(style.groupsColumn)}${groups}` : key + style.colon + groups;
}

/** The value of `groups`: from its first dash or bracket on. */
export function renderGroups(groups: readonly string[], style: EntryStyle): string {
  const items = groups.map(quote);
  if (items.length === 0) return '[]';
  if (style.brackets !== undefined) {
    const { open, comma, close } = style.brackets;
    return `[${open}${items.join(`,${comma}`)}${close}]`;
  }
  return items.map((item) => `- ${item}`).join(style.newline + ' '.repeat(style.groupsColumn));
}
