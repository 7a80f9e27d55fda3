/** What has to change within one entry so that it says something else: value by value, so that its other keys and comments stay. */
import { decodeValue } from '../../go-yaml/decode';
import { type MappingNode, type SequenceNode, type YamlNode } from '../../go-yaml/node';
import { type PrincipalMapping } from '../identity-mapping';
import { decodeEntry, foldCase } from '../reading/decode-entry';
import { lineEnd } from '../../go-yaml/read';
import { type Splice, afterBreak, beforeBreak, columnOf, contentEnd, dashAt, lineStart } from './layout';
import { quote } from './quote';
import { renderGroups, renderPair } from './render';
import { type EntryStyle, type Field, ENTRY_FIELDS, fieldOf } from './style';

/** Empty where nothing has to change. */
export function valueSplices(
  text: string,
  item: MappingNode,
  mapping: PrincipalMapping,
  style: EntryStyle,
): readonly Splice[] {
  const splices: Splice[] = [];
  const missing: Field[] = [];
  const current = decodeEntry(mapping.section === 'mapRoles' ? 'rolearn' : 'userarn', decodeValue(item));
  for (const field of ENTRY_FIELDS) {
    if (
      isEqual(current[field], mapping[field]) &&
      current.problems.every((problem) => !belongsTo(problem.field, field))
    )
      continue;
    const pair = pairInForce(item, field, mapping.section);
    if (pair === undefined) missing.push(field);
    else splices.push(...valueSplice(text, pair, field, mapping, style));
  }
  const last = item.pairs[item.pairs.length - 1];
  if (missing.length > 0 && last !== undefined)
    splices.push(pairsAfter(text, last[1], missing, mapping, style));
  return splices;
}

function isEqual(a: string | readonly string[], b: string | readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function belongsTo(problemField: string, field: Field): boolean {
  return problemField === field || (field === 'arn' && problemField.endsWith('arn'));
}

/** Of several spellings the bytewise last counts, of equal ones the last (GT-10, GT-11). */
export function pairInForce(
  item: MappingNode,
  field: Field,
  section: PrincipalMapping['section'],
): readonly [YamlNode, YamlNode] | undefined {
  let found: readonly [YamlNode, YamlNode] | undefined;
  let foundName = '';
  for (const pair of item.pairs) {
    const [key] = pair;
    if (key.kind !== 'scalar' || fieldOf(key) !== field) continue;
    if (field === 'arn' && foldCase(key.value) !== (section === 'mapRoles' ? 'rolearn' : 'userarn')) continue;
    if (found === undefined || key.value >= foundName) [found, foundName] = [pair, key.value];
  }
  return found;
}

function valueSplice(
  text: string,
  [key, value]: readonly [YamlNode, YamlNode],
  field: Field,
  mapping: PrincipalMapping,
  style: EntryStyle,
): readonly Splice[] {
  const stretch = { start: value.start, end: contentEnd(text, value) };
  const space = value.end > value.start ? '' : ' ';
  if (field !== 'groups') return [{ ...stretch, text: space + quote(mapping[field]) }];
  if (value.kind === 'sequence' && !value.isFlow) {
    if (mapping.groups.length > 0) return [groupSplice(text, value, mapping.groups, style)];
    const colon = text.indexOf(':', key.end) + 1;
    const afterLineBefore = lineStart(text, dashAt(value, 0));
    return [
      { start: colon, end: colon, text: ' []' },
      { ...stretch, start: Math.max(colon, beforeBreak(text, afterLineBefore)), text: '' },
    ];
  }
  const brackets = style.brackets ?? { open: '', comma: ' ', close: '' };
  return [{ ...stretch, text: space + renderGroups(mapping.groups, { ...style, brackets }) }];
}

/** Only the lines between the groups that stay at the start and at the end. */
function groupSplice(text: string, list: SequenceNode, groups: readonly string[], style: EntryStyle): Splice {
  const values = Array.from(list.items, (item) => (item.kind === 'scalar' ? item.value : undefined));
  let same = 0;
  while (same < groups.length && same < values.length && values[same] === groups[same]) same += 1;
  let sameEnd = 0;
  const rest = Math.min(groups.length, values.length) - same;
  while (sameEnd < rest && values[values.length - 1 - sameEnd] === groups[groups.length - 1 - sameEnd])
    sameEnd += 1;
  const dash = (index: number): number => dashAt(list, index);
  const endOf = (index: number): number =>
    Math.max(contentEnd(text, list.items.at(index) ?? list), dash(index) + 1);
  const block = { ...style, brackets: undefined, groupsColumn: columnOf(text, dash(0)) };
  const added = groups.slice(same, groups.length - sameEnd);
  const rendered = added.length === 0 ? '' : renderGroups(added, block);
  const lastOld = values.length - 1 - sameEnd;
  const lineBreak = style.newline + ' '.repeat(block.groupsColumn);
  if (lastOld >= same && rendered !== '') return { start: dash(same), end: endOf(lastOld), text: rendered };
  if (lastOld >= same) {
    const start = lineStart(text, dash(same));
    const end = lineEnd(text, endOf(lastOld));
    return end < text.length
      ? { start, end: afterBreak(text, end), text: '' }
      : { start: beforeBreak(text, start), end, text: '' };
  }
  if (same === 0) return { start: dash(0), end: dash(0), text: rendered + lineBreak };
  const at = lineEnd(text, endOf(same - 1));
  return { start: at, end: at, text: lineBreak + rendered };
}

function pairsAfter(
  text: string,
  last: YamlNode,
  fields: readonly Field[],
  mapping: PrincipalMapping,
  style: EntryStyle,
): Splice {
  const pairs = fields.map((field) => renderPair(field, mapping, style));
  const end = contentEnd(text, last);
  if (style.isFlow)
    return { start: end, end, text: pairs.map((pair) => `,${style.braces.comma}${pair}`).join('') };
  const at = lineEnd(text, end);
  const lineBreak = style.newline + ' '.repeat(style.keyColumn);
  return { start: at, end: at, text: pairs.map((pair) => lineBreak + pair).join('') };
}
