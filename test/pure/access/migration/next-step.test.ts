/** What a move does next, or why it does not, for each way that a cluster may look. */
import { nextStep } from '../../../../access/migration/steps/next-step';
import { type Approval, type SeenMigration } from '../../../../access/migration/steps/seen-migration';
import { type Step } from '../../../../access/migration/steps/step';
import { principalKeyOf } from '../../../../access/principal-key';
import { seenAwsAuth, seenSection } from '../explain/seen';
import { approved, digestOf, entry, iam, line, looked, mapped, ofRun, owned } from './looked';

const dev = iam('role/dev');
const OWN = mapped(line('dev'));
const MASTERS = mapped(line('dev', 'dev', '[system:masters, a]'));
const policy = (name: string, scope: 'cluster' | 'namespace', namespaces: readonly string[] = []) => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  scope,
  namespaces,
});
const update = (status: 'Failed' | 'Cancelled' | 'InProgress', why = '') => ({
  id: 'u-1',
  type: 'AccessConfigUpdate',
  status,
  why,
});
const stopped = (why: string): Step => ({ do: 'stop', why, left: [] });
const ownFirst = (why: string): Step =>
  stopped(`You are role/dev, and your own access entry comes first, which cannot be made: ${why}.`);

test.each<[string, SeenMigration, Step, Partial<Approval>?]>([
  [
    'access entries that EKS does not list yet',
    looked({ entries: undefined, run: { waitedMs: 0 } }),
    { do: 'wait', what: 'EKS does not list access entries yet' },
  ],
  [
    'access entries that EKS does not list',
    looked({ entries: undefined, nodeRoles: undefined }),
    stopped('EKS says that the mode has access entries, and does not list them: try again.'),
  ],
  [
    'a caller for whom EKS may still make an entry',
    looked({ entries: [], run: { waitedMs: 0 } }),
    { do: 'wait', what: 'you (role/Migrator) have no access entry yet' },
  ],
  [
    'a caller without an entry',
    looked({ entries: [] }),
    stopped(
      'You are role/Migrator, and have no access entry, nor is one planned for you: make it first (aws eks create-access-entry --cluster-name prod --principal-arn arn:aws:iam::111122223333:role/Migrator, then associate-access-policy), so that you get in whatever becomes of aws-auth.',
    ),
  ],
  [
    'a caller of a kubeconfig, who needs none',
    looked({ caller: undefined, entries: [], run: { isProved: false } }),
    { do: 'prove' },
  ],
  [
    "the caller's own entry, which EKS refused",
    looked({
      caller: dev,
      run: { refused: new Map([[principalKeyOf(dev), 'EKS says that there are too many']]) },
    }),
    ownFirst('EKS says that there are too many'),
  ],
  [
    "the caller's own entry, which is of an earlier role",
    looked({
      caller: dev,
      entries: [entry('dev', { createdAt: new Date('2026-01-01') })],
      roles: [{ arn: dev, createDate: new Date('2026-02-01') }],
    }),
    ownFirst('it has an access entry of another role of this name, which was made again: delete it'),
  ],
  [
    "the caller's own entry, whose policies are not known",
    looked({ caller: dev, entries: [entry('dev', { ...ofRun(OWN), policies: undefined })] }),
    ownFirst('the policies of its access entry could not be read'),
  ],
  [
    "the caller's own entry, whose groups were changed",
    looked({ caller: dev, entries: [entry('dev', { ...ofRun(OWN), groups: ['b'] })] }),
    ownFirst('another tool has changed the access entry that was made for it'),
  ],
  [
    "the caller's own entry, which was given another policy",
    looked({
      caller: dev,
      awsAuth: MASTERS,
      entries: [
        entry('dev', {
          ...ofRun(MASTERS),
          policies: [policy('AmazonEKSViewPolicy', 'namespace', ['y', 'x'])],
        }),
      ],
    }),
    ownFirst('another tool has changed the access entry that was made for it'),
  ],
  [
    'an entry that a run did not finish',
    looked({ awsAuth: MASTERS, entries: [entry('dev', ofRun(MASTERS))] }),
    {
      do: 'add policies',
      principalArn: dev,
      policies: [policy('AmazonEKSClusterAdminPolicy', 'cluster')],
    },
  ],
  [
    'a node group whose entry EKS has not made',
    looked({ nodeRoles: [{ arn: iam('role/node'), nodeGroup: 'general' }], run: { waitedMs: 0 } }),
    { do: 'wait', what: 'EKS has not made the access entry of role/node (general) yet' },
  ],
  [
    'a line that nobody has',
    looked(),
    stopped('Line 99 of aws-auth is in no entry.'),
    { wants: { include: ['99'] } },
  ],
  [
    'no aws-auth',
    looked({ mode: 'CONFIG_MAP', awsAuth: undefined, entries: undefined }),
    { do: 'change mode', to: 'API_AND_CONFIG_MAP' },
  ],
  [
    'aws-auth of which the sections alone were read, not copied yet',
    looked({ awsAuth: { state: 'read', sections: { mapRoles: seenSection(line('dev')) } }, copy: undefined }),
    {
      do: 'copy',
      name: `aws-auth.before-${digestOf(OWN)}`,
      data: { mapRoles: line('dev') },
      annotations: {},
    },
  ],
  ...(
    [
      [update('Failed'), 'Failed: it gives no reason'],
      [update('Cancelled', 'no subnets are left'), 'Cancelled: no subnets are left'],
    ] as const
  ).map(([update, how]): [string, SeenMigration, Step] => [
    `a change of the mode that has come to nothing, ${how}`,
    looked({ mode: 'CONFIG_MAP', update }),
    stopped(`EKS has ended the update u-1 of prod as ${how}. The mode is as it was.`),
  ]),
  ...['DELETING', 'FAILED'].map((status): [string, SeenMigration, Step] => [
    `a cluster that is ${status}`,
    looked({ mode: 'CONFIG_MAP', status }),
    stopped(`prod is ${status}: its mode cannot be changed any more.`),
  ]),
  [
    'an update that goes on for longer than anybody waits',
    looked({ mode: 'CONFIG_MAP', update: update('InProgress') }),
    stopped(
      'prod is not ready to change its mode: EKS makes the update u-1 (AccessConfigUpdate). It goes on by itself: run the same again.',
    ),
  ],
  [
    'an entry that is not old enough',
    looked({ entries: [entry('Migrator'), entry('dev', { ...ofRun(OWN), createdAt: new Date(9_000) })] }),
    { do: 'bake', until: 14_000 },
    { bakeMs: 5_000 },
  ],
  [
    'an entry that is just old enough',
    looked({ entries: [entry('Migrator'), entry('dev', { ...ofRun(OWN), createdAt: new Date(9_000) })] }),
    { do: 'take out', principal: dev, data: {} },
    { bakeMs: 1_000 },
  ],
  [
    'mode API in one step',
    looked({ mode: 'CONFIG_MAP' }),
    stopped('prod is in mode CONFIG_MAP, and EKS takes one step at a time: approve a plan first.'),
    { plan: undefined, api: '0123456789abcdef' },
  ],
])('%s', (_, seen, step, more = {}) => {
  expect(nextStep(seen, approved(seen, more))).toEqual(step);
});

