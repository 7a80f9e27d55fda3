/** Values that the authenticator reads as empty, or as one where two were meant (GT-13, GT-14, GT-18). */
import { decodeValue } from '../../go-yaml/decode';
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';
import { columnOf } from '../../aws-auth/editing/layout';
import { type Fix } from '../finding';
import { whoOf } from '../who';
import { type Draft } from './draft';
import { flowList, type LoadedEntry, replaced, rewritten, type RuleView, stretchOf, valueOf } from './values';

export function* valueTypeRules(view: RuleView): Generator<Draft> {
  for (const found of view.visible) {
    const { entry, place } = found;
    const notices = place.parsed.reading.notices.filter(({ index }) => index === entry.index);
    const name = valueOf(found, 'username');
    if (notices.some(({ field }) => field === 'username')) yield username(found);
    else if (name !== undefined && isFolded(found, name)) yield swallowed(found, name);
    const groups = valueOf(found, 'groups');
    if (groups?.kind === 'sequence') {
      for (const item of groups.items) {
        if (isFolded(found, item)) yield folded(found, groups, item);
        else if (isNoText(item)) yield element(found, item);
      }
    } else if (notices.some(({ field }) => field === 'groups')) yield notAList(found, groups);
  }
}

function username(found: LoadedEntry): Draft {
  const node = valueOf(found, 'username');
  const at = stretchOf(found, node);
  const raw = found.text.slice(at.start, at.end);
  return {
    rule: 'username-not-a-string',
    entry: found.entry,
    at,
    sentence: 'The authenticator does not read this user name as text, and takes an empty one.',
    effect: `${whoOf(found.entry.principal)} logs in with no user name.`,
    fix: node?.kind === 'scalar' ? rewritten(found, node, raw, true) : undefined,
  };
}

function notAList(found: LoadedEntry, node: YamlNode | undefined): Draft {
  const isMap = node?.kind === 'mapping';
  return {
    rule: 'groups-not-a-list',
    entry: found.entry,
    at: stretchOf(found, node),
    sentence: `groups is ${isMap ? 'a map' : 'one word'}, not a list.`,
    effect: `${whoOf(found.entry.principal)} logs in with no groups.`,
    fix: node && asList(found, node),
  };
}

function asList(found: LoadedEntry, node: YamlNode): Fix | undefined {
  const groups = wordsOf(node);
  const list = groups && flowList(groups);
  const fix = list === undefined ? undefined : replaced(found, node, list, true);
  if (fix === undefined || groups?.includes('system:masters') !== true) return fix;
  return { ...fix, note: 'this gives it full control; that is what the line asks for' };
}

/** Of `system:masters`, `a, b`, `-a -b`, `{a, b}`. */
function wordsOf(node: YamlNode): readonly string[] | undefined {
  if (node.kind === 'scalar') {
    const words = node.value.split(/[\s,]+/).map((word) => word.replace(/^-|^["'[\]]+|["'[\]]+$/g, ''));
    return words.some((word) => word !== '') ? words.filter((word) => word !== '') : undefined;
  }
  if (node.kind !== 'mapping' || !node.isFlow) return undefined;
  const keys = node.pairs.map(([key, value]) =>
    key.kind === 'scalar' && value.kind === 'scalar' && value.value === '' ? key.value : '',
  );
  return keys.length > 0 && keys.every((key) => key !== '') ? keys : undefined;
}

function isNoText(item: YamlNode): boolean {
  const { type } = decodeValue(item);
  return type !== 'string' && type !== 'null';
}

function element(found: LoadedEntry, item: YamlNode): Draft {
  const at = stretchOf(found, item);
  let text: string | undefined;
  if (item.kind === 'scalar') text = found.text.slice(at.start, at.end);
  const pair = item.kind === 'mapping' && item.pairs.length === 1 ? item.pairs[0] : undefined;
  if (pair?.[0].kind === 'scalar' && pair[1].kind === 'scalar') text = `${pair[0].value}:${pair[1].value}`;
  return {
    rule: 'groups-not-a-list',
    entry: found.entry,
    at,
    sentence: `This group is ${item.kind === 'mapping' ? 'a map, because of the space after its colon' : 'no text to the authenticator'}.`,
    effect: `${whoOf(found.entry.principal)} logs in without it.`,
    fix: text === undefined ? undefined : rewritten(found, item, text, true),
  };
}

/** The line after it is a dash that is indented too far, so that it became part of it. */
function isFolded(found: LoadedEntry, item: YamlNode): boolean {
  if (item.kind !== 'scalar' || item.style !== 'plain') return false;
  const { start, end } = stretchOf(found, item);
  return /[\r\n][ \t]*-[ \t]/.test(found.text.slice(start, end));
}

/** Groups without their key, after a user name. */
function swallowed(found: LoadedEntry, node: YamlNode): Draft {
  const at = stretchOf(found, node);
  const raw = found.text.slice(at.start, at.end);
  const indent = ' '.repeat(columnOf(found.text, found.entry.start));
  const text = raw.replace(/(\r\n|\n|\r)/, `$1${indent}groups:$1`);
  return {
    rule: 'item-folded',
    entry: found.entry,
    at,
    sentence: 'The lines after this user name are read as part of it: "groups:" is missing above them.',
    effect: `${whoOf(found.entry.principal)} logs in as ${JSON.stringify(found.loaded.username)}.`,
    fix: { text, splices: [{ ...at, text }], givesAccess: true },
  };
}

function folded(found: LoadedEntry, list: SequenceNode, item: YamlNode): Draft {
  const at = stretchOf(found, item);
  const raw = found.text.slice(at.start, at.end);
  const indent = ' '.repeat(columnOf(found.text, list.marks[0] ?? list.start));
  const text = raw.replace(/(\r\n|\n|\r)[ \t]*(?=-[ \t])/g, `$1${indent}`);
  const fix: Fix = { text, splices: [{ ...at, text }], givesAccess: true };
  return {
    rule: 'item-folded',
    entry: found.entry,
    at,
    sentence: list.isFlow
      ? 'In brackets a dash begins no group: both lines are read as one.'
      : 'The dash on the next line is indented too far: both lines are read as one group.',
    effect: `${whoOf(found.entry.principal)} logs in with one group that has a dash in its name.`,
    fix: list.isFlow ? undefined : fix,
  };
}
