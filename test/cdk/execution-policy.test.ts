/** What the guardrails allow, the execution role allows, and hardly more: both forms of the policy. */
import './fast-synth';
import fc from 'fast-check';
import { MAX_POLICY_CHARACTERS, policySize } from '../../cdk/policy/policy-size';
import { type EksAccessGuardrails } from '../../cdk/guardrails';
import { plainTemplate } from '../../build/template';
import { type Bundle } from '../../cdk/bundle';
import { ProviderError } from '../../access/errors';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { parsePrincipalArn } from '../../access/principal';
import { type DesiredAccess, type EntryType } from '../../access/desired-access';
import { type Call, isAllowed, type Statement } from './iam';
import { ACCOUNT, asParameters, constructPolicy, readTemplate, REGION, templatePolicy } from './policies';

const OTHER_ACCOUNT = '444455556666';
const OWNER = 'aws:ResourceTag/cfn-eks-access:owner';
const NEW_OWNER = 'aws:RequestTag/cfn-eks-access:owner';
const NEW_FOUND = 'aws:RequestTag/cfn-eks-access:found';
const region = { 'aws:RequestedRegion': REGION };

const bundle: Bundle = { directory: '', code: 'exports.handler = 1;', sha256: '00', version: '0' };
const template = readTemplate(plainTemplate(bundle));

const forms: readonly (readonly [string, (guardrails: EksAccessGuardrails) => Statement[]])[] = [
  ['construct', (guardrails) => constructPolicy(guardrails)],
  ['plain template', (guardrails) => templatePolicy(template, asParameters(guardrails))],
];

interface Wish {
  readonly cluster: string;
  readonly principal: string;
  readonly type: EntryType;
  readonly groups: readonly string[];
  readonly policies: readonly { readonly name: string; readonly namespaces: readonly string[] }[];
}

const clusterArn = (cluster: string): string => `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${cluster}`;

function entryArn({ cluster, principal }: Pick<Wish, 'cluster' | 'principal'>): string {
  const { type, accountId, name } = parsePrincipalArn(principal, 'PrincipalArn');
  return `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/${cluster}/${type}/${accountId}/${name}/12345678-90ab-cdef-1234-567890abcdef`;
}

function createCalls(wish: Wish): Call[] {
  const { principal, type, groups } = wish;
  const resource = clusterArn(wish.cluster);
  const create = {
    'eks:principalArn': principal,
    'eks:accessEntryType': type,
    ...(groups.length > 0 ? { 'eks:kubernetesGroups': groups } : {}),
  };
  const tagged = type === 'STANDARD' ? { [NEW_OWNER]: 'me' } : {};
  const entry = entryArn(wish);
  return [
    { action: 'eks:DescribeCluster', resource, keys: region },
    { action: 'eks:CreateAccessEntry', resource, keys: { ...region, ...create, ...tagged } },
    { action: 'eks:DescribeAccessEntry', resource: entry, keys: region },
    ...(type === 'STANDARD'
      ? [{ action: 'eks:TagResource', resource: entry, keys: { ...region, ...tagged } }]
      : []),
    ...wish.policies.map((policy) => associateCall(wish, policy)),
  ];
}

function associateCall(wish: Wish, { name, namespaces }: Wish['policies'][number]): Call {
  return {
    action: 'eks:AssociateAccessPolicy',
    resource: entryArn(wish),
    keys: {
      ...region,
      'eks:policyArn': `arn:aws:eks::aws:cluster-access-policy/${name}`,
      'eks:accessScope': namespaces.length > 0 ? 'namespace' : 'cluster',
      ...(namespaces.length > 0 ? { 'eks:namespaces': namespaces } : {}),
      'eks:accessEntryType': wish.type,
      ...(wish.type === 'STANDARD' ? { [OWNER]: 'me' } : {}),
    },
  };
}

function deleteCalls(wish: Pick<Wish, 'cluster' | 'principal' | 'type'>): Call[] {
  const resource = entryArn(wish);
  const keys = {
    ...region,
    'eks:accessEntryType': wish.type,
    ...(wish.type === 'STANDARD' ? { [OWNER]: 'me' } : {}),
  };
  const actions = [
    'DescribeAccessEntry',
    'ListAssociatedAccessPolicies',
    'DisassociateAccessPolicy',
    'DeleteAccessEntry',
  ];
  return [
    { action: 'eks:DescribeCluster', resource: clusterArn(wish.cluster), keys: region },
    ...actions.map((action) => ({ action: `eks:${action}`, resource, keys })),
  ];
}

