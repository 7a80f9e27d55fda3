import { toAccessEntry } from '../../../../access/access-entry/translate';
import { refusalOf } from '../refusal';
import { account, ACCOUNT, clusterWide, inNamespaces, native, role, ROLE, user, USER } from '../desired';

const POLICY = 'arn:aws:eks::aws:cluster-access-policy/';
const DEFAULT = `arn:aws:sts::${ACCOUNT}:assumed-role/Dev/{{SessionName}}`;
const ADMIN = { policyArn: `${POLICY}AmazonEKSClusterAdminPolicy`, scope: 'cluster', namespaces: [] };
const standard = {
  principalArn: ROLE,
  type: 'STANDARD',
  username: DEFAULT,
  groups: [],
  policies: [],
  tags: {},
};
const node = (type: string) => ({ principalArn: ROLE, type, groups: [], policies: [], tags: {} });
const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';
const SESSION = 'system:node:{{SessionName}}';
const NODES = ['system:bootstrappers', 'system:nodes'];

describe('what an access entry can say', () => {
  it.each([
    ['a role, its path kept (GT-75), the default user name written out (GT-89)', role(), standard],
    ['a user', user(), { ...standard, principalArn: USER, username: USER }],
    [
      'the account itself',
      native({ arn: `arn:aws:iam::${ACCOUNT}:root` }),
      { ...standard, principalArn: `arn:aws:iam::${ACCOUNT}:root`, username: `arn:aws:iam::${ACCOUNT}:root` },
    ],
    [
      'groups and a user name',
      role({ groups: ['b', 'a'], userName: 'sso:{{SessionName}}' }),
      { ...standard, groups: ['b', 'a'], username: 'sso:{{SessionName}}' },
    ],
    [
      'the raw session name after a colon',
      role({ userName: ':x-{{SessionNameRaw}}' }),
      { ...standard, username: ':x-{{SessionNameRaw}}' },
    ],
    [
      'a group that is called system',
      role({ groups: ['system', 'sts:x'] }),
      { ...standard, groups: ['system', 'sts:x'] },
    ],
    [
      'system:masters, the other groups kept (GT-123)',
      role({ groups: ['a', 'system:masters', 'b'] }),
      { ...standard, groups: ['a', 'b'], policies: [ADMIN] },
    ],
    [
      'system:masters of a user',
      user({ groups: ['system:masters'] }),
      { ...standard, principalArn: USER, username: USER, policies: [ADMIN] },
    ],
    [
      'system:masters beside the same policy',
      role({ groups: ['system:masters'], accessPolicies: [clusterWide('AmazonEKSClusterAdminPolicy')] }),
      { ...standard, policies: [ADMIN] },
    ],
    [
      'a policy by name, namespaces sorted',
      role({ accessPolicies: [inNamespaces('AmazonEKSViewPolicy', 'b', 'a', 'b')] }),
      {
        ...standard,
        policies: [{ policyArn: `${POLICY}AmazonEKSViewPolicy`, scope: 'namespace', namespaces: ['a', 'b'] }],
      },
    ],
    [
      'a policy by ARN',
      role({ accessPolicies: [clusterWide(`${POLICY}AmazonEKSViewPolicy`)] }),
      {
        ...standard,
        policies: [{ policyArn: `${POLICY}AmazonEKSViewPolicy`, scope: 'cluster', namespaces: [] }],
      },
    ],
    ['a Linux node by its user name', role({ userName: INSTANCE, groups: NODES }), node('EC2_LINUX')],
    [
      'a Windows node by its user name',
      role({ userName: INSTANCE, groups: [...NODES, 'eks:kube-proxy-windows'] }),
      node('EC2_WINDOWS'),
    ],
    [
      'a Fargate pod by its user name',
      role({ userName: SESSION, groups: [...NODES, 'system:node-proxier'] }),
      node('FARGATE_LINUX'),
    ],
    [
      'a hybrid node by its type, user name and groups',
      role({ type: 'HYBRID_LINUX', userName: SESSION, groups: NODES }),
      node('HYBRID_LINUX'),
    ],
    ['a hybrid node by its type', role({ type: 'HYBRID_LINUX' }), node('HYBRID_LINUX')],
    [
      'an account in a user name, as AWS announced it',
      role({ userName: 'my-username:{{AccountID}}:{{SessionName}}' }),
      { ...standard, username: 'my-username:{{AccountID}}:{{SessionName}}' },
    ],
    [
      'an account without a colon before it',
      role({ userName: '{{AccountID}}-x' }),
      { ...standard, username: '{{AccountID}}-x' },
    ],
    [
      'an access key in a user name',
      user({ userName: '{{AccessKeyID}}' }),
      { ...standard, principalArn: USER, username: '{{AccessKeyID}}' },
    ],
    ['a node by its type', role({ type: 'EC2_LINUX' }), node('EC2_LINUX')],
    [
      'a node by its type, user name and groups',
      role({ type: 'EC2_WINDOWS', userName: INSTANCE, groups: [...NODES, 'eks:kube-proxy-windows'] }),
      node('EC2_WINDOWS'),
    ],
    ['a native node', native({ type: 'HYPERPOD_LINUX' }), node('HYPERPOD_LINUX')],
    [
      'Auto Mode with its policy (GT-98)',
      native({ type: 'EC2', accessPolicies: [clusterWide('AmazonEKSAutoNodePolicy')] }),
      {
        ...node('EC2'),
        policies: [{ policyArn: `${POLICY}AmazonEKSAutoNodePolicy`, scope: 'cluster', namespaces: [] }],
      },
    ],
    ['native tags', native({ tags: { team: 'blue' } }), { ...standard, tags: { team: 'blue' } }],
  ])('%s', (_, desired, entry) => {
    expect(toAccessEntry(desired, 'aws')).toEqual({ entry });
  });

  it('is in the cluster’s own partition (GT-94)', () => {
    const arn = `arn:aws-cn:iam::${ACCOUNT}:role/Dev`;
    expect(
      toAccessEntry(role({ arn, groups: ['system:masters'], accessPolicies: [clusterWide('X')] }), 'aws-cn'),
    ).toMatchObject({
      entry: {
        policies: [
          { policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/X' },
          { policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' },
        ],
      },
    });
  });
});

describe('what an access entry cannot say', () => {
  it.each([
    ['a whole account', account(), 'access entries cannot map a whole account'],
    [
      'a service-linked role (GT-77)',
      role({ arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX` }),
      'a service-linked role',
    ],
    [
      'an Identity Center role without path (GT-75)',
      role({ arn: `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Admin_0123456789abcdef` }),
      'without its path: copy the whole ARN from IAM',
    ],
    [
      'a system: group (GT-86)',
      role({ groups: ['system:developers'] }),
      'Groups has "system:developers", and groups of an access entry cannot begin with system: (bind a group of your own',
    ],
    ['such a group in other case', role({ groups: ['System:x'] }), 'cannot begin with system:'],
    ['an eks: group', role({ groups: ['eks:x'] }), 'cannot begin with eks:'],
    [
      'such a group beside system:masters',
      role({ groups: ['system:masters', 'aws:x'] }),
      'cannot begin with aws:',
    ],
    [
      'native system:masters',
      native({ groups: ['system:masters'] }),
      'KubernetesGroups has "system:masters", and groups of an access entry cannot begin with system: (give AmazonEKSClusterAdminPolicy in AccessPolicies instead)',
    ],
    [
      'a template in a group',
      role({ groups: ['team-{{SessionName}}'] }),
      'do not fill in {{SessionName}} in groups',
    ],
    [
      'a reserved user name (GT-84)',
      role({ userName: 'amazon:x' }),
      'UserName is "amazon:x", and user names of an access entry cannot begin with amazon:',
    ],
    ['a native node user name', native({ userName: INSTANCE }), '(for a node, give its Type instead)'],
    [
      'the node user name of a user',
      user({ userName: INSTANCE, groups: NODES }),
      'Groups has "system:bootstrappers"',
    ],
    [
      'the node user name with STANDARD',
      role({ type: 'STANDARD', userName: INSTANCE }),
      'cannot begin with system:',
    ],
    [
      'a session name without colon (GT-85)',
      role({ userName: 'admin-{{SessionName}}' }),
      'a colon must come before {{SessionName}} (write for example "sso:admin-{{SessionName}}"',
    ],
    [
      'a colon after the session name',
      role({ userName: '{{SessionNameRaw}}:x' }),
      'a colon must come before {{SessionNameRaw}}',
    ],
    ['a name of a node in a user name', role({ userName: 'a:{{EC2PrivateDNSName}}' }), 'do not fill in'],
    [
      '{{AccountID}} in a group',
      role({ groups: ['a-{{AccountID}}'] }),
      'do not fill in {{AccountID}} in groups',
    ],
    [
      'a session name after an account without colon',
      role({ userName: '{{AccountID}}-{{SessionName}}' }),
      'a colon must come before {{SessionName}}',
    ],
    [
      'a service-linked role without its path',
      role({ arn: `arn:aws:iam::${ACCOUNT}:role/AWSServiceRoleForBatch` }),
      'a service-linked role',
    ],
    [
      'a service-linked role by a session',
      role({ arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForAmazonEMRContainers/x` }),
      'a service-linked role',
    ],
    [
      'the user name that three kinds of nodes share',
      role({ userName: SESSION, groups: NODES }),
      'write Type: HYBRID_LINUX, FARGATE_LINUX or EC2_LINUX instead',
    ],
    [
      'the same with one of the groups',
      role({ userName: SESSION, groups: ['system:bootstrappers'] }),
      'of EC2 nodes that are named by instance id',
    ],
    [
      'a node with a group of its own',
      role({ userName: INSTANCE, groups: [...NODES, 'more'] }),
      'Groups has "more" beside the user name of a node',
    ],
    [
      'a node that is admin',
      role({ userName: INSTANCE, groups: [...NODES, 'system:masters'] }),
      'Groups has "system:masters" beside the user name of a node',
    ],
    ['a node without its group', role({ userName: INSTANCE }), 'write Type: EC2_LINUX instead'],
  ])('%s', (_, desired, why) => {
    expect(toAccessEntry(desired, 'aws')).toEqual({ unsupported: expect.stringContaining(why) as string });
  });
});

describe('what is wrong in either place', () => {
  it.each([
    [
      'a policy twice',
      role({ accessPolicies: [clusterWide('X'), inNamespaces(`${POLICY}X`, 'a')] }),
      `${POLICY}X twice`,
    ],
    [
      '21 policies',
      role({ accessPolicies: Array.from({ length: 21 }, (_, index) => clusterWide(`P${index}`)) }),
      'at most 20',
    ],
    [
      '20 policies and system:masters',
      role({
        groups: ['system:masters'],
        accessPolicies: Array.from({ length: 20 }, (_, index) => clusterWide(`P${index}`)),
      }),
      'more than 20',
    ],
    [
      'admin for all and for some',
      role({
        groups: ['system:masters'],
        accessPolicies: [inNamespaces('AmazonEKSClusterAdminPolicy', 'a')],
      }),
      'keep one of the two',
    ],
    [
      'an IAM policy',
      role({ accessPolicies: [clusterWide('arn:aws:iam::aws:policy/AmazonEKSClusterPolicy')] }),
      'this is an IAM policy',
    ],
    [
      'a missing colon (GT-94)',
      role({ accessPolicies: [clusterWide('arn:aws:eks:aws:cluster-access-policy/X')] }),
      `write the name of the policy, or ${POLICY}NAME`,
    ],
    [
      'a policy of another partition',
      role({ accessPolicies: [clusterWide('arn:aws-cn:eks::aws:cluster-access-policy/X')] }),
      `the cluster is in partition aws: write X, or ${POLICY}X`,
    ],
    [
      'a native node with a user name (GT-83)',
      native({ type: 'EC2_LINUX', userName: INSTANCE }),
      'Username is "system:node:{{EC2PrivateDNSName}}", but Type EC2_LINUX has its own user name: remove Username',
    ],
    ['a native node with groups', native({ type: 'EC2', groups: ['a'] }), 'remove KubernetesGroups'],
    [
      'a native node with tags',
      native({ type: 'EC2_LINUX', tags: { a: 'b' } }),
      'cannot be tagged: remove Tags',
    ],
    [
      'a node with a policy (GT-98)',
      role({ type: 'HYBRID_LINUX', accessPolicies: [clusterWide('X')] }),
      'take no access policies',
    ],
    [
      'Auto Mode with another policy',
      native({ type: 'EC2', accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
      'take AmazonEKSAutoNodePolicy only',
    ],
    ['a user as a node (GT-78)', native({ arn: USER, type: 'EC2_LINUX' }), 'only IAM roles can be nodes'],
  ])('%s', (_, desired, message) => {
    expect(refusalOf(() => toAccessEntry(desired, 'aws'))).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining(message) as string,
    });
  });
});

it('takes tags that only look like reserved ones', () => {
  const tags = { 'my-aws:x': '1', 'cfn-eks-access': '2', 'cfn-eks-accessible:x': '3' };
  expect(toAccessEntry(native({ tags }), 'aws')).toEqual({ entry: { ...standard, tags } });
});

it.each([
  [
    'an end for nodes',
    role({ type: 'EC2_LINUX', expiresAt: 1 }),
    'ExpiresAt is given, but access entries of type EC2_LINUX cannot be tagged, so that nothing would say when this one ends: remove ExpiresAt',
  ],
  [
    'an Identity Center role without its path',
    role({ arn: `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Admin_0123456789abcdef` }),
    `RoleArn is arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Admin_0123456789abcdef, an IAM Identity Center role without its path: copy the whole ARN from IAM, arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/…/AWSReservedSSO_Admin_0123456789abcdef`,
  ],
  [
    'a reserved user name',
    role({ userName: 'eks:x' }),
    'UserName is "eks:x", and user names of an access entry cannot begin with eks: (write another user name, or leave it out)',
  ],
])('says what to write instead of %s', (_, desired, unsupported) => {
  expect(toAccessEntry(desired, 'aws')).toEqual({ unsupported });
});

it('takes a user with the name of an Identity Center role', () => {
  const arn = `arn:aws:iam::${ACCOUNT}:user/AWSReservedSSO_Admin_0123456789abcdef`;
  expect(toAccessEntry(user({ arn }), 'aws')).toMatchObject({ entry: { principalArn: arn } });
});