/** The first line cannot go while the second, which no access entry can say, has its groups from there. */
const TANGLED = mapped(line('dev', 'dev', '&groups [a]'), line('ops', '""', '*groups'));

describe('what stays in aws-auth at the end', () => {
  test.each<readonly [string, SeenMigration, readonly string[]]>([
    [
      'the line of a stack',
      looked({ awsAuth: owned(OWN, 'dev'), entries: [entry('Migrator'), entry('dev')] }),
      ['role/dev stays in aws-auth: a stack owns it, and the provider takes it out.'],
    ],
    [
      'a line whose groups another one repeats',
      looked({ awsAuth: TANGLED, entries: [entry('Migrator'), entry('dev', ofRun(TANGLED))] }),
      [
        expect.stringMatching(/^role\/ops stays in aws-auth: the user name is empty/) as string,
        expect.stringMatching(/^role\/dev stays in aws-auth: mapRoles of ConfigMap .*\.$/) as string,
      ],
    ],
    [
      'the lines of a user in two letter cases',
      looked({
        awsAuth: seenAwsAuth({
          mapUsers: ['alice', 'Alice']
            .map((name) => `- userarn: ${iam(`user/${name}`)}\n  username: alice\n  groups: [a]\n`)
            .join(''),
        }),
        entries: [entry('Migrator'), entry('alice', { principalArn: iam('user/alice') })],
      }),
      ['user/alice stays in aws-auth: it is there in two letter cases.'],
    ],
    [
      'a line whose access entry EKS refused',
      looked({ run: { refused: new Map([[principalKeyOf(dev), 'there are too many']]) } }),
      ['role/dev stays in aws-auth: there are too many.'],
    ],
    [
      'a role of IAM Identity Center whose Region nobody knows',
      looked({ awsAuth: mapped(line('AWSReservedSSO_Ops_0123456789abcdef', 'ops')) }),
      [
        'role/AWSReservedSSO_Ops_0123456789abcdef stays in aws-auth: the Region in its ARN is not known: let this program ask IAM (iam:ListRoles).',
      ],
    ],
  ])('%s', (_, seen, left) => {
    expect(nextStep(seen, approved(seen, { bakeMs: 0 }))).toMatchObject({ do: 'done', left });
  });
});
