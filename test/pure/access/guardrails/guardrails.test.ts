import fc from 'fast-check';
import { checkGuardrails, type Guardrails, parseGuardrails } from '../../../../access/guardrails/guardrails';
import {
  type AuthenticationMode,
  type DesiredAccess,
  type EntryType,
} from '../../../../access/desired-access';
import { refusalOf } from '../refusal';
import {
  account,
  ACCOUNT,
  at,
  clusterWide,
  inNamespaces,
  native,
  placed,
  type Placed,
  role,
  user,
} from '../desired';

const provider = { accountId: ACCOUNT };

/** Key that the refusal names; undefined: allowed; null: cannot be placed in this mode anyway. */
function verdict(
  desired: DesiredAccess,
  mode: AuthenticationMode,
  guardrails: Guardrails,
): string | undefined | null {
  let placement: Placed;
  try {
    placement = placed(desired, at(mode));
  } catch {
    return null;
  }
  try {
    checkGuardrails(desired, placement, guardrails, provider);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDenied' });
    const [, key] =
      /; its owner can allow it with (\w+) in EKS_ACCESS_GUARDRAILS$/.exec((error as Error).message) ?? [];
    return key ?? 'no key named';
  }
}

const ADMIN = 'AmazonEKSClusterAdminPolicy';
const ADMIN_ARN = `arn:aws:eks::aws:cluster-access-policy/${ADMIN}`;
const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';
const NODES = ['system:bootstrappers', 'system:nodes'];
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

it('names the property in the words of the resource, the value and who can help', () => {
  const desired = native({ groups: ['a'] });
  expect(() => checkGuardrails(desired, placed(desired, at('API')), { groups: ['b'] }, provider)).toThrow(
    'KubernetesGroups has "a", which this provider does not allow; its owner can allow it with groups in EKS_ACCESS_GUARDRAILS',
  );
});

describe('parseGuardrails', () => {
  it.each([
    [undefined, {}],
    ['{}', {}],
    ['{"clusters":["a"],"allowNodes":true}', { clusters: ['a'], allowNodes: true }],
    [
      '{"accessPolicies":["arn:aws:eks::aws:cluster-access-policy/*"]}',
      { accessPolicies: ['arn:aws:eks::aws:cluster-access-policy/*'] },
    ],
    [
      '{"accessPolicies":["arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSEditPolicy@dev-*"]}',
      { accessPolicies: ['arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSEditPolicy@dev-*'] },
    ],
    [
      '{"userNames":["dev-*"],"allowTakeover":"unrecorded"}',
      { userNames: ['dev-*'], allowTakeover: 'unrecorded' },
    ],
  ])('reads %s', (json, guardrails) => {
    expect(parseGuardrails(json)).toEqual(guardrails);
  });

  it.each([
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    [' ', 'it is not JSON'],
    ['"x"', 'it is not a JSON object'],
    ['{"__proto__":{"allowClusterAdmin":true}}', 'unknown key "__proto__"'],
    ['{"constructor":{}}', 'unknown key "constructor"'],
    ['{"groups":[""]}', 'groups has "", and groups must be a list of'],
    ['{"groups":null}', 'groups is null, and groups must be a list of'],
    ['{"principalAccounts":["1111*"]}', 'principalAccounts has "1111*", and'],
    ['{"accessPolicies":["a/b"]}', 'accessPolicies has "a/b", which is neither'],
    ['{"allowNodes":1}', 'allowNodes is 1, and'],
    ['null', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['{"allowClusterAdmins":true}', 'unknown key "allowClusterAdmins", did you mean allowClusterAdmin?'],
    ['{"allowNodes":"true"}', 'allowNodes is "true", and allowNodes must be true or false'],
    ['{"groups":"team-*"}', 'groups is "team-*", and groups must be a list of Kubernetes groups or patterns'],
    [
      '{"principalAccounts":["123"]}',
      'principalAccounts has "123", and principalAccounts must be a list of 12-digit',
    ],
    [
      '{"allowTakeover":true}',
      'allowTakeover is true, and allowTakeover must be "none", "unrecorded" or "any"',
    ],
    ['{"allowAdoption":true}', 'unknown key "allowAdoption", the keys are clusters, principalAccounts,'],
    [
      '{"accessPolicies":["AmazonEKSEditPolicy@"]}',
      'accessPolicies has "AmazonEKSEditPolicy@", which is neither',
    ],
    [
      '{"accessPolicies":["AmazonEKSEditPolicy@a?"]}',
      'accessPolicies has "AmazonEKSEditPolicy@a?", which is neither',
    ],
    [
      '{"accessPolicies":["arn:aws:iam::aws:policy/x"]}',
      'accessPolicies has "arn:aws:iam::aws:policy/x", which is neither NAME nor NAME@NAMESPACES with the name or ARN of an EKS access policy',
    ],
  ])('refuses %s', (json, why) => {
    expect(refusalOf(() => parseGuardrails(json))).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining(`EKS_ACCESS_GUARDRAILS of the provider is invalid: ${why}`) as string,
    });
  });
});

