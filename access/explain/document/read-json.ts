/**
 * JSON as nodes with offsets. An API server takes a text that begins with a brace for JSON, and some JSON is no YAML
 * 1.1: `\/`, surrogate pairs, tabs (GT-8, GT-16).
 */
import { type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from '../../go-yaml/node';

/** Undefined where the text is not JSON, or nests deeper than any manifest. */
export function readJson(text: string): YamlNode | undefined {
  const start = text.search(/(?!^\ufeff)[^ \t\r\n]|$/);
  if (!/[[{]/.test(text.charAt(start))) return undefined;
  try {
    JSON.parse(text.slice(text.startsWith('\ufeff') ? 1 : 0));
  } catch {
    return undefined;
  }
  return new JsonReader(text, start).value(0);
}

const DEPTH_LIMIT = 500;

/** The text is known to be JSON: nothing is checked twice. */
class JsonReader {
  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  value(depth: number): YamlNode | undefined {
    if (depth > DEPTH_LIMIT) return undefined;
    const first = this.text.charAt(this.at);
    return first === '{' ? this.map(depth) : first === '[' ? this.list(depth) : this.scalar(first);
  }

  private map(depth: number): MappingNode | undefined {
    const start = this.at;
    const pairs: (readonly [YamlNode, YamlNode])[] = [];
    for (this.step(); this.text.charAt(this.at) !== '}';) {
      if (this.text.charAt(this.at) === ',') this.step();
      const key = this.scalar('"');
      this.skip(/[ \t\r\n]*:[ \t\r\n]*/y);
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      pairs.push([key, value]);
      this.skip(/[ \t\r\n]*/y);
    }
    this.at += 1;
    const place = { start, content: start, end: this.at, anchor: undefined };
    return { kind: 'mapping', ...place, isFlow: true, pairs, marks: [] };
  }

  private list(depth: number): SequenceNode | undefined {
    const start = this.at;
    const items: YamlNode[] = [];
    for (this.step(); this.text.charAt(this.at) !== ']';) {
      if (this.text.charAt(this.at) === ',') this.step();
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      this.skip(/[ \t\r\n]*/y);
    }
    this.at += 1;
    const place = { start, content: start, end: this.at, anchor: undefined };
    return { kind: 'sequence', ...place, isFlow: true, items, marks: [] };
  }

  private scalar(first: string): ScalarNode {
    const start = this.at;
    const isText = first === '"';
    this.skip(isText ? /"(?:[^"\\]|\\.)*"/y : /[^\s,\]}]+/y);
    const written = this.text.slice(start, this.at);
    return {
      kind: 'scalar',
      start,
      content: start,
      end: this.at,
      anchor: undefined,
      value: isText ? (JSON.parse(written) as string) : written,
      tag: '',
      implicit: !isText,
      style: isText ? 'double' : 'plain',
    };
  }

  private step(): void {
    this.at += 1;
    this.skip(/[ \t\r\n]*/y);
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }
}
