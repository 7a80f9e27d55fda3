/** What is refused while a template is synthesised, by the function's own validators; tokens pass. */
import './fast-synth';
import { importing } from './importing';
import { Aws, aws_eks as eks, CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import {
  AccessPolicy,
  EksAccessEntry,
  type EksAccessEntryProps,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  type EksMapRolesEntryProps,
  EksMapUsersEntry,
  type EntryType,
} from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const USER = 'arn:aws:iam::111122223333:user/alice';

describe('fails for', () => {
  const many = (length: number): AccessPolicy[] =>
    Array.from({ length }, (_, index) => AccessPolicy.of(`Policy${index}`));
  const role = (props: Partial<EksMapRolesEntryProps>): Partial<EksMapRolesEntryProps> => ({
    roleArn: ROLE,
    ...props,
  });
  const roles: readonly (readonly [string, Partial<EksMapRolesEntryProps>, string])[] = [
    [
      'no cluster',
      role({ clusterName: undefined as never }),
      'stack/Mapping: cluster or clusterName is missing: give one',
    ],
    ['no principal', {}, 'role, roleArn or permissionSet is missing: give one'],
    ['a user', { roleArn: USER }, 'use EksMapUsersEntry'],
    ['a group', { roleArn: 'arn:aws:iam::111122223333:group/g' }, 'IAM groups cannot log in'],
    [
      'an instance profile',
      { roleArn: 'arn:aws:iam::111122223333:instance-profile/p' },
      'the role inside the instance profile',
    ],
    ['a wildcard', { roleArn: 'arn:aws:iam::111122223333:role/*' }, 'wildcards never match'],
    ['a cluster name that cannot be', role({ clusterName: 'a b' }), 'clusterName is "a b"'],
    ['an empty user name', role({ userName: '' }), 'userName is empty'],
    ['a control character', role({ userName: 'a\u0007' }), 'control character'],
    ['groups as one string', role({ groups: 'team-a' as never }), 'groups is "team-a" and must be a list'],
    [
      'a reference that CloudFormation does not fill in',
      role({ userName: '{{resolve:secretsmanager:x}}' }),
      'userName is "{{resolve:secretsmanager:x}}", a dynamic reference',
    ],
    ['an empty group', role({ groups: ['a', ''] }), 'groups[1] is empty'],
    [
      '101 groups',
      role({ groups: Array.from({ length: 101 }, (_, index) => `g${index}`) }),
      'groups has 101 items',
    ],
    ['an unknown type', role({ entryType: 'LINUX' as never }), 'entryType is "LINUX"'],
    ['21 policies', role({ accessPolicies: many(21) }), 'accessPolicies has 21 items'],
    [
      'a namespace scope without namespaces',
      role({ accessPolicies: [AccessPolicy.view({ namespaces: [] })] }),
      'names none',
    ],
    [
      'a short serviceTimeout',
      role({ serviceTimeout: Duration.seconds(359) }),
      'serviceTimeout is 359 s: Lambda may try for 360 s',
    ],
    [
      'a long serviceTimeout',
      role({ serviceTimeout: Duration.hours(2) }),
      'CloudFormation waits at most 3600 s',
    ],
  ];

  test.each(roles)('%s', (_, props, message) => {
    const { stack, common } = importing();
    expect(() => new EksMapRolesEntry(stack, 'Mapping', { ...common, ...props })).toThrow(message);
  });

  test('two clusters at once', () => {
    const { stack, common } = importing();
    const cluster = eks.CfnCluster.fromClusterName(stack, 'Cluster', 'prod');
    expect(() => new EksMapRolesEntry(stack, 'Mapping', { ...common, cluster, roleArn: ROLE })).toThrow(
      'cluster and clusterName are both given: give one of cluster or clusterName',
    );
  });

  const entries: readonly (readonly [string, Partial<EksAccessEntryProps>, string])[] = [
    ['a reserved tag', { tags: { 'aws:team': 'a' } }, 'tags has the key "aws:team", which is reserved'],
    ['a tag of the provider', { tags: { 'cfn-eks-access:owner': 'me' } }, 'which is reserved'],
    [
      '41 tags',
      { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, ''])) },
      'tags has 41 items',
    ],
    ['an empty username', { username: '' }, 'username is empty'],
    [
      'two principals',
      { role: { roleRef: { roleArn: ROLE } } as never },
      'role and principalArn are both given',
    ],
  ];
  test.each(entries)('%s in an access entry', (_, props, message) => {
    const { stack, common } = importing();
    expect(() => new EksAccessEntry(stack, 'Entry', { ...common, principalArn: ROLE, ...props })).toThrow(
      message,
    );
  });

  test('a role as a user, and an account id of 11 digits', () => {
    const { stack, common } = importing();
    expect(() => new EksMapUsersEntry(stack, 'User', { ...common, userArn: ROLE })).toThrow(
      'use EksMapRolesEntry',
    );
    expect(() => new EksMapAccountsEntry(stack, 'Account', { ...common, accountId: '11112222333' })).toThrow(
      '12 digits',
    );
  });
});

test('tokens pass, field by field, and what is known beside them is still checked', () => {
  const { stack, common } = importing();
  const text = (): string => Lazy.string({ produce: () => 'later' });
  const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  const { provider } = common;
  // Longer than a namespace may be, as long as it is not known.
  const namespaces = [[text(), text(), text(), text()].join('-')];
  const unknown = {
    provider,
    clusterName: text(),
    roleArn: text(),
    userName: text(),
    groups: [text(), text()],
  };
  expect(() => {
    new EksMapRolesEntry(stack, 'Role', { ...unknown, entryType: text() as EntryType });
    new EksMapRolesEntry(stack, 'Lists', {
      ...unknown,
      roleArn: text(),
      groups: list,
      accessPolicies: [
        AccessPolicy.view({ namespaces: list }),
        AccessPolicy.edit({ namespaces }),
        AccessPolicy.of(text()),
      ],
    });
    new EksMapUsersEntry(stack, 'User', {
      provider,
      clusterName: text(),
      userArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:user/a`,
    });
    new EksMapAccountsEntry(stack, 'Account', { provider, clusterName: text(), accountId: Aws.ACCOUNT_ID });
    new EksAccessEntry(stack, 'Entry', {
      provider,
      clusterName: text(),
      principalArn: text(),
      username: text(),
      kubernetesGroups: list,
      tags: { a: text() },
    });
  }).not.toThrow();
  expect(() => new EksMapRolesEntry(stack, 'Known', { ...unknown, groups: [text(), ''] })).toThrow(
    'groups[1] is empty',
  );
});

test('a plain ssm reference passes, because CloudFormation fills it in', () => {
  const { stack, common } = importing();
  const reference = '{{resolve:ssm:/platform/eks}}';
  const props = { ...common, clusterName: reference, roleArn: reference, groups: [reference] };
  expect(() => new EksMapRolesEntry(stack, 'Mapping', props)).not.toThrow();
});