describe('nothing outside passes', () => {
  const parts = fc.constantFrom(
    'system:',
    'System:',
    'masters',
    'nodes',
    'node:',
    'eks:',
    'team-',
    'a',
    ':',
    '{{SessionName}}',
    '{{SessionNameRaw}}',
  );
  const text = fc.array(parts, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));
  const group = fc.oneof(
    text,
    fc.constantFrom('system:masters', ...NODES),
    fc.constantFrom('a', 'b', 'team-a', 'cfn-eks-access-x'),
  );
  const policy = fc.constantFrom(
    ADMIN,
    ADMIN_ARN,
    'AmazonEKSAdminPolicy',
    'AmazonEKSEditPolicy',
    'AmazonEKSViewPolicy',
    ADMIN.toLowerCase(),
  );
  const association = fc.oneof(
    policy.map(clusterWide),
    fc
      .tuple(policy, fc.constantFrom('a', '*', 'dev-*', 'k*', 'kube-system', 'kube-*'))
      .map(([p, n]) => inNamespaces(p, n)),
  );
  const change = fc.record(
    {
      userName: fc.oneof(text, fc.constant(INSTANCE)),
      groups: fc.uniqueArray(group, { maxLength: 3 }),
      type: fc.constantFrom<EntryType>('STANDARD', 'EC2_LINUX', 'HYBRID_LINUX', 'EC2'),
      accessPolicies: fc.array(association, { maxLength: 2 }),
      authenticationMode: fc.constantFrom('AUTO' as const, 'CONFIG_MAP' as const),
    },
    { requiredKeys: [] },
  );
  const desired = fc.oneof<fc.Arbitrary<DesiredAccess>[]>(change.map(role), change.map(native));
  const mode = fc.constantFrom<AuthenticationMode>('CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API');
  const reachesKubeSystem = (pattern: string) =>
    new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test('kube-system');
  const session = fc.constantFrom(
    'cfn-eks-access',
    'system',
    'masters',
    'node',
    'x',
    'serviceaccount',
    'nodes',
  );
  const render = (template: string, name: string) => template.replace(/\{\{\w+\}\}/g, name);

  it.each<[string, Guardrails]>([
    ['by default', {}],
    [
      'with every list open',
      { clusters: ['*'], principalAccounts: ['*'], groups: ['*'], userNames: ['*'], accessPolicies: ['*'] },
    ],
  ])('%s no principal logs in as a node, a component or an admin', (_, guardrails) => {
    let passed = 0;
    fc.assert(
      fc.property(desired, mode, session, (asked, at_, name) => {
        if (verdict(asked, at_, guardrails) !== undefined) return;
        passed += 1;
        const placement = placed(asked, at(at_));
        const login =
          placement.place === 'API'
            ? {
                userName: placement.entry.username ?? 'system:node:',
                groups: placement.entry.groups,
                policies: placement.entry.policies,
              }
            : {
                userName: placement.mapping.section === 'mapAccounts' ? '' : placement.mapping.username,
                groups: placement.mapping.section === 'mapAccounts' ? [] : placement.mapping.groups,
                policies: [],
              };
        expect(render(login.userName, name)).not.toMatch(/^(system|eks|aws|amazon|iam):/i);
        const groups = login.groups.map((item) => render(item, name));
        expect(groups).not.toContain('system:masters');
        expect(groups.filter((item) => /^(system|eks|aws|amazon|iam):|^cfn-eks-access/i.test(item))).toEqual(
          [],
        );
        for (const { policyArn, scope, namespaces } of login.policies) {
          expect(policyArn).not.toMatch(/ClusterAdminPolicy$/i);
          if (/AmazonEKS(Admin|Edit)Policy$/i.test(policyArn))
            expect([scope, namespaces.filter((item) => reachesKubeSystem(item))]).toEqual(['namespace', []]);
        }
      }),
      { numRuns: 3000 },
    );
    // Not a law, but without it this one could hold for nothing.
    expect(passed).toBeGreaterThan(30);
  });

  it('a template can only narrow: what a narrower provider allows, a wider one allows too', () => {
    const narrow: Guardrails = {
      clusters: ['prod'],
      groups: ['team-*'],
      accessPolicies: ['AmazonEKSViewPolicy'],
    };
    const wide: Guardrails = {
      groups: ['*', 'system:*', 'System:*', 'eks:*', 'cfn-eks-access*'],
      accessPolicies: ['*'],
      principalAccounts: ['*'],
      allowNodes: true,
      allowClusterAdmin: true,
    };
    fc.assert(
      fc.property(desired, mode, (asked, at_) => {
        if (verdict(asked, at_, narrow) === undefined) expect(verdict(asked, at_, wide)).toBeUndefined();
        expect([undefined, null]).toContain(verdict(asked, at_, wide));
      }),
      { numRuns: 1000 },
    );
  });
});
