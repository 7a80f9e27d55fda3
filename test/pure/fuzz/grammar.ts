/** Sections as people and programs write them, in every style that YAML 1.1 has for a list of maps. */
import { type Section } from '../../../access/aws-auth/identity-mapping';
import { type Random } from '../../random';
import { oddBlock, oddScalar } from './odd-scalars';

export const ARNS = [
  'arn:aws:iam::111122223333:role/foo',
  'arn:aws:iam::111122223333:role/Foo',
  'arn:aws:iam::111122223333:role/path/foo',
  'arn:aws:iam::111122223333:user/zoe',
  'arn:aws:iam::111122223333:user/team/zoe',
  'arn:aws-cn:iam::444455556666:role/bar',
] as const;

const NAMES = [
  'joe',
  'system:node:{{EC2PrivateDNSName}}',
  'a b',
  'yes',
  '5',
  'it’s',
  'é😀',
  'x#y',
  '-',
  '~',
] as const;
const GROUPS = [
  'team-a',
  'system:masters',
  'system:nodes',
  'cfn-eks-access',
  'a: b',
  'no',
  '0x1f',
  'é',
] as const;

interface Style {
  readonly dash: number;
  readonly gap: string;
  readonly lineBreak: string;
}

export function documentOf(random: Random, section: Section): string {
  const entries = random.below(random.chance(0.1) ? 9 : 4);
  const lineBreak = random.chance(0.8) ? '\n' : random.pick(['\r\n', '\r', '\r\n', '\n\n']);
  const body = random.chance(0.75)
    ? blockList(random, section, entries, lineBreak)
    : flowList(random, section, entries, lineBreak);
  const before = random.chance(0.7)
    ? ''
    : random.pick([
        '# top\n',
        '---\n',
        '--- # top\n',
        '\n',
        '%YAML 1.1\n---\n',
        '%YAML 1.2\n---\n',
        '%YAML 1.1\n%YAML 1.1\n---\n',
        '%TAG !e! tag:yaml.org,2002:\n---\n',
        '%TAG !! tag:x,2000:\n---\n',
        '%X y\n---\n',
        '--- !!seq\n',
        '--- &all\n',
        ' \n',
      ]);
  const after = random.chance(0.7)
    ? ''
    : random.pick([
        '# end\n',
        '...\n',
        '---\n- x\n',
        '\n\n',
        '  # in\n',
        '   \n',
        '# end',
        ' ',
        '\t\n',
        '...\n]\n',
      ]);
  const text = before.replaceAll('\n', lineBreak) + body + after.replaceAll('\n', lineBreak);
  const cut = random.chance(0.2) ? text.replace(/[\r\n]+$/, '') : text;
  return (random.chance(0.04) ? '\ufeff' : '') + cut;
}

function blockList(random: Random, section: Section, count: number, lineBreak: string): string {
  const style: Style = {
    dash: random.pick([0, 0, 0, 1, 2, 4]),
    gap: random.pick([' ', ' ', ' ', '   ', lineBreak]),
    lineBreak,
  };
  let text = '';
  for (let index = 0; index < count; index += 1) {
    if (random.chance(0.15))
      text +=
        random.pick(['# above', '', '      # deep', `${' '.repeat(style.dash + 2)}# own`, ' ']) + lineBreak;
    text += ' '.repeat(style.dash) + '-' + blockItem(random, section, style) + lineBreak;
  }
  return text;
}

function blockItem(random: Random, section: Section, style: Style): string {
  const anchor = random.chance(0.06) ? ` ${random.pick(['&a', '&b', '!!map', '!x', '&a !!map'])}` : '';
  if (section === 'mapAccounts' || random.chance(0.04)) {
    return `${anchor} ${random.pick(['"012345678901"', '123456789012', "'1'", '*a', '', '[x]', '|\n  5', 'null', '0b11', oddScalar(random, `${style.lineBreak}      `)])}`;
  }
  if (random.chance(0.08)) return `${anchor} ${flowMap(random, section, style.lineBreak)}`;
  const isNested = style.gap === style.lineBreak;
  const column = isNested || anchor !== '' ? style.dash + 2 : style.dash + 1 + style.gap.length;
  const indent = style.lineBreak + ' '.repeat(column);
  const pairs = keysOf(random, section).map((key) => blockPair(random, key, column, style.lineBreak));
  const between = random.chance(0.1) ? `${indent}${random.pick(['# why', '', '  # deeper'])}` : '';
  const start = anchor !== '' || isNested ? anchor + indent : style.gap;
  return start + pairs.join(between + indent);
}

function keysOf(random: Random, section: Section): readonly string[] {
  const arn = section === 'mapUsers' ? 'userarn' : 'rolearn';
  const keys = random.pick([
    [arn, 'username', 'groups'],
    [arn, 'username', 'groups'],
    ['groups', arn, 'username'],
    ['username', 'groups', arn],
    [arn],
    [arn, 'groups'],
    ['username'],
    [arn, 'username', 'groups', 'userid', 'x-key'],
    [arn, arn, 'groups', 'username', 'GROUPS'],
    ['<<', arn, 'username'],
    ['sso', 'username', 'groups'],
    [arn, 'userName', 'roleARN', 'groups', 'Username'],
  ]);
  return keys;
}

