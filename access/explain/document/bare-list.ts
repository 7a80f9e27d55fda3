/** A list of entries without a ConfigMap around it, as people copy it out of a guide or a section. */
import { type AwsAuthDocument, type DocumentNote } from './document';
import { LocatedSection } from './located-section';
import { type Lines } from './lines';
import { type Part } from './parts';
import { Pieces } from './pieces';
import { type Section } from '../../aws-auth/identity-mapping';
import { type SequenceNode } from '../../go-yaml/node';
import { fieldsOf } from './nodes';
import { lineStart } from './columns';
import { commentedOut } from './commented-out';
import { noteOf } from './notes';

/** Undefined where the text does not begin with a list. Whether the list can be read is not asked: the authenticator is. */
export function readBareList(
  text: string,
  parts: readonly Part[],
  lines: Lines,
): AwsAuthDocument | undefined {
  if (!beginsWithList(text)) return undefined;
  const notes: DocumentNote[] = [];
  const whole = { from: text.startsWith('\ufeff') ? 1 : 0, to: text.length };
  const shares = parts.length === 1 ? split(parts[0], whole.from) : undefined;
  const [section, ranges]: Share = [sectionOf(text), [whole]];
  const sections: Partial<Record<Section, LocatedSection>> = {};
  for (const [name, own] of shares ?? [[section, ranges] as Share])
    sections[name] = located(name, text, own, lines);
  if (shares === undefined) {
    const sentence = `The list has no ConfigMap around it: it is read as ${section} of ConfigMap kube-system/aws-auth.`;
    notes.push(noteOf('bare-list', 'info', sentence));
  } else {
    const sentence =
      'The list has no ConfigMap around it: entries with rolearn are read as mapRoles, those with userarn as mapUsers.';
    notes.push(noteOf('list-splits', 'info', sentence));
  }
  return {
    kind: 'aws-auth',
    sections: {
      mapRoles: sections.mapRoles,
      mapUsers: sections.mapUsers,
      mapAccounts: sections.mapAccounts,
    },
    data: Object.fromEntries(Object.values(sections).map(({ section: name, text: own }) => [name, own])),
    annotations: {},
    managedFields: undefined,
    notes,
    commentedOut: commentedOut(lines),
  };
}

/** Its first line that is neither blank, a comment nor `---` begins with a dash or a bracket. */
function beginsWithList(text: string): boolean {
  const first = text
    .replace(/^\ufeff/, '')
    .split(/[\r\n]+/)
    .find((line) => !/^\s*(?:#|$|---\s*$)/.test(line));
  return first !== undefined && /^\s*(?:-\s|-$|\[)/.test(first);
}

function sectionOf(text: string): Section {
  if (/\brolearn\b/i.test(text)) return 'mapRoles';
  if (/\buserarn\b/i.test(text)) return 'mapUsers';
  return /^\s*-\s*["']?[0-9]{12}\b/m.test(text) ? 'mapAccounts' : 'mapRoles';
}

interface Range {
  readonly from: number;
  readonly to: number;
}

type Share = readonly [Section, readonly Range[]];

/** The lines of each item to the section of its key; undefined where all of them belong together. */
function split(part: Part | undefined, from: number): readonly Share[] | undefined {
  const root = part?.root;
  if (part === undefined || root?.kind !== 'sequence' || root.start !== root.content) return undefined;
  const sections = sectionsOfItems(root);
  if (new Set(sections).size < 2) return undefined;
  if (root.isFlow)
    return [
      ['mapRoles', inBrackets(root, sections, 'mapRoles')],
      ['mapUsers', inBrackets(root, sections, 'mapUsers')],
    ];
  const starts = root.marks.map((mark, index) => (index === 0 ? from : lineStart(part.text, mark)));
  const rangesOf = (section: Section): readonly Range[] =>
    starts.flatMap((start, index) =>
      sections[index] === section ? [{ from: start, to: starts[index + 1] ?? part.text.length }] : [],
    );
  return [
    ['mapRoles', rangesOf('mapRoles')],
    ['mapUsers', rangesOf('mapUsers')],
  ];
}

/** As `eksctl get iamidentitymapping -o json` prints them: the brackets, and what is between the items and their commas. */
function inBrackets(root: SequenceNode, sections: readonly Section[], section: Section): readonly Range[] {
  const items = [...root.items];
  const last = sections.lastIndexOf(section);
  const own = items.flatMap(({ start, end }, index) => {
    const next = index === last ? undefined : items[index + 1];
    return sections[index] === section ? [{ from: start, to: next?.start ?? end }] : [];
  });
  return [
    { from: root.start, to: items[0]?.start ?? root.end },
    ...own,
    { from: items.at(-1)?.end ?? root.start, to: root.end },
  ];
}

function sectionsOfItems(root: SequenceNode): readonly Section[] {
  return Array.from(root.items, (item) =>
    fieldsOf(item).some(({ name }) => name.toLowerCase() === 'userarn') ? 'mapUsers' : 'mapRoles',
  );
}

function located(section: Section, text: string, ranges: readonly Range[], lines: Lines): LocatedSection {
  const pieces = new Pieces(0, ranges[0]?.from ?? 0);
  for (const { from, to } of ranges) pieces.addExact(from, to);
  const own = ranges.map(({ from, to }) => text.slice(from, to)).join('');
  return new LocatedSection(section, own, pieces, lines);
}
