/** The documents of a text, between lines that begin with `---`, each read as the API server reads it. */
import { YamlError, readYaml } from '../../go-yaml/read';
import { decodeValue } from '../../go-yaml/decode';
import { type YamlNode } from '../../go-yaml/node';
import { readJson } from './read-json';

export interface Part {
  /** The document with the `---` before it. */
  readonly text: string;
  /** Where it begins in the whole text; offsets of its nodes count from there. */
  readonly base: number;
  readonly isJson: boolean;
  /** Undefined for a document of nothing but comments, or one that is not YAML. */
  readonly root?: YamlNode | undefined;
  /** Where it stops being YAML. */
  readonly errorAt?: number | undefined;
  /** Where the reader stops, while something still follows. */
  readonly restAt?: number | undefined;
}

export function readParts(text: string): readonly Part[] {
  const starts = [0];
  for (const { index } of text.matchAll(/(?<=\n)---(?=\s|$)/g)) starts.push(index);
  return starts.map((base, index) => readPart(text.slice(base, starts[index + 1]), base));
}

function readPart(text: string, base: number): Part {
  const json = readJson(text);
  if (json !== undefined) return { text, base, isJson: true, root: json };
  try {
    const { root, end } = readYaml(text);
    // What cannot be decoded is refused just the same; and from here on no alias leads in a circle.
    if (root !== undefined) decodeValue(root);
    const rest = root === undefined ? undefined : /^(?:\.\.\.)?\s*(?:#.*\s*)*/.exec(text.slice(end))?.[0];
    const restAt = rest === undefined || end + rest.length >= text.length ? undefined : end + rest.length;
    return { text, base, isJson: false, root, restAt };
  } catch (error) {
    if (error instanceof YamlError) return { text, base, isJson: false, errorAt: error.offset };
    throw error;
  }
}
