/** Fixes and their laws over the authenticator's vectors, the corpus, the sample and generated documents. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { splice } from '../../../../access/aws-auth/editing/layout';
import { type AwsAuthData, type Section, SECTIONS } from '../../../../access/aws-auth/identity-mapping';
import { type Finding } from '../../../../access/explain/finding';
import { findingsOf } from '../../../../access/explain/findings';
import { fixAll, fixedText, isFixable } from '../../../../access/explain/fixing';
import { identitiesOf } from '../../../../access/explain/identities';
import { corpus, corpusData } from '../aws-auth/reading/corpus';
import { seenAwsAuth } from './seen';

const vectors = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/authenticator-vectors.json'), 'utf8'),
) as readonly { readonly name: string; readonly configMapData: AwsAuthData }[];

const documents: readonly (readonly [string, AwsAuthData])[] = [
  ...vectors.map(({ name, configMapData }) => [name, configMapData] as const),
  ...corpus.map((file) => [file, corpusData(file)] as const),
];

function check(data: AwsAuthData): void {
  const findings = findingsOf({ awsAuth: seenAwsAuth(data) });
  for (const finding of findings) checkFinding(data, finding);
  const { texts } = fixAll({ awsAuth: seenAwsAuth(data) }, () => true);
  const after = findingsOf({ awsAuth: seenAwsAuth({ ...data, ...texts }) });
  expect(after.filter(isFixable)).toEqual([]);
  const safe = fixAll({ awsAuth: seenAwsAuth(data) });
  expect(safe.applied.filter(({ fix }) => fix?.givesAccess !== false)).toEqual([]);
  expect(whoGetsIn({ ...data, ...safe.texts })).toEqual(whoGetsIn(data));
}

function checkFinding(data: AwsAuthData, finding: Finding): void {
  const { at, sentence, effect, span, fix } = finding;
  expect([...sentence].length).toBeLessThanOrEqual(160);
  expect(sentence).toMatch(/^\S.*[.?]$/s);
  expect(effect).toMatch(/^\S.*\.$/s);
  if (at === undefined) return;
  const text = data[at.section] ?? '';
  const cut = text.slice(at.start, at.end);
  // What is wrong can be seen, but where it is that nothing is there.
  if (finding.rule !== 'section-unparsable')
    expect({ finding, cut: cut.trim() }).not.toMatchObject({ cut: '' });
  expect(span).toMatchObject({ start: at.start, end: at.end });
  if (fix === undefined || !isFixable(finding)) return;
  const after = fixedText(at.section, text, finding);
  expect({ finding, isFixed: after === splice(text, ...fix.splices) }).toEqual({ finding, isFixed: true });
  const left = findingsOf({ awsAuth: seenAwsAuth({ ...data, [at.section]: after ?? '' }) });
  expect(left).not.toContainEqual({ ...finding, fix: expect.anything() as unknown });
}

/** Who gets in, as whom; a removed duplicate changes the place of an entry alone. */
function whoGetsIn(data: AwsAuthData): readonly string[] {
  return identitiesOf({ awsAuth: seenAwsAuth(data) })
    .filter(({ standing }) => standing !== 'not in force')
    .map(({ principal, userName, groups, standing }) =>
      JSON.stringify([principal.toLowerCase(), userName, groups, standing]),
    );
}

test.each(documents)('%s', (_, data) => check(data));

const SECTION: fc.Arbitrary<Section> = fc.constantFrom(...SECTIONS);
const ARNS = [
  'arn:aws:iam::111122223333:role/dev',
  'arn:aws:iam::111122223333:role/DEV',
  'arn:aws:iam::111122223333:role/team/ops',
  'arn:aws:sts::111122223333:assumed-role/ci/session',
  'arn:aws:iam:eu-west-1:111122223333:role/region',
  'arn:aws:iam:111122223333:role/colon',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::111122223333:user/Alice',
  '"arn:aws:iam::111122223333:role/blank "',
  'arn:aws:iam::111122223333:role/*',
  '444455556666',
];
const NAMES = [
  'alice',
  '@bob',
  '{{SessionName}}',
  '"{{SessionName}}"',
  'dev:{SessionName}',
  'yes',
  '42',
  '%x',
  'a: b',
  "'",
];
const GROUPS = [
  '[a, b]',
  'system:masters',
  '\n    - a\n    - b',
  '\n  - a\n    - b',
  '\n    - system: masters',
  '[1, yes]',
  '{a, b}',
  '[]',
];
const entry = fc
  .record({
    dash: fc.constantFrom('- ', '-', '  - '),
    key: fc.constantFrom('rolearn', 'userarn', 'roleARN', 'role_arn'),
    colon: fc.constantFrom(': ', ': ', ': ', ':'),
    arn: fc.constantFrom(...ARNS),
    name: fc.constantFrom(...NAMES),
    groupsKey: fc.constantFrom('groups', 'group'),
    groups: fc.constantFrom(...GROUPS),
    indent: fc.constantFrom('  ', '  ', '  ', '   ', '\t'),
  })
  .map(({ dash, key, colon, arn, name, groupsKey, groups, indent }) => {
    const lines = `${dash}${key}${colon}${arn}\n${indent}username: ${name}\n  ${groupsKey}: ${groups}\n`;
    return lines;
  });
const text = fc
  .tuple(fc.array(entry, { maxLength: 4 }), fc.constantFrom('', '# end\n', '---\n- x\n'), fc.boolean())
  .map(([entries, end, isCrlf]) => {
    const whole = entries.join('') + end;
    return isCrlf ? whole.replaceAll('\n', '\r\n') : whole;
  });

/** The second is repaired up to a line that is indented less than the list, and is shadowed by the first. */
const LISTS_THAT_END: AwsAuthData = {
  mapRoles: `- rolearn: ${ARNS[2]}\n  username: alice\n  groups: [a, b]\n`,
  mapUsers: `  - userarn: ${ARNS[2]}\n  username: yes\n  groups: [a, b]\n-rolearn: ${ARNS[0]}\n  username: alice\n  groups: [a, b]\n`,
};

test('generated documents', () => {
  fc.assert(
    fc.property(fc.dictionary(SECTION, text), (data) => check(data)),
    { numRuns: 300, examples: [[LISTS_THAT_END]] },
  );
});
