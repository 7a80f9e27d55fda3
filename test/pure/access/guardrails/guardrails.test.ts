/** What is asked for × the guardrails of the provider → the key that refuses it. */
import { checkGuardrails, type Guardrails } from '../../../../access/guardrails/guardrails';
import { type DesiredAccess } from '../../../../access/desired-access';
import { refusalOf } from '../refusal';
import { account, at, clusterWide, inNamespaces, native, placed, type Placed, role, user } from '../desired';
import { ADMIN, ADMIN_ARN, INSTANCE, NODES, provider, verdict } from './verdict';

const OTHER_ACCOUNT = 'arn:aws:iam::999999999999:role/x';

const cases: readonly [string, DesiredAccess, Guardrails, string | undefined][] = [
  // what is asked for, guardrails → key that refuses it, on either back end
  ['a plain role', role(), {}, undefined],
  ['a plain user', user({ groups: ['team'] }), {}, undefined],
  ['an account of its own', account(), {}, undefined],

  ['any cluster', role({ cluster: 'x' }), {}, undefined],
  ['a cluster by pattern', role(), { clusters: ['dev', 'pr?d'] }, undefined],
  ['another cluster', role(), { clusters: ['dev-*'] }, 'clusters'],
  ['a cluster of another spelling', role({ cluster: 'PROD' }), { clusters: ['prod'] }, 'clusters'],
  ['no cluster', role(), { clusters: [] }, 'clusters'],

  ['another account', role({ arn: OTHER_ACCOUNT }), {}, 'principalAccounts'],
  [
    'another account, listed',
    role({ arn: OTHER_ACCOUNT }),
    { principalAccounts: ['999999999999'] },
    undefined,
  ],
  ['the own account, not listed', role(), { principalAccounts: ['999999999999'] }, 'principalAccounts'],
  ['any account', role({ arn: OTHER_ACCOUNT }), { principalAccounts: ['*'] }, undefined],
  [
    'a whole other account',
    { ...account(), principal: { type: 'account', accountId: '999999999999' } },
    {},
    'principalAccounts',
  ],

  ['a system: group', role({ groups: ['a', 'system:x'] }), {}, 'groups'],
  ['a system: group in other case', role({ groups: ['System:x'] }), {}, 'groups'],
  ['a system: group, listed', role({ groups: ['system:x'] }), { groups: ['system:?'] }, undefined],
  ['a group, not listed', role({ groups: ['a'] }), { groups: ['b'] }, 'groups'],
  ['a group by pattern', role({ groups: ['team-a'] }), { groups: ['team-*'] }, undefined],
  ['no groups at all', role({ groups: ['a'] }), { groups: [] }, 'groups'],
  ['a group that a session can make system:', role({ groups: ['{{SessionName}}:x'] }), {}, 'groups'],
  [
    'a group that a session cannot make system:',
    role({ groups: ['team-{{SessionName}}:x', 'a{{SessionName}}-x'] }),
    {},
    undefined,
  ],
  ['a group that a session can make cfn-eks-access-x', role({ groups: ['{{SessionName}}-x'] }), {}, 'groups'],
  [
    'a group that a session can make the provider’s',
    role({ groups: ['{{SessionName}}'] }),
    {},
    'allowClusterAdmin',
  ],
  [
    'the same under allowClusterAdmin',
    role({ groups: ['{{SessionName}}'] }),
    { allowClusterAdmin: true },
    undefined,
  ],

  ['system:masters', role({ groups: ['system:masters'] }), {}, 'allowClusterAdmin'],
  [
    'system:masters, listed as a group',
    role({ groups: ['system:masters'] }),
    { groups: ['*'] },
    'allowClusterAdmin',
  ],
  [
    'system:masters in other case',
    role({ groups: ['System:Masters'] }),
    { groups: ['*'] },
    'allowClusterAdmin',
  ],
  [
    'system:masters, every policy listed',
    role({ groups: ['system:masters'] }),
    { accessPolicies: ['*'] },
    'allowClusterAdmin',
  ],
  ['system:masters, allowed', role({ groups: ['system:masters'] }), { allowClusterAdmin: true }, undefined],
  [
    'system:masters, allowed though other lists are narrow',
    role({ groups: ['system:masters'] }),
    { allowClusterAdmin: true, groups: ['a'], accessPolicies: [] },
    undefined,
  ],
  [
    'a group that a session can make system:masters',
    role({ groups: ['system:{{SessionName}}'] }),
    { groups: ['*'] },
    'allowClusterAdmin',
  ],
  [
    'another one',
    role({ groups: ['{{SessionNameRaw}}:master{{SessionName}}'] }),
    { groups: ['*'] },
    'allowClusterAdmin',
  ],

  ['a policy', role({ accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }), {}, undefined],
  [
    'a policy, listed by name',
    native({ accessPolicies: [clusterWide('arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy')] }),
    { accessPolicies: ['AmazonEKSViewPolicy'] },
    undefined,
  ],
  [
    'a policy, listed by the ARN of another partition',
    role({ accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
    { accessPolicies: ['arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKS*'] },
    undefined,
  ],
  [
    'a policy, not listed',
    role({ accessPolicies: [inNamespaces('AmazonEKSEditPolicy', 'a')] }),
    { accessPolicies: ['*ViewPolicy'] },
    'accessPolicies',
  ],
  [
    'EditPolicy for the cluster, listed',
    role({ accessPolicies: [clusterWide('AmazonEKSEditPolicy')] }),
    { accessPolicies: ['AmazonEKSEditPolicy'] },
    'allowClusterAdmin',
  ],
  [
    'no policies at all',
    role({ accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
    { accessPolicies: [] },
    'accessPolicies',
  ],
  [
    'the admin policy',
    role({ accessPolicies: [clusterWide(ADMIN)] }),
    { accessPolicies: ['*'] },
    'allowClusterAdmin',
  ],
  ['the admin policy by ARN', native({ accessPolicies: [clusterWide(ADMIN_ARN)] }), {}, 'allowClusterAdmin'],
  [
    'the admin policy in other case',
    role({ accessPolicies: [clusterWide(ADMIN.toUpperCase())] }),
    {},
    'allowClusterAdmin',
  ],
  [
    'the admin policy for one namespace',
    role({ accessPolicies: [inNamespaces(ADMIN, 'a')] }),
    {},
    'allowClusterAdmin',
  ],
  [
    'the admin policy, allowed',
    role({ accessPolicies: [clusterWide(ADMIN)] }),
    { allowClusterAdmin: true },
    undefined,
  ],
  [
    'AdminPolicy for the cluster',
    role({ accessPolicies: [clusterWide('AmazonEKSAdminPolicy')] }),
    {},
    'allowClusterAdmin',
  ],
  [
    'AdminPolicy for every namespace',
    role({ accessPolicies: [inNamespaces('AmazonEKSAdminPolicy', 'a', '*')] }),
    {},
    'allowClusterAdmin',
  ],
  [
    'AdminPolicy for one namespace',
    role({ accessPolicies: [inNamespaces('AmazonEKSAdminPolicy', 'a')] }),
    {},
    undefined,
  ],
  [
    'AdminPolicy for one namespace, not listed',
    role({ accessPolicies: [inNamespaces('AmazonEKSAdminPolicy', 'a')] }),
    { accessPolicies: ['AmazonEKSViewPolicy'] },
    'accessPolicies',
  ],

  ['a node', role({ type: 'EC2_LINUX' }), {}, 'allowNodes'],
  ['a native node', native({ type: 'HYBRID_LINUX' }), {}, 'allowNodes'],
  ['a node by its user name', role({ userName: INSTANCE, groups: NODES }), {}, 'allowNodes'],
  ['a node, its groups listed', role({ userName: INSTANCE, groups: NODES }), { groups: ['*'] }, 'allowNodes'],
  ['a node, allowed', role({ userName: INSTANCE, groups: NODES }), { allowNodes: true }, undefined],
  [
    'a node by its type, allowed, other groups narrow',
    role({ type: 'EC2_WINDOWS' }),
    { allowNodes: true, groups: [] },
    undefined,
  ],
  ['one node by name', role({ userName: 'system:node:ip-10-0-0-1.ec2.internal' }), {}, 'allowNodes'],
  ['a node group alone', role({ groups: ['eks:kube-proxy-windows'] }), {}, 'allowNodes'],

  [
    'the user name of a service account',
    role({ userName: 'system:serviceaccount:kube-system:x' }),
    { allowNodes: true },
    'allowClusterAdmin',
  ],
  [
    'the user name of a component of EKS',
    user({ userName: 'eks:addon-manager' }),
    { allowNodes: true },
    'allowClusterAdmin',
  ],
  [
    'a user name that a session can make one',
    role({ userName: '{{SessionName}}:serviceaccount:a:b' }),
    {},
    'allowClusterAdmin',
  ],
  ['a user name that it cannot', role({ userName: 'sso-{{SessionName}}:x' }), {}, undefined],
  ['such a user name, allowed', role({ userName: 'system:admin' }), { allowClusterAdmin: true }, undefined],
];

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('on a cluster in mode %s', (mode) => {
  it.each(cases)('%s', (_, desired, guardrails, expected) => {
    const got = verdict(desired, mode, guardrails);
    // Placement refuses first what has no form in this mode at all; every case has one in API_AND_CONFIG_MAP.
    if (got === null && mode !== 'API_AND_CONFIG_MAP') return;
    expect(got).toBe(expected);
  });
});

describe('what will be written is checked beside what was asked for', () => {
  const effective = {
    userName: 'x',
    groups: [],
    policies: [],
    type: undefined,
    accessEntryArn: '',
  };
  const entry = { ...effective, type: 'STANDARD', userName: 'x:' };
  it.each<[string, Placed['effective']]>([
    ['allowClusterAdmin', { ...entry, policies: [{ policyArn: ADMIN_ARN, ...clusterWide('') }] }],
    ['allowNodes', { ...entry, type: 'EC2_LINUX' }],
    ['allowClusterAdmin', { ...entry, userName: 'eks:x' }],
    ['groups', { ...entry, groups: ['system:x'] }],
    ['allowClusterAdmin', { ...effective, groups: ['system:masters'] }],
    ['allowNodes', { ...effective, userName: INSTANCE }],
  ])('%s', (key, comesTo) => {
    const refusal = refusalOf(() => checkGuardrails(role(), { effective: comesTo }, {}, provider));
    expect(refusal).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining(`with ${key} in`) as string,
    });
  });
});

describe('a refusal names the property in the words of the resource, the value and who can help', () => {
  it.each<[DesiredAccess, Guardrails, string, string]>([
    [native({ groups: ['a'] }), { groups: ['b'] }, 'KubernetesGroups has "a"', 'groups'],
    [role({ cluster: 'x"y' }), { clusters: [] }, 'Cluster is "x\\"y"', 'clusters'],
    [native(), { clusters: [] }, 'ClusterName is "prod"', 'clusters'],
    [role({ arn: OTHER_ACCOUNT }), {}, 'RoleArn is of account 999999999999', 'principalAccounts'],
    [native({ arn: OTHER_ACCOUNT }), {}, 'PrincipalArn is of account 999999999999', 'principalAccounts'],
    [account(), { principalAccounts: [] }, 'AccountId is of account 111122223333', 'principalAccounts'],
    [role({ type: 'EC2_LINUX' }), {}, 'Type is EC2_LINUX', 'allowNodes'],
  ])('%#', (desired, guardrails, what, key) => {
    const placement = placed(desired, at('API_AND_CONFIG_MAP'));
    expect(refusalOf(() => checkGuardrails(desired, placement, guardrails, provider))).toMatchObject({
      code: 'AccessDenied',
      message: `${what}, which this provider does not allow; its owner can allow it with ${key} in EKS_ACCESS_GUARDRAILS`,
    });
  });
});
