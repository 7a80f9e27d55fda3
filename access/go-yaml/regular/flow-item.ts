/** One item of a flow list in regular form, which is JSON without escapes: as it is, or with line breaks and spaces. */
import { type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from '../node';
import { DOUBLE, KEY, scalarAt, takeLength, takeMatch } from './scalar';

export const SPACES = /[ \n]*/y;
const KEY_HERE = new RegExp(`("${KEY}"):[ \\n]*`, 'y');
const STRING_HERE = new RegExp(DOUBLE, 'y');
const SEPARATOR = /[ \n]*([,\]}])/y;

/** `at`: its brace. Undefined when it is not in regular form. */
export function readFlowItem(text: string, at: number): MappingNode | undefined {
  if (text[at] !== '{') return undefined;
  const pairs: [YamlNode, YamlNode][] = [];
  const marks: number[] = [];
  let next = at + 1 + takeLength(SPACES, text, at + 1);
  for (;;) {
    const [all, name] = takeMatch(KEY_HERE, text, next) ?? [];
    if (all === undefined || name === undefined) return undefined;
    const place = next + all.length;
    const value = text[place] === '[' ? readStrings(text, place) : readString(text, place);
    const separator = value === undefined ? undefined : takeSeparator(text, value.end, '}');
    if (value === undefined || separator === undefined) return undefined;
    pairs.push([scalarAt(next, name), value]);
    next = separator.next;
    if (separator.comma === undefined) break;
    marks.push(separator.comma);
  }
  return {
    kind: 'mapping',
    start: at,
    end: next,
    content: at,
    anchor: undefined,
    isFlow: true,
    pairs,
    marks,
  };
}

/**
 * From the end of an item or pair to the next one, or after the closing bracket; `comma` is where the comma is.
 * Undefined when neither follows.
 */
export function takeSeparator(
  text: string,
  at: number,
  closing: ']' | '}',
): { readonly next: number; readonly comma?: number } | undefined {
  const [all, found] = takeMatch(SEPARATOR, text, at) ?? [];
  if (all === undefined) return undefined;
  const after = at + all.length;
  if (found === closing) return { next: after };
  if (found !== ',') return undefined;
  return { next: after + takeLength(SPACES, text, after), comma: after - 1 };
}

function readStrings(text: string, start: number): SequenceNode | undefined {
  const items: ScalarNode[] = [];
  const marks: number[] = [];
  let next = start + 1 + takeLength(SPACES, text, start + 1);
  if (text[next] === ']') next += 1;
  else {
    for (;;) {
      const item = readString(text, next);
      const separator = item === undefined ? undefined : takeSeparator(text, item.end, ']');
      if (item === undefined || separator === undefined) return undefined;
      items.push(item);
      next = separator.next;
      if (separator.comma === undefined) break;
      marks.push(separator.comma);
    }
  }
  return {
    kind: 'sequence',
    start,
    end: next,
    content: start,
    anchor: undefined,
    isFlow: true,
    items,
    marks,
  };
}

function readString(text: string, at: number): ScalarNode | undefined {
  const [written] = takeMatch(STRING_HERE, text, at) ?? [];
  return written === undefined ? undefined : scalarAt(at, written);
}
