/** Scalars at the corners of YAML 1.1 as go-yaml reads it: words that are no text, numbers, dates, escapes, folds, tags. */
import { type Random } from '../../random';

const WORDS = [
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  'nul',
  '.inf',
  '-.inf',
  '+.inf',
  '.nan',
];
const SIGNS = ['', '', '', '-', '+', '--', '+-'];
const BASES = ['', '', '', '0', '0x', '0X', '0o', '0O', '0b', '0B', '-0b', '0x_'];
const DIGITS = [
  '0',
  '1',
  '7',
  '8',
  '9',
  '12',
  'f',
  'e5',
  'E+5',
  'e-',
  '_',
  '__',
  '.',
  '.5',
  ':',
  '30',
  '9223372036854775807',
];
const DATES = ['2001-01-01', '2001-1-1', '2001-02-30', '20010101', '0000-01-01', '2001-12-14'];
const CLOCKS = [
  't21:59:43.10-05:00',
  'T1:2:3Z',
  ' 21:59:43.10 -5',
  ' 21:59:43',
  ' 24:00:00',
  't21:59:43',
  ' 21:59',
  'T21:59:43+5:00',
];
const ESCAPES = [
  ...[
    '\\n',
    '\\t',
    '\\0',
    '\\e',
    '\\a',
    '\\b',
    '\\_',
    '\\N',
    '\\L',
    '\\P',
    '\\ ',
    '\\/',
    '\\"',
    '\\\\',
    '\\q',
    "\\'",
  ],
  ...[
    '\\x41',
    '\\x4',
    '\\xe9',
    '\\u00e9',
    '\\ud800',
    '\\ud83d\\ude00',
    '\\uD8',
    '\\U0001F600',
    '\\U00110000',
    '\\ufeff',
  ],
];
const PIECES = [
  'a',
  'b c',
  ' ',
  '  ',
  '\t',
  ':',
  ': ',
  '#',
  ' #',
  '-',
  '- ',
  '?',
  ',',
  '[',
  ']',
  '{',
  '}',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '"',
  "'",
  '\\',
  '=',
  '<<',
  'é',
  '😀',
  '\u0085',
  '\u2028',
  '\u00a0',
  '\u200b',
  '\ufeff',
];
const TAGS = [
  '!!str',
  '!!int',
  '!!float',
  '!!bool',
  '!!null',
  '!!binary',
  '!!timestamp',
  '!!seq',
  '!!map',
  '!!set',
  '!!merge',
  '!',
  '!x',
  '!!',
  '!<tag:yaml.org,2002:str>',
  '!<tag:yaml.org,2002:int>',
  '!<x',
  '!e!x',
  '!!s%74r',
];

/** `fold`: a line break and the indentation that goes on with a scalar. */
export function oddScalar(random: Random, fold: string): string {
  const word = random.pick(WORDS);
  switch (random.below(9)) {
    case 0:
      return random.pick([
        word,
        word.toUpperCase(),
        word.charAt(0).toUpperCase() + word.slice(1),
        mixed(random, word),
      ]);
    case 1:
      return random.pick(SIGNS) + random.pick(BASES) + several(random, DIGITS);
    case 2:
      return random.pick(DATES) + (random.chance(0.5) ? random.pick(CLOCKS) : '');
    case 3:
      return `"${several(random, [...ESCAPES, 'a', ' ', fold, `\\${fold}`, fold.repeat(2)])}"`;
    case 4:
      return `'${several(random, ["''", 'a', ' ', '"', '\\', ': ', ' #', fold, fold.repeat(2)])}'`;
    case 5:
      return `${random.pick(TAGS)} ${random.chance(0.7) ? oddScalar(random, fold) : random.pick(['[]', '{}', 'aGk=', 'a%', '*a'])}`;
    case 6:
      return `${random.pick(['&a', '&b', '&a-b', '&', '&é'])} ${random.pick(['v', '5', '', '*a', '[*a]', '{*a: x}'])}`;
    case 7:
      return several(random, ['a', 'b', fold, fold.repeat(2), `${fold}# no`, ' c', ':', '-']);
    default:
      return several(random, PIECES);
  }
}

/** A block scalar with whatever follows its mark. `indent`: of the entry's keys. */
export function oddBlock(random: Random, indent: number, lineBreak: string): string {
  const header =
    random.pick(['|', '>']) + several(random, ['', '', '-', '+', '1', '2', '9', '0', ' ', ' # c', 'x']);
  const lines = Array.from({ length: 1 + random.below(4) }, () => {
    const column = random.pick([indent + 2, indent + 2, indent + 1, indent + 4, indent, 0]);
    return (
      ' '.repeat(column) + random.pick(['a', 'b c', '', ' ', '\t', '# no', '- x', 'a: b', '...', '---', '"'])
    );
  });
  return [header, ...lines].join(lineBreak);
}

function several(random: Random, pieces: readonly string[]): string {
  return Array.from({ length: 1 + random.below(4) }, () => random.pick(pieces)).join('');
}

function mixed(random: Random, word: string): string {
  return [...word].map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter)).join('');
}
