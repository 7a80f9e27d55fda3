/** The law of a redacted document: the same rules on the same lines and columns, and no name of the original is left. */
import fc from 'fast-check';
import { redacted } from '../../../site/model/redact';
import { EXAMPLES } from '../../../site/model/examples';
import { problemsOf } from '../../../site/model/problems';
import { SAMPLE } from '../access/explain/sample';
import { documents, pageOf } from './seen';

const places = (text: string) =>
  problemsOf(pageOf(text)).map(({ finding: { rule, level, span } }) => [rule, level, span?.from, span?.to]);

function check(text: string): string {
  const result = redacted(pageOf(text));
  if ('refused' in result) throw new Error(`refused: ${text}`);
  expect(places(result.text)).toEqual(places(text));
  expect(result.text).toHaveLength(text.length);
  expect(result.text.split('\n')).toHaveLength(text.split('\n').length);
  return result.text;
}

test.each([
  ...documents,
  ['the sample', SAMPLE] as const,
  ...EXAMPLES.map(({ title, document }) => [title, document] as const),
])('%s', (_, text) => {
  check(text);
});

test('names, account ids and sessions become others, the same wherever they are', () => {
  const text = check(SAMPLE);
  for (const name of [
    '111122223333',
    '444455556666',
    'prod',
    'ci-deploy',
    'dev',
    'alice',
    'bob',
    'viewers',
    'team',
    '0123456789abcdef',
    'Admin',
  ])
    expect(text).not.toContain(name);
  const role = /AWSReservedSSO_(\w+)_0{16}/.exec(text);
  expect(role?.[1]).toMatch(/^[A-Z][a-z]{4}$/);
  const [, lower = '', upper = ''] = /role\/([a-z]{3})\n[^]*role\/([A-Z]{3})\n/.exec(text) ?? [];
  expect(upper.toLowerCase()).toBe(lower);
  expect(text).toContain('username: system:node:{{EC2PrivateDNSName}}');
});

const NAMES = [
  'dev',
  'DEV',
  'jane.doe',
  'ops',
  'yes',
  'on',
  'x',
  'über',
  'Team_7',
  '0x1F',
  '1e5',
  '000012345678',
  '@bob',
];
const ARNS = [
  'arn:aws:iam::111122223333:role/NAME',
  'arn:aws:iam::111122223333:role/team/NAME',
  'arn:aws:iam::012345678901:user/NAME',
  'arn:aws:sts::111122223333:assumed-role/NAME/session',
  'arn:aws:iam::111122223333:role/AWSReservedSSO_NAME_00aabbccddeeff11',
  'arn:aws:iam::111122223333:role/AWSServiceRoleForNAME',
  'arn:aws:iam:eu-west-1:111122223333:role/NAME',
  '<NAME>',
];
const entry = fc
  .record({
    key: fc.constantFrom('rolearn', 'userarn', 'roleARN', 'role_arn', 'rolarn'),
    arn: fc
      .tuple(fc.constantFrom(...ARNS), fc.constantFrom(...NAMES))
      .map(([arn, name]) => arn.replace('NAME', name)),
    user: fc.constantFrom(
      'NAME',
      '"NAME"',
      'NAME:{{SessionName}}',
      '{{NAME}}',
      '"{{ SessionName }}"',
      '{SesionName}',
    ),
    name: fc.constantFrom(...NAMES),
    groups: fc.constantFrom('[NAME]', 'system:masters', '\n      - system:nodes\n      - NAME', '[a, NAME]'),
    comment: fc.constantFrom('', ' # ask NAME', ' # eks-access-ignore: masters-wide NAME said so'),
  })
  .map(({ key, arn, user, name, groups, comment }) =>
    `    - ${key}: ${arn}${comment}\n      username: ${user}\n      groups: ${groups}\n`.replaceAll(
      'NAME',
      name,
    ),
  );
const document = fc
  .tuple(fc.array(entry, { minLength: 1, maxLength: 5 }), fc.constantFrom('mapRoles', 'mapUsers', 'maproles'))
  .map(
    ([entries, section]) =>
      `metadata: {name: aws-auth, namespace: kube-system}\ndata:\n  ${section}: |\n${entries.join('')}`,
  );

test('generated documents: what is found stays, or nothing is copied and that is said', () => {
  let refused = 0;
  fc.assert(
    fc.property(document, (text) => {
      const result = redacted(pageOf(text));
      if ('refused' in result) refused += 1;
      else {
        expect(places(result.text)).toEqual(places(text));
        expect(result.text).not.toMatch(/jane|doe|111122223333|012345678901/i);
      }
    }),
    { numRuns: 300 },
  );
  // It is a rare way out, and not how the law is held.
  expect(refused).toBeLessThan(15);
});
