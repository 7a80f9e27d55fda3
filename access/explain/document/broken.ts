/** Why a manifest is not YAML, in words about its text: no parser's. */
import { type BrokenDocument } from './document';
import { type Cause, copiedAlong } from './copied-along';
import { type Lines } from './lines';
import { guessSections } from './guess-sections';
import { indentOf } from '../lines';
import { quoted } from './notes';

/** `errorAt`: where it stops being YAML. */
export function readBroken(errorAt: number, text: string, lines: Lines): BrokenDocument {
  const cause = causeAt(text, Math.min(errorAt, text.length));
  return {
    kind: 'broken',
    ...lines.positionAt(cause.at),
    sentence: cause.sentence,
    guessed: guessSections(text, lines),
  };
}

function causeAt(text: string, offset: number): Cause {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = offset + text.slice(offset).search(/\r?\n|$/);
  const line = text.slice(start, end);
  const cause = copiedAlong(text) ?? causes(text, offset, start, line);
  return (
    cause ?? {
      at: offset,
      sentence: 'This line is not indented as the lines above it want: compare their first characters.',
    }
  );
}

function causes(text: string, offset: number, start: number, line: string): Cause | undefined {
  const character = text.charAt(offset);
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/.test(character)) {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return {
      at: offset,
      sentence: `The control character U+${code} is here, which YAML refuses even in comments: remove it.`,
    };
  }
  if (/^(?:<{7}|={7}|>{7})/.test(line))
    return {
      at: start,
      sentence: 'This is a merge conflict: keep one side, and remove the marks.',
    };
  const space = /^ *\u00a0/m.exec(text.slice(0, start + line.length));
  if (space !== null)
    return {
      at: space.index + space[0].length - 1,
      sentence: 'A no-break space (U+00A0) indents this line, and YAML takes spaces only: write spaces.',
    };
  const tab = /^ *\t/.exec(line);
  if (tab !== null)
    return {
      at: start + tab[0].length - 1,
      sentence: 'A tab indents this line, and YAML takes spaces only: write spaces.',
    };
  const glued = gluedKey(text, offset);
  if (glued !== undefined) return glued;
  if (/^[@`%]$/.test(character))
    return { at: offset, sentence: `A value cannot begin with ${character}: put it in quotes.` };
  if (character === '"' || character === "'")
    return {
      at: offset,
      sentence: `The quote that opens here is not closed, or something follows where it closes.`,
    };
  if (/\{\{/.test(line) && /:\s*\{\{/.test(line))
    return {
      at: start + line.indexOf('{{'),
      sentence: 'A value cannot begin with {{ unless it is in quotes.',
    };
  if (character === ':') return secondValue(text, start, line);
  if (depthAt(text, offset) > DEEP)
    return {
      at: offset,
      sentence: 'Lists and maps nest deeper here than any ConfigMap: is this another file?',
    };
  if (/[[{]/.test(text.trimStart().charAt(0)))
    return {
      at: offset,
      sentence: 'The JSON is broken here: a comma, a quote or a bracket is missing or too many.',
    };
  return undefined;
}

/** `mapRoles:|` is a text, not a key: at it the line after it makes no sense any more. */
function gluedKey(text: string, offset: number): Cause | undefined {
  const before = text.slice(0, offset);
  const nearest = [
    ...before.matchAll(/^[ \t]*(map(?:Roles|Users|Accounts)|data|metadata)(:[|>]|[ \t]*[|>])/gim),
  ].at(-1);
  if (nearest === undefined || before.slice(nearest.index).split('\n').length > 3) return undefined;
  const [written, key = '', mark = ''] = nearest;
  const sentence = `${quoted(key + mark.trim())} is one word to YAML: write "${key}: |", with a space.`;
  return { at: nearest.index + written.length - mark.length, sentence };
}

function secondValue(text: string, start: number, line: string): Cause {
  const at = start + line.search(/\S/);
  const above = text
    .slice(0, start)
    .split('\n')
    .slice(0, -1)
    .findLast((other) => /^\s*[^\s#]/.test(other));
  const isUnder = above !== undefined && indentOf(line) > indentOf(above) && !/:\s*(?:#.*)?$/.test(above);
  if (!isUnder)
    return { at, sentence: 'This line has two values, or a text with ": " in it: put the text in quotes.' };
  return {
    at,
    sentence: `This line is indented under ${quoted(above.trim())}, which has a value already: a line such as "metadata:" is missing above it.`,
  };
}

/** Readers give up a little further on. */
const DEEP = 400;

function depthAt(text: string, offset: number): number {
  let depth = 0;
  for (const [bracket] of text.slice(0, offset).matchAll(/[[\]{}]/g)) depth += /[[{]/.test(bracket) ? 1 : -1;
  return depth;
}