function guardrailsAllow(wish: Wish, guardrails: EksAccessGuardrails): boolean {
  const policies = wish.policies.map(({ name, namespaces }) => ({
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    scope: namespaces.length > 0 ? ('namespace' as const) : ('cluster' as const),
    namespaces,
  }));
  const effective = {
    userName: undefined,
    groups: wish.groups,
    policies,
    type: wish.type,
    accessEntryArn: '',
  };
  const desired: DesiredAccess = {
    resourceType: 'Custom::EksAccessEntry',
    kind: 'access-entry',
    cluster: wish.cluster,
    principal: parsePrincipalArn(wish.principal, 'PrincipalArn'),
    groups: wish.groups,
    type: wish.type,
    accessPolicies: policies.map(({ policyArn: policy, ...rest }) => ({ policy, ...rest })),
    tags: {},
    authenticationMode: 'API',
    existingEntry: 'FAIL',
  };
  try {
    checkGuardrails(desired, { effective }, guardrails, { accountId: ACCOUNT });
    return true;
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'AccessDenied') return false;
    throw error;
  }
}

const some = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const guardrailSets: fc.Arbitrary<EksAccessGuardrails> = fc.record(
  {
    clusters: fc.array(some('prod', 'dev-1', '*', 'prod*', '*-1', '?rod', '*r'), {
      minLength: 1,
      maxLength: 3,
    }),
    principalAccounts: fc.array(some(ACCOUNT, OTHER_ACCOUNT, '*'), { minLength: 1, maxLength: 2 }),
    groups: fc.array(some('team-*', 'ops', 'system:*', '*', 'team-?'), { minLength: 1, maxLength: 2 }),
    accessPolicies: fc.array(some('AmazonEKSViewPolicy', 'AmazonEKS*', '*', 'AmazonEKSEdit*'), {
      minLength: 1,
      maxLength: 2,
    }),
    allowNodes: fc.boolean(),
    allowClusterAdmin: fc.boolean(),
  },
  { requiredKeys: [] },
);
const wishes: fc.Arbitrary<Wish> = fc
  .record({
    cluster: some('prod', 'production', 'dev-1', 'crod', 'brod', 'role'),
    account: some(ACCOUNT, OTHER_ACCOUNT),
    // Names made to slip through patterns that cross slashes.
    name: some('role/app', 'user/team/alice', 'role/app-1', `role/${ACCOUNT}`, 'role/role', 'role/prod'),
    type: some<EntryType>('STANDARD', 'STANDARD', 'EC2_LINUX', 'EC2'),
    groups: fc.uniqueArray(some('team-a', 'ops', 'team-ab', 'viewers', 'system:viewers'), { maxLength: 2 }),
    policies: fc.uniqueArray(
      fc.record({
        name: some(
          'AmazonEKSViewPolicy',
          'AmazonEKSEditPolicy',
          'AmazonEKSAdminPolicy',
          'AmazonEKSClusterAdminPolicy',
        ),
        namespaces: some<string[]>([], ['dev'], ['*'], ['dev', '*']),
      }),
      { maxLength: 2, selector: ({ name }) => name },
    ),
  })
  .map(({ account, name, type, groups, policies, cluster }) => ({
    cluster,
    principal: `arn:aws:iam::${account}:${name}`,
    type,
    // Node types take neither (GT-83, GT-98).
    groups: type === 'STANDARD' ? groups : [],
    policies: type === 'STANDARD' ? policies : [],
  }));

