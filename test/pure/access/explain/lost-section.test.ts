/** Why a section is lost is named by its cause, and the change that is shown cures it. */
import { splice } from '../../../../access/aws-auth/editing/layout';
import { type Section } from '../../../../access/aws-auth/identity-mapping';
import { parseSection } from '../../../../access/aws-auth/reading/parse-section';
import { lostSection } from '../../../../access/explain/lost-section';

const arn = 'arn:aws:iam::111122223333:role/dev';
const entry = (rest: string) => `- rolearn: ${arn}\n${rest}`;

test.each<readonly [cause: string, text: string, cut: string, cured: string]>([
  [
    'template-unquoted',
    entry('  username: {{SessionName}}\n'),
    '{{SessionName}}',
    entry('  username: "{{SessionName}}"\n'),
  ],
  ['indicator', entry('  username: @bob\n'), '@bob', entry('  username: "@bob"\n')],
  ['indicator', entry('  username: *bob # who\n'), '*bob', entry('  username: "*bob" # who\n')],
  ['indicator', entry('  groups:\n  - `x\n'), '`x', entry('  groups:\n  - "`x"\n')],
  ['colon-in-value', entry('  username: a: b\n'), 'a: b', entry('  username: "a: b"\n')],
  ['quote', entry('  username: "bob\n  groups: [a]\n'), '"bob', entry('  username: "bob"\n  groups: [a]\n')],
  ['bracket', entry('  groups: [a, b\n'), '[a, b', entry('  groups: [a, b]\n')],
  [
    'escape',
    `- rolearn: "${arn.replace('/', '\\/')}"\n`,
    `"${arn.replace('/', '\\/')}"`,
    `- rolearn: "${arn}"\n`,
  ],
  ['tab', entry('\tusername: bob\n'), '\t', entry('  username: bob\n')],
  ['control-character', entry('  username: bob # \u007f\n'), '\u007f', entry('  username: bob # \n')],
  ['control-character', entry('  username: 😀 # 😀\u007f\n'), '\u007f', entry('  username: 😀 # 😀\n')],
  ['tab', `\t\n${entry('  username: a\n')}`, '\t', `  \n${entry('  username: a\n')}`],
  ['indicator', `\ufeff- rolearn: @${arn}\n`, `@${arn}`, `\ufeff- rolearn: "@${arn}"\n`],
  ['line-separator', entry('  # a\u2028b\n  username: bob\n'), '\u2028', entry('  # ab\n  username: bob\n')],
  ['no-space-after-colon', `- rolearn:${arn}\n  username: a\n`, ':', `- rolearn: ${arn}\n  username: a\n`],
  ['no-space-after-dash', `-rolearn: ${arn}\n  username: a\n`, '-', `- rolearn: ${arn}\n  username: a\n`],
  ['indent', entry('   username: bob\n'), 'username: bob', entry('  username: bob\n')],
  [
    'indent',
    entry(`  username: bob\n - rolearn: ${arn}2\n`),
    `- rolearn: ${arn}2`,
    entry(`  username: bob\n- rolearn: ${arn}2\n`),
  ],
  ['json-object', `{"rolearn": "${arn}"}`, '{', `[{"rolearn": "${arn}"}]`],
  ['not-a-list', `mapRoles:\n${entry('  username: a\n')}`, 'mapRoles:', entry('  username: a\n')],
  ['not-a-list', `rolearn: ${arn}\nusername: a\n`, `rolearn: ${arn}`, `- rolearn: ${arn}\n  username: a\n`],
  [
    'not-a-list',
    `mapRoles: [{rolearn: "${arn}"}] # all\n`,
    `mapRoles: [{rolearn: "${arn}"}] # all`,
    `[{rolearn: "${arn}"}] # all\n`,
  ],
  ['not-a-list', '444455556666', '444455556666', '["444455556666"]'],
])('%s: %j', (cause, text, cut, cured) => {
  const section: Section = /^\d+$/.test(text) ? 'mapAccounts' : 'mapRoles';
  const found = lostSection(parseSection(section, text));
  expect(found).toMatchObject({ cause });
  expect(text.slice(found?.start, found?.end)).toBe(cut);
  expect(found?.splice && splice(text, found.splice)).toBe(cured);
  expect(parseSection(section, cured).reading).toMatchObject({ state: 'ok' });
});

test.each([
  ['a line without a key', '  no key at all\n  username: c\n'],
  ['two faults in one value', '  username: @b\u0007\n'],
])('what nothing cures has a place all the same: %s', (_, rest) => {
  const text = entry(rest);
  const found = lostSection(parseSection('mapRoles', text));
  expect(found).toMatchObject({ rule: 'section-unparsable', splice: undefined });
  expect(text.slice(found?.start, found?.end).trim()).not.toBe('');
});

test('a section that is read is not lost', () => {
  expect(lostSection(parseSection('mapRoles', entry('  username: a\n')))).toBeUndefined();
  expect(lostSection(parseSection('mapRoles', undefined))).toBeUndefined();
});
