/** What the proof of a fix lets pass: what the authenticator reads differs in the entry that it is about alone. */
import { type Section } from '../../../../access/aws-auth/identity-mapping';
import { parseSection } from '../../../../access/aws-auth/reading/parse-section';
import { type RuleName } from '../../../../access/explain/finding';
import { findingsOf } from '../../../../access/explain/findings';
import { isProved, isTogetherProved } from '../../../../access/explain/fix-proof';
import { fixedText } from '../../../../access/explain/fixing';
import { fixOne } from '../../../../access/explain/seen-document';
import { seenAwsAuth } from './seen';

const role = (name: string, username = 'a') =>
  `- rolearn: arn:aws:iam::111122223333:role/${name}\n  username: ${username}\n`;
const LOST = `${role('a')}  groups: [\n`;
const readingOf = (text: string, section: Section = 'mapRoles') => parseSection(section, text).reading;

test.each<readonly [what: string, before: string, after: string, rule: RuleName, isProved: boolean]>([
  ['a section that can be read then', LOST, role('a'), 'section-unparsable', true],
  ['a section that cannot be read either', LOST, `${LOST}x`, 'section-unparsable', true],
  ['a section that has nobody then', LOST, '[]', 'section-unparsable', false],
  ['a section that is lost by it', role('a'), LOST, 'username-missing', false],
  ['another value of one entry', role('a') + role('b'), role('a', 'x') + role('b'), 'username-missing', true],
  ['other values of two', role('a') + role('b'), role('a', 'x') + role('b', 'x'), 'username-missing', false],
  ['an entry more', role('a'), role('a') + role('b'), 'entry-invalid', true],
  ['an entry less', role('a') + role('b'), role('b'), 'entry-invalid', false],
  ['a duplicate less', role('a') + role('a', 'b'), role('a', 'b'), 'duplicate-shadowed', true],
  ['two entries less', role('a') + role('a', 'b'), '[]', 'duplicate-shadowed', false],
  ['no duplicate less', role('a') + role('a', 'b'), role('a') + role('a', 'b'), 'duplicate-shadowed', false],
  ['more entries of a second document', role('a'), role('a') + role('b'), 'second-document-ignored', true],
  ['fewer of them', role('a') + role('b'), role('a'), 'second-document-ignored', false],
])('%s', (_, before, after, rule, expected) => {
  expect(isProved(readingOf(before), readingOf(after), rule)).toBe(expected);
});

const chosen = findingsOf({
  awsAuth: seenAwsAuth({ mapRoles: role('a', 'x:{SessionName}') + role('b', 'x:{SessionName}') }),
}).filter(({ rule }) => rule === 'template-malformed');

test.each<readonly [what: string, before: string, after: string, isProved: boolean]>([
  ['as many changes as fixes', role('a') + role('b'), role('a', 'x') + role('b', 'x'), true],
  ['an entry less', role('a') + role('b'), role('b'), false],
  [
    'three changes',
    role('a') + role('b') + role('c'),
    role('a', 'x') + role('b', 'x') + role('c', 'x'),
    false,
  ],
  ['a section that is lost by them', role('a') + role('b'), LOST, false],
  ['a section that was lost', LOST, role('a'), false],
])('two fixes at once: %s', (_, before, after, expected) => {
  expect(chosen).toHaveLength(2);
  expect(isTogetherProved(readingOf(before), readingOf(after), chosen)).toBe(expected);
});

describe('one fix', () => {
  const [finding] = chosen;
  if (finding?.fix === undefined) throw new Error('no fix');
  const { fix } = finding;
  const text = role('a', 'x:{SessionName}') + role('b', 'x:{SessionName}');
  const pasted = `kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: |\n${text.replaceAll(/^(?=.)/gm, '    ')}`;
  const refused = { refused: 'This cannot be written without changing something else: change it by hand.' };

  test('is written where it is proved', () => {
    expect(fixedText('mapRoles', text, finding)).toBe(text.replace('x:{SessionName}', '"x:{{SessionName}}"'));
    expect(fixOne(pasted, finding)).toEqual({
      text: pasted.replace('x:{SessionName}', '"x:{{SessionName}}"'),
      applied: [finding],
    });
  });

  test.each([
    ['that is for a person to write', { ...finding, fix: undefined }],
    [
      'that would lose the section',
      { ...finding, fix: { ...fix, splices: [{ start: 0, end: 1, text: '{' }] } },
    ],
    ['of no line', { ...finding, at: undefined }],
    [
      'of a section that is not there',
      { ...finding, at: { section: 'mapUsers' as const, start: 0, end: 1 } },
    ],
  ])('%s is refused', (_, other) => {
    expect(fixOne(pasted, other)).toEqual(refused);
  });
});