describe.each(forms)('the policy of the %s', (_, policyOf) => {
  test('allows a Create exactly when the guardrails do', () => {
    fc.assert(
      fc.property(guardrailSets, wishes, (guardrails, wish) => {
        const statements = policyOf(guardrails);
        const denied = createCalls(wish).filter((call) => !isAllowed(statements, call));
        expect({ guardrails, wish, denied, allowed: denied.length === 0 }).toMatchObject({
          allowed: guardrailsAllow(wish, guardrails),
        });
      }),
      { numRuns: 400 },
    );
  });

  test('lets every Delete pass that the clusters cover', () => {
    fc.assert(
      fc.property(guardrailSets, guardrailSets, wishes, (then, now, wish) => {
        const covered = {
          ...now,
          clusters: ['*'],
          ...(wish.type === 'STANDARD' ? {} : { allowNodes: true }),
        };
        fc.pre(guardrailsAllow(wish, then));
        const statements = policyOf(covered);
        expect(deleteCalls(wish).filter((call) => !isAllowed(statements, call))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  const wish = { cluster: 'prod', principal: `arn:aws:iam::${ACCOUNT}:role/app`, type: 'STANDARD' } as const;
  const everything = { groups: ['*'], accessPolicies: ['*'], allowNodes: true, allowClusterAdmin: true };

  test.each([
    'UpdateAccessEntry',
    'DeleteAccessEntry',
    'DisassociateAccessPolicy',
    'AssociateAccessPolicy',
    'UntagResource',
  ])('refuses %s of an entry that nobody of ours owns', (action) => {
    const keys = {
      ...region,
      'eks:accessEntryType': 'STANDARD',
      'eks:policyArn': 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
    };
    const call = { action: `eks:${action}`, resource: entryArn(wish), keys };
    expect(isAllowed(policyOf(everything), call)).toBe(false);
    expect(isAllowed(policyOf(everything), { ...call, keys: { ...keys, [OWNER]: 'me' } })).toBe(true);
  });

  test('refuses other Regions and accounts', () => {
    const call = { action: 'eks:DescribeCluster', resource: clusterArn('prod'), keys: region };
    const elsewhere = {
      ...call,
      resource: call.resource.replace(REGION, 'us-east-1'),
      keys: { 'aws:RequestedRegion': 'us-east-1' },
    };
    expect(isAllowed(policyOf({}), call)).toBe(true);
    expect(isAllowed(policyOf({}), elsewhere)).toBe(false);
  });

  test('tags a foreign entry only as a Create does, unless adoption is allowed', () => {
    const tag = (keys: Call['keys']): Call => ({
      action: 'eks:TagResource',
      resource: entryArn(wish),
      keys: { ...region, ...keys },
    });
    const statements = policyOf({});
    expect(isAllowed(statements, tag({ [NEW_OWNER]: 'me' }))).toBe(true);
    expect(isAllowed(statements, tag({ [NEW_OWNER]: 'me', [NEW_FOUND]: '{}' }))).toBe(false);
    expect(isAllowed(statements, tag({ team: 'a' }))).toBe(false);
    expect(isAllowed(statements, tag({ [OWNER]: 'me', [NEW_FOUND]: '{}' }))).toBe(true);
  });

  test('stays within the limit of a managed policy', () => {
    const guardrails = {
      ...everything,
      clusters: ['prod', 'dev', 'test-*'],
      principalAccounts: [ACCOUNT, OTHER_ACCOUNT],
    };
    expect(policySize(policyOf(guardrails))).toBeLessThan(MAX_POLICY_CHARACTERS);
  });
});

test('adoption may be allowed', () => {
  const resource = entryArn({ cluster: 'prod', principal: `arn:aws:iam::${ACCOUNT}:role/app` });
  const call = {
    action: 'eks:TagResource',
    resource,
    keys: { ...region, [NEW_OWNER]: 'me', [NEW_FOUND]: '{}' },
  };
  expect(isAllowed(constructPolicy({}, { allowAdoption: true }), call)).toBe(true);
  expect(isAllowed(templatePolicy(template, { AllowAdoption: 'true' }), call)).toBe(true);
});

test('an empty list of groups allows entries without groups only', () => {
  const wish = {
    cluster: 'prod',
    principal: `arn:aws:iam::${ACCOUNT}:role/app`,
    type: 'STANDARD',
    policies: [],
  } as const;
  const statements = constructPolicy({ groups: [] });
  const mayCreate = (groups: string[]): boolean =>
    createCalls({ ...wish, groups }).every((call) => isAllowed(statements, call));
  expect([mayCreate([]), mayCreate(['team-a'])]).toEqual([true, false]);
});

/** Condition keys for each action (Service Authorization Reference of EKS, 2026-10). */
const ENTRY_KEYS = [
  'eks:principalArn',
  'eks:accessEntryType',
  'eks:kubernetesGroups',
  'eks:username',
  'eks:clusterName',
];
const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
  'eks:DescribeCluster': [],
  'eks:ListAccessEntries': [],
  'eks:CreateAccessEntry': [
    'eks:principalArn',
    'eks:accessEntryType',
    'eks:kubernetesGroups',
    'eks:username',
  ],
  'eks:DescribeAccessEntry': ENTRY_KEYS,
  'eks:ListAssociatedAccessPolicies': ENTRY_KEYS,
  'eks:UpdateAccessEntry': ENTRY_KEYS,
  'eks:DeleteAccessEntry': ENTRY_KEYS,
  'eks:TagResource': ENTRY_KEYS,
  'eks:UntagResource': ENTRY_KEYS,
  'eks:AssociateAccessPolicy': [...ENTRY_KEYS, 'eks:policyArn', 'eks:accessScope', 'eks:namespaces'],
  'eks:DisassociateAccessPolicy': [...ENTRY_KEYS, 'eks:policyArn', 'eks:accessScope', 'eks:namespaces'],
};
const LISTS = ['eks:kubernetesGroups', 'eks:namespaces'];

const shapes: readonly (readonly [string, EksAccessGuardrails])[] = [
  ['nothing given', {}],
  [
    'every key',
    {
      clusters: ['prod'],
      principalAccounts: [OTHER_ACCOUNT],
      groups: ['a'],
      accessPolicies: ['b'],
      allowNodes: true,
      allowClusterAdmin: true,
    },
  ],
  ['empty lists', { groups: [], accessPolicies: [] }],
];

describe.each(shapes)('with %s', (_, guardrails) => {
  test.each(forms)(
    'the policy of the %s uses keys that the action has, set operators on lists alone',
    (name, policyOf) => {
      // The plain template has no empty lists: empty means the default.
      if (name === 'plain template' && guardrails.groups?.length === 0) return;
      const eks = policyOf(guardrails).filter(({ Action }) => String(Action).startsWith('eks:'));
      expect(eks.length).toBeGreaterThan(5);
      for (const { Action, Condition = {} } of eks) {
        const used = Object.entries(Condition).flatMap(([operator, keys]) =>
          Object.keys(keys).map((key) => [operator, key] as const),
        );
        for (const action of [Action].flat()) {
          const known = KNOWN_KEYS[action];
          expect([action, known]).toEqual([action, expect.any(Array)]);
          for (const [operator, key] of used) {
            if (!key.startsWith('aws:')) expect(known).toContain(key);
            if (operator !== 'Null')
              expect([key, operator.startsWith('For')]).toEqual([key, LISTS.includes(key)]);
          }
        }
      }
    },
  );

  test.each(forms)('the policy of the %s has no resource * and no iam:* but PassRole', (_form, policyOf) => {
    for (const { Action, Resource, Sid } of policyOf(guardrails)) {
      if (Sid === 'NetworkInterfaces') continue;
      expect([Resource].flat()).not.toContain('*');
      expect(
        [Action].flat().filter((action) => action.startsWith('iam:') && action !== 'iam:PassRole'),
      ).toEqual([]);
    }
  });
});

test('passes node roles on only where nodes are allowed, and only those named', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/nodes`;
  const nodeRoles = [{ roleRef: { roleArn, roleName: 'nodes' } }] as never;
  const passes = (statements: Statement[]): unknown[] =>
    statements.filter(({ Action }) => Action === 'iam:PassRole').map(({ Resource }) => Resource);
  expect(passes(constructPolicy({ allowNodes: true }, { nodeRoles }))).toEqual([[roleArn]]);
  expect(passes(constructPolicy({}, { nodeRoles }))).toEqual([]);
  expect(passes(templatePolicy(template, { AllowNodes: 'true', NodeRoles: roleArn }))).toEqual([[roleArn]]);
  expect(passes(templatePolicy(template, { NodeRoles: roleArn }))).toEqual([]);
  expect(passes(templatePolicy(template, { AllowNodes: 'true' }))).toEqual([]);
});