function blockPair(random: Random, key: string, column: number, lineBreak: string): string {
  const spelt = random.chance(0.8)
    ? key
    : random.pick([
        `"${key}"`,
        `'${key}'`,
        `${key} `,
        `? ${key}${lineBreak}${' '.repeat(column)}`,
        key.toUpperCase(),
      ]);
  const comment = random.chance(0.08) ? ' # c' : '';
  const colon = random.chance(0.9) ? ': ' : random.pick([':   ', ':\t', ': &v ', ': !!str ', ': *a']);
  if (/^groups$/i.test(key) && random.chance(0.6)) {
    const fold = lineBreak + ' '.repeat(column + 3);
    const groups = Array.from({ length: random.below(4) }, () =>
      random.chance(0.1) ? oddScalar(random, fold) : scalarOf(random, GROUPS),
    );
    if (groups.length > 0 && random.chance(0.65)) {
      const indent = lineBreak + ' '.repeat(column + random.pick([0, 0, 2, 1]));
      return `${spelt}:${comment}${groups.map((group) => `${indent}- ${group}`).join(random.chance(0.1) ? `${indent}# g` : '')}`;
    }
    return `${spelt}${colon}[${groups.join(random.pick([', ', ',', ` ,${lineBreak}${' '.repeat(column + 1)}`]))}]${comment}`;
  }
  if (random.chance(0.07)) {
    const header = random.pick(['|', '>', '|-', '>-', '|+', '>+', '|2', '|1-']);
    const lines = [random.pick(ARNS), random.pick(['', 'more', '# text', ' x'])];
    return `${spelt}: ${header}${lines.map((line) => lineBreak + ' '.repeat(column + 2) + line).join('')}`;
  }
  if (random.chance(0.03)) return `${spelt}: ${oddBlock(random, column, lineBreak)}`;
  if (random.chance(0.1))
    return `${spelt}${colon}${oddScalar(random, lineBreak + ' '.repeat(column + 1))}${comment}`;
  if (key === '<<') return `${spelt}${colon}${random.pick(['*a', '{username: m}', '[*a, *b]', 'x'])}`;
  if (key === 'sso') return `${spelt}${colon}{permissionSetName: P, accountID: "111122223333"}${comment}`;
  return `${spelt}${colon}${scalarOf(random, /arn$/i.test(key) ? ARNS : NAMES)}${comment}`;
}

function scalarOf(random: Random, values: readonly string[]): string {
  const value = random.pick(values);
  switch (random.below(8)) {
    case 0:
      return `'${value.replaceAll("'", "''")}'`;
    case 1:
    case 2:
      return JSON.stringify(value);
    case 3:
      return random.pick([
        '',
        'null',
        '~',
        '12',
        '1.5',
        'true',
        '[]',
        '{}',
        '*a',
        '!!str 5',
        '&a v',
        '"a\\\n   b"',
        '2001-01-01',
      ]);
    default:
      return value;
  }
}

function flowList(random: Random, section: Section, count: number, lineBreak: string): string {
  const space = random.pick(['', ' ', lineBreak, `${lineBreak}  `, '\t', ` # c${lineBreak}`]);
  const items = Array.from({ length: count }, () =>
    section === 'mapAccounts' ? scalarOf(random, ['012345678901', '5']) : flowMap(random, section, lineBreak),
  );
  const trailing = random.chance(0.15) ? ',' : '';
  return `[${space}${items.join(`,${space}`)}${trailing}${space}]${random.pick(['', lineBreak, ` # c${lineBreak}`])}`;
}

function flowMap(random: Random, section: Section, lineBreak: string): string {
  const isJson = random.chance(0.5);
  const space = random.pick(['', '', ' ', `${lineBreak}    `]);
  const pairs = keysOf(random, section).map((key) => {
    const groups = `[${Array.from({ length: random.below(3) }, () => flowScalar(random, GROUPS)).join(random.pick([',', ', ']))}]`;
    const value = /^groups$/i.test(key) ? groups : flowScalar(random, /arn$/i.test(key) ? ARNS : NAMES);
    return `${isJson ? JSON.stringify(key) : key}:${isJson ? random.pick(['', ' ']) : ' '}${value}`;
  });
  return `{${space}${pairs.join(`,${space === '' ? random.pick(['', ' ']) : space}`)}${random.chance(0.05) ? ',' : ''}${space}}`;
}

function flowScalar(random: Random, values: readonly string[]): string {
  if (random.chance(0.8)) return JSON.stringify(random.pick(values));
  return random.chance(0.4) ? oddScalar(random, '\n ') : random.pick(['null', 'x', "'y'", '*a', '', '5']);
}
