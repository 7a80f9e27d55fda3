/** The nodes of the first document of a section with their offsets in the text, as go-yaml v2's parser groups them. */
import { type ScalarStyle } from './token';

interface NodeBase {
  /** Where the node begins, its anchor and tag included. */
  readonly start: number;
  /** After the last character that belongs to it; trailing comments do not. */
  end: number;
  /** After anchor and tag: where the content begins. */
  readonly content: number;
  readonly anchor: string | undefined;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string;
  /** Resolved to its long form; empty when there is none. Tags of collections mean nothing to go-yaml v2. */
  readonly tag: string;
  /** Without quotes and without tag, or tagged `!`: its text decides the type. */
  readonly implicit: boolean;
  readonly style: ScalarStyle;
}

/** An array, or what makes its elements when they are asked for. */
export interface Items extends Iterable<YamlNode> {
  readonly length: number;
  /**
   * So many of the first are byte for byte those of the list that was known when this one was read. Absent from an
   * array, which was read from end to end.
   */
  readonly alike?: number;
  /** As of an array. */
  at(index: number): YamlNode | undefined;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly isFlow: boolean;
  readonly items: Items;
  /** Block: the dash of each item. Flow: the comma after each item but perhaps the last. */
  readonly marks: number[];
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly isFlow: boolean;
  readonly pairs: (readonly [YamlNode, YamlNode])[];
  /** Flow: the comma after each pair but perhaps the last. */
  readonly marks: number[];
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;

export interface YamlDocument {
  /** Undefined for a text without a document: empty or nothing but comments. */
  readonly root?: YamlNode;
  /** After what is the first document's: at `---`, `...` or at the first token after the root. */
  readonly end: number;
  /** How far the scanner had to read. */
  readonly read: number;
}
