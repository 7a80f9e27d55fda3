/** Access entries as the AWS CLI prints them: what is read, and what the error names where it is something else. */
import { accessEntriesIn } from '../../../../access/explain/input/access-entries';
import { Problem } from '../../../../access/explain/input/problem';

const ARN = 'arn:aws:iam::111122223333:role/x';
const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const entry = (more: object = {}) => ({ principalArn: ARN, type: 'STANDARD', username: 'x', ...more });
const described = (more?: object) => ({ accessEntry: entry(more) });
const associated = (...policies: readonly unknown[]) => ({
  clusterName: 'prod',
  principalArn: ARN,
  associatedAccessPolicies: policies,
});
const text = (...values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value, null, 2)).join('\n');
const READ = {
  principalArn: ARN,
  type: 'STANDARD',
  username: 'x',
  groups: [],
  policies: undefined,
  tags: {},
  createdAt: undefined,
};

test.each<readonly [what: string, text: string, read: readonly object[]]>([
  ['what describe-access-entry prints', text(described()), [READ]],
  ['the entry alone', text(entry()), [READ]],
  [
    'several in a list',
    text([described(), [entry({ principalArn: `${ARN}2` })]]),
    [READ, { ...READ, principalArn: `${ARN}2` }],
  ],
  ['several under accessEntries', text({ accessEntries: [entry()] }), [READ]],
  [
    'several commands, one after another',
    text(described(), described({ principalArn: `${ARN}2` })),
    [READ, { ...READ, principalArn: `${ARN}2` }],
  ],
  ['nothing but the ARN', text({ principalArn: ARN, username: null }), [{ ...READ, username: '' }]],
  [
    'groups, tags and a date in words',
    text(entry({ kubernetesGroups: ['a', 'b'], tags: { team: 'x' }, createdAt: '2026-01-02T03:04:05Z' })),
    [{ ...READ, groups: ['a', 'b'], tags: { team: 'x' }, createdAt: new Date('2026-01-02T03:04:05Z') }],
  ],
  [
    'a date in seconds',
    text(entry({ createdAt: 1767323045.5 })),
    [{ ...READ, createdAt: new Date(1767323045500) }],
  ],
  [
    'access policies before their entry',
    text(
      associated(
        { policyArn: VIEW, accessScope: { type: 'cluster', namespaces: [] } },
        { policyArn: VIEW, accessScope: { type: 'namespace', namespaces: ['b', 'a'] } },
      ),
      described(),
    ),
    [
      {
        ...READ,
        policies: [
          { policyArn: VIEW, scope: 'cluster', namespaces: [] },
          { policyArn: VIEW, scope: 'namespace', namespaces: ['a', 'b'] },
        ],
      },
    ],
  ],
  ['an entry that has no access policies', text(described(), associated()), [{ ...READ, policies: [] }]],
])('%s', (_, given, read) => {
  expect(accessEntriesIn(given, 'x.json')).toEqual(read);
});

const DESCRIBE = 'Print each with aws eks describe-access-entry --output json.';

const REFUSED: readonly (readonly [what: string, text: string, message: string, hint?: string])[] = [
  ['no JSON', 'ACCESSENTRIES', 'x.json is not JSON.', DESCRIBE],
  ['JSON that stops', '{"accessEntry": {', 'x.json is not JSON.', DESCRIBE],
  ['text between JSON', `${text(entry())} and ${text(entry())}`, 'x.json is not JSON.', DESCRIBE],
  ['values one after another, one of them broken', `${text(entry())} {"a"}`, 'x.json is not JSON.', DESCRIBE],
  ['nothing', '', 'x.json is not JSON.', DESCRIBE],
  [
    'names alone',
    text({ accessEntries: [ARN] }),
    'x.json has names of access entries, and not what they say.',
    DESCRIBE,
  ],
  ['a number', text([described(), 5]), 'x.json holds something that is no access entry.', DESCRIBE],
  [
    'what eksctl prints',
    text([{ principalARN: ARN }]),
    'x.json is of eksctl, which leaves out types and user names.',
    DESCRIBE,
  ],
  ['an entry twice', text(described(), described()), `x.json has ${ARN} twice.`],
  [
    'policies without their entry',
    text(associated()),
    `x.json has access policies of ${ARN}, and not its access entry.`,
    DESCRIBE,
  ],
  ['no ARN', text({ accessEntry: {} }), 'x.json: principalArn is missing, which has to be text.'],
  [
    'groups in one word',
    text(entry({ kubernetesGroups: 'a' })),
    'x.json: kubernetesGroups has to be a list of texts, and is "a".',
  ],
  [
    'a group that is a number',
    text(entry({ kubernetesGroups: [5] })),
    'x.json: kubernetesGroups has to be a list of texts, and is [5].',
  ],
  ['tags in a list', text(entry({ tags: [] })), 'x.json: tags has to be texts by name, and is [].'],
  [
    'a tag that is a number',
    text(entry({ tags: { a: 1 } })),
    'x.json: tags has to be texts by name, and is {"a":1}.',
  ],
  [
    'a date that is none',
    text(entry({ createdAt: 'yesterday' })),
    'x.json: createdAt has to be a date, and is "yesterday".',
  ],
  [
    'a date that is neither text nor number',
    text(entry({ createdAt: true })),
    'x.json: createdAt has to be a date, and is true.',
  ],
  [
    'policies that are no list',
    text({ principalArn: ARN, associatedAccessPolicies: VIEW }),
    `x.json: associatedAccessPolicies has to be a list of objects, and is "${VIEW}".`,
  ],
  [
    'policies by name',
    text(associated(VIEW)),
    `x.json: associatedAccessPolicies has to be a list of objects, and is ["${VIEW}"].`,
  ],
  [
    'a policy without its scope',
    text(associated({ policyArn: VIEW })),
    'x.json: type is missing, which has to be text.',
  ],
];

test.each(REFUSED.map(([what, given, message, hint]) => ({ what, given, message, hint })))(
  '$what: refused',
  ({ given, message, hint }) => {
    const read = (): unknown => accessEntriesIn(given, 'x.json');
    expect(read).toThrow(new Problem(message));
    expect(errorOf(read)).toMatchObject({ name: 'Problem', hint });
  },
);

function errorOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}
