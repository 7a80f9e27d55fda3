/** Access entries of permission sets whose role is gone: what a run says of them, and when. */
import { type Account, runOver } from './simulated-account';

const ofSet = (suffix: string): string =>
  `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_${suffix.repeat(16)}`;
const FORMER = ofSet('0');
const OWNER = 'v1/arn:aws:cloudformation:us-east-1:111122223333:stack/app/1/A';
const tags = { 'cfn-eks-access:owner': OWNER, 'cfn-eks-access:set': 'Ops' };
const GONE = 'the role of a mapped permission set is gone';

/** The lines that are about the role; each time of a cluster of another name, of which no run knows anything. */
async function told(name: string, more: Partial<Account>, moreTags: Readonly<Record<string, string>> = {}) {
  const { lines } = await runOver({
    modes: { [name]: 'API_AND_CONFIG_MAP' },
    isTurn: () => true,
    setRoles: [],
    tags: { [name]: { [FORMER]: { ...tags, ...moreTags } } },
    start: Date.UTC(2026, 0, 1),
    ...more,
  });
  const about = ['set', 'reason'] as const;
  return lines
    .filter(({ message }) => [GONE, 'the roles of permission sets were not looked for'].includes(message))
    .map((line) => about.flatMap((field) => (line[field] === undefined ? [] : [line[field]])));
}

test.each<[string, string, Partial<Account>, Readonly<Record<string, string>>, readonly unknown[][]]>([
  ['a', 'its set has no role', {}, {}, [['Ops', 'the permission set has no role in this account now']]],
  [
    'b',
    'its set has several roles',
    { setRoles: [ofSet('1'), ofSet('2')] },
    {},
    [
      [
        'Ops',
        `the permission set has several roles, so that none can be chosen: ${ofSet('1')}, ${ofSet('2')}`,
      ],
    ],
  ],
  [
    'c',
    'its entry was changed since',
    { setRoles: [ofSet('1')] },
    { 'cfn-eks-access:wrote': 'x' },
    [
      [
        'Ops',
        'another tool has changed the mapping since it was written: run the mapping again with another Revision',
      ],
    ],
  ],
  ['d', 'it is not the turn of the cluster', { isTurn: () => false }, {}, []],
  ['e', 'the role is there', { setRoles: [FORMER] }, {}, []],
  ['f', 'its entry has ended', {}, { 'cfn-eks-access:expires': '2025-12-31T00:00:00.000Z' }, []],
  ['g', 'the provider looks for no permission sets', { setRoles: undefined }, {}, []],
  [
    'h',
    'IAM does not tell',
    { setRoles: { name: 'AccessDenied', status: 403, message: 'no', requestId: undefined } },
    {},
    [[expect.stringMatching(/iam:ListRoles/) as string]],
  ],
])('cluster %s: %s', async (name, _, account, moreTags, lines) => {
  expect(await told(name, account, moreTags)).toEqual(lines);
});
