/** A section that is YAML and no list: its key written once more inside, or one entry without its dash (GT-17). Pure. */
import { type Splice } from '../aws-auth/editing/layout';
import { fieldOf } from '../aws-auth/editing/style';
import { type Section, SECTIONS } from '../aws-auth/identity-mapping';
import { parseSection } from '../aws-auth/reading/parse-section';
import { type YamlNode } from '../go-yaml/node';
import { readYaml, YamlError } from '../go-yaml/read';
import { type LostSection } from './cause';
import { lineAt } from './lines';

/** Undefined where the section is a list, or no YAML at all. */
export function notAList(section: Section, text: string): LostSection | undefined {
  // A text in braces is read as JSON, which is another cause.
  if (text.trimStart().startsWith('{') && section !== 'mapAccounts') return undefined;
  let root: YamlNode | undefined;
  try {
    root = readYaml(text).root;
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
  if (root === undefined || root.kind === 'sequence') return undefined;
  const { start } = root;
  const line = lineAt(text, start);
  return {
    rule: 'section-not-a-list',
    cause: 'not-a-list',
    why: whyOf(section, root),
    start,
    end: Math.max(start, line.start + line.text.trimEnd().length),
    splice: cures(text, section, root).find((cure) => isList(text, section, cure)),
  };
}

/** What its only key, which is that of a section, has as its value. */
function underRepeatedKey(root: YamlNode): YamlNode | undefined {
  if (root.kind !== 'mapping' || root.pairs.length > 1) return undefined;
  const isSection = (key: YamlNode): boolean =>
    key.kind === 'scalar' && SECTIONS.some((each) => each.toLowerCase() === key.value.toLowerCase());
  return root.pairs.find(([key]) => isSection(key))?.[1];
}

function whyOf(section: Section, root: YamlNode): string {
  if (underRepeatedKey(root) !== undefined)
    return `its text has the key ${section} once more, and has to begin with a list`;
  if (section === 'mapAccounts') return 'it has to be a list of account ids';
  return 'it has to be a list of entries, each beginning with a dash';
}

function cures(text: string, section: Section, root: YamlNode): readonly Splice[] {
  const list = underRepeatedKey(root);
  if (list !== undefined) {
    const { start } = list;
    // From the key to the list, whose lines keep their indentation.
    const line = lineAt(text, start).start;
    return [{ start: root.start, end: line > root.start ? line : start, text: '' }];
  }
  const isEntry = root.kind === 'mapping' && root.pairs.some(([key]) => fieldOf(key) === 'arn');
  if (isEntry && root.kind === 'mapping' && !root.isFlow) {
    const indented = text.slice(root.start, root.end).replace(/(\r\n|\n|\r)(?=[^\r\n])/g, '$1  ');
    return [{ start: root.start, end: root.end, text: `- ${indented}` }];
  }
  if (section === 'mapAccounts' && root.kind === 'scalar' && /^\d{12}$/.test(root.value))
    return [{ start: root.start, end: root.end, text: `["${root.value}"]` }];
  return [];
}

function isList(text: string, section: Section, { start, end, text: cure }: Splice): boolean {
  const { reading } = parseSection(section, text.slice(0, start) + cure + text.slice(end));
  return reading.error === undefined && reading.entries.length > 0;
}
