/** What the guardrails allow, the execution role allows, and hardly more: both forms of the policy (CR-39). */
import './fast-synth';
import fc from 'fast-check';
import { MAX_POLICY_CHARACTERS, policySize } from '../../access/guardrails/iam/policy-size';
import { type EksAccessGuardrails } from '../../cdk/guardrails';
import { plainTemplate } from '../../build/template';
import { type Bundle } from '../../cdk/bundle';
import { ProviderError } from '../../access/errors';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { patternsIntersect } from '../../access/guardrails/pattern';
import { defaultUserName, parsePrincipalArn } from '../../access/principal';
import { RESERVED_PREFIXES } from '../../access/reserved-prefixes';
import { type DesiredAccess, type EntryType } from '../../access/desired-access';
import { type Call, isAllowed, type Statement } from './iam';
import { ACCOUNT, asParameters, constructPolicy, readTemplate, REGION, templatePolicy } from './policies';

const OTHER_ACCOUNT = '444455556666';
const OWNER = 'aws:ResourceTag/cfn-eks-access:owner';
const NEW_OWNER = 'aws:RequestTag/cfn-eks-access:owner';
const NEW_FOUND = 'aws:RequestTag/cfn-eks-access:found';
const PROVIDER_ROLE = `arn:aws:iam::${ACCOUNT}:role/eks-access/provider`;
/** What every call of the provider brings. */
const region = { 'aws:RequestedRegion': REGION, 'aws:PrincipalArn': PROVIDER_ROLE };

const bundle: Bundle = { directory: '', code: 'exports.handler = 1;', sha256: '00', version: '0' };
const template = readTemplate(plainTemplate(bundle));

const forms: readonly (readonly [
  'construct' | 'plain template',
  (guardrails: EksAccessGuardrails) => Statement[],
])[] = [
  ['construct', (guardrails) => constructPolicy(guardrails)],
  ['plain template', (guardrails) => templatePolicy(template, asParameters(guardrails))],
];

interface Wish {
  readonly cluster: string;
  readonly principal: string;
  readonly type: EntryType;
  /** Default: the principal's own. */
  readonly userName?: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly { readonly name: string; readonly namespaces: readonly string[] }[];
}

const clusterArn = (cluster: string): string => `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${cluster}`;

function entryArn({ cluster, principal }: Pick<Wish, 'cluster' | 'principal'>): string {
  const { type, accountId, name } = parsePrincipalArn(principal, 'PrincipalArn');
  return `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/${cluster}/${type}/${accountId}/${name}/12345678-90ab-cdef-1234-567890abcdef`;
}

/** What IAM knows of an entry that is there, and of every request about it. */
function entryKeys({ principal, type, groups = [] }: Partial<Wish>): Call['keys'] {
  return {
    ...region,
    'eks:principalArn': principal ?? '',
    'eks:accessEntryType': type ?? 'STANDARD',
    ...(groups.length > 0 ? { 'eks:kubernetesGroups': groups } : {}),
    ...(type === 'STANDARD' ? { [OWNER]: 'me' } : {}),
  };
}

function userNameOf({ userName, principal }: Wish): string {
  return userName ?? defaultUserName(parsePrincipalArn(principal, 'PrincipalArn'));
}

function createCalls(wish: Wish): Call[] {
  const { principal, type, groups } = wish;
  const resource = clusterArn(wish.cluster);
  const create = {
    'eks:principalArn': principal,
    'eks:accessEntryType': type,
    ...(groups.length > 0 ? { 'eks:kubernetesGroups': groups } : {}),
    ...(type === 'STANDARD' ? { 'eks:username': userNameOf(wish) } : {}),
  };
  const tagged = type === 'STANDARD' ? { [NEW_OWNER]: 'me' } : {};
  const entry = entryArn(wish);
  return [
    { action: 'eks:DescribeCluster', resource, keys: region },
    { action: 'eks:CreateAccessEntry', resource, keys: { ...region, ...create, ...tagged } },
    { action: 'eks:DescribeAccessEntry', resource: entry, keys: entryKeys(wish) },
    ...(type === 'STANDARD'
      ? [{ action: 'eks:TagResource', resource: entry, keys: { ...region, ...create, ...tagged } }]
      : []),
    ...wish.policies.map((policy) => associateCall(wish, policy)),
  ];
}

function associateCall(wish: Wish, { name, namespaces }: Wish['policies'][number]): Call {
  return {
    action: 'eks:AssociateAccessPolicy',
    resource: entryArn(wish),
    keys: {
      ...entryKeys(wish),
      'eks:policyArn': `arn:aws:eks::aws:cluster-access-policy/${name}`,
      'eks:accessScope': namespaces.length > 0 ? 'namespace' : 'cluster',
      ...(namespaces.length > 0 ? { 'eks:namespaces': namespaces } : {}),
    },
  };
}

function deleteCalls(wish: Partial<Wish> & Pick<Wish, 'cluster' | 'principal' | 'type'>): Call[] {
  const resource = entryArn(wish);
  const keys = entryKeys(wish);
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
    userName: wish.type === 'STANDARD' ? userNameOf(wish) : undefined,
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
/** Entries of a list that the plain template can say as well. */
const plainPolicyLists = fc
  .record({
    any: fc.array(some('AmazonEKSViewPolicy', 'AmazonEKS*', '*', 'AmazonEKSEdit*', 'AmazonEKSHybridPolicy'), {
      maxLength: 2,
    }),
    edit: fc.array(some('*', 'dev', 'dev*', 'team-a', 'k*', 'kube-system'), { maxLength: 2 }),
    admin: fc.array(some('*', 'dev', 'dev-*'), { maxLength: 2 }),
  })
  .map(({ any, edit, admin }) => [
    ...any,
    ...edit.map((namespace) => `AmazonEKSEditPolicy@${namespace}`),
    ...admin.map((namespace) => `AmazonEKSAdminPolicy@${namespace}`),
  ]);
const policyLists: Readonly<Record<(typeof forms)[number][0], fc.Arbitrary<string[]>>> = {
  'plain template': plainPolicyLists,
  construct: fc.oneof(
    plainPolicyLists,
    fc.array(
      some(
        'AmazonEKSEdit*@dev',
        'AmazonEKSEditPolicy@team-*',
        '*@dev*',
        'AmazonEKSViewPolicy@dev',
        'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy@*',
      ),
      { maxLength: 3 },
    ),
  ),
};
const guardrailSetsOf = (form: (typeof forms)[number][0]): fc.Arbitrary<EksAccessGuardrails> =>
  fc.record(
    {
      clusters: fc.array(some('prod', 'dev-1', '*', 'prod*', '*-1', '?rod', '*r'), {
        minLength: 1,
        maxLength: 3,
      }),
      principalAccounts: fc.array(some(ACCOUNT, OTHER_ACCOUNT, '*'), { minLength: 1, maxLength: 2 }),
      groups: fc.array(some('team-*', 'ops', 'system:*', '*', 'team-?'), { minLength: 1, maxLength: 2 }),
      userNames: fc.array(some('team-*', 'a*', '*', 'arn:*'), { minLength: 1, maxLength: 2 }),
      accessPolicies: policyLists[form],
      allowNodes: fc.boolean(),
      allowClusterAdmin: fc.boolean(),
      allowTakeover: some('none' as const, 'unrecorded' as const, 'any' as const),
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
    userName: some(undefined, undefined, 'team-x', 'alice', 'cfn'),
    groups: fc.uniqueArray(
      some('team-a', 'ops', 'team-ab', 'viewers', 'system:viewers', 'cfn-eks-access', 'cfn-eks-access-x'),
      { maxLength: 2 },
    ),
    policies: fc.uniqueArray(
      fc.record({
        name: some(
          'AmazonEKSViewPolicy',
          'AmazonEKSEditPolicy',
          'AmazonEKSEditPolicy',
          'AmazonEKSAdminPolicy',
          'AmazonEKSClusterAdminPolicy',
          'AmazonEKSAdminViewPolicy',
          'AmazonEKSHybridPolicy',
        ),
        namespaces: some<string[]>(
          [],
          ['dev'],
          ['*'],
          ['dev', '*'],
          ['dev-*', 'team-a'],
          ['k*'],
          ['kube-system'],
          ['kubeflow-*', 'dev'],
        ),
      }),
      { maxLength: 2, selector: ({ name }) => name },
    ),
  })
  .map(({ account, name, type, userName, groups, policies, cluster }) => ({
    cluster,
    userName: type === 'STANDARD' ? userName : undefined,
    principal: `arn:aws:iam::${account}:${name}`,
    type,
    // Node types take neither (GT-83, GT-98), but EC2 this one.
    groups: type === 'STANDARD' ? groups : [],
    policies:
      type === 'STANDARD'
        ? policies
        : type === 'EC2' && policies.length > 0
          ? [{ name: 'AmazonEKSAutoNodePolicy', namespaces: [] }]
          : [],
  }));

/** EKS takes no group with such a prefix (GT-86), so the role need not allow it where a list does. */
const eksTakesGroups = ({ groups }: Wish): boolean =>
  !groups.some((group) => RESERVED_PREFIXES.some((prefix) => group.startsWith(prefix)));

describe.each(forms)('the policy of the %s', (form, policyOf) => {
  const guardrailSets = guardrailSetsOf(form);

  test('allows a Create exactly when the guardrails do', () => {
    fc.assert(
      fc.property(guardrailSets, wishes, (guardrails, wish) => {
        const statements = policyOf(guardrails);
        const denied = createCalls(wish).filter((call) => !isAllowed(statements, call));
        expect({ guardrails, wish, denied, allowed: denied.length === 0 }).toMatchObject({
          allowed: guardrailsAllow(wish, guardrails) && eksTakesGroups(wish),
        });
      }),
      { numRuns: 600 },
    );
  });

  test('lets every Delete pass, whatever clusters it covers now', () => {
    fc.assert(
      fc.property(guardrailSets, guardrailSets, wishes, (then, now, wish) => {
        // A node's entry has no tag that tells its owner (GT-80).
        const statements = policyOf({ ...now, ...(wish.type === 'STANDARD' ? {} : { allowNodes: true }) });
        fc.pre(guardrailsAllow(wish, then));
        expect(deleteCalls(wish).filter((call) => !isAllowed(statements, call))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  const wish = { cluster: 'prod', principal: `arn:aws:iam::${ACCOUNT}:role/app`, type: 'STANDARD' } as const;
  const everything: EksAccessGuardrails = {
    groups: ['*'],
    userNames: ['*'],
    accessPolicies: ['*'],
    allowNodes: true,
    allowClusterAdmin: true,
    allowTakeover: 'any',
  };

  test.each([
    'UpdateAccessEntry',
    'DeleteAccessEntry',
    'DisassociateAccessPolicy',
    'AssociateAccessPolicy',
    'UntagResource',
  ])('refuses %s of an entry that no stack of this product owns', (action) => {
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

  test('tags a foreign entry only as a Create does, unless takeover is allowed', () => {
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

  const CHANGES = [
    'CreateAccessEntry',
    'UpdateAccessEntry',
    'TagResource',
    'UntagResource',
    'DeleteAccessEntry',
    'AssociateAccessPolicy',
    'DisassociateAccessPolicy',
  ];

  describe.each(CHANGES)('%s', (action) => {
    const allowed = (change: Partial<Wish>): boolean => {
      const changed = { ...wish, ...change };
      const keys = {
        ...entryKeys(changed),
        'eks:username': 'x',
        'eks:policyArn': 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
        'eks:accessScope': 'cluster',
      };
      const resource = action === 'CreateAccessEntry' ? clusterArn('prod') : entryArn(changed);
      return isAllowed(policyOf(everything), { action: `eks:${action}`, resource, keys });
    };

    test('is refused for the provider’s own role, and for no other', () => {
      expect(allowed({ principal: PROVIDER_ROLE })).toBe(false);
      expect(allowed({ principal: `${PROVIDER_ROLE}-2` })).toBe(true);
    });

    test('is refused for an entry with the provider’s group, and for no other', () => {
      expect(allowed({ groups: ['team-a', 'cfn-eks-access'] })).toBe(false);
      expect(allowed({ groups: ['team-a'] })).toBe(true);
    });
  });

  test('no namespace pattern that could be kube-* is cluster admin by another name', () => {
    const namespace = fc.string({
      unit: some('k', 'u', 'b', 'e', '-', 'a', '*'),
      minLength: 1,
      maxLength: 7,
    });
    const statements = policyOf({});
    fc.assert(
      fc.property(fc.array(namespace, { minLength: 1, maxLength: 2 }), (namespaces) => {
        const policies = [{ name: 'AmazonEKSAdminPolicy', namespaces }];
        const asked: Wish = { ...wish, groups: [], policies };
        const allowed = createCalls(asked).every((call) => isAllowed(statements, call));
        expect([namespaces, allowed]).toEqual([namespaces, guardrailsAllow(asked, {})]);
        const reaches = namespaces.some((pattern) => patternsIntersect(pattern, 'kube-*'));
        expect([namespaces, allowed]).toEqual([namespaces, !reaches]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['access-entry/prod/role/999999999999/Admin/u', 'arn:aws:iam::999999999999:role/Admin'],
    [
      `access-entry/prod/role/999999999999/role/${ACCOUNT}/Admin/u`,
      `arn:aws:iam::999999999999:role/role/${ACCOUNT}/Admin`,
    ],
  ])('writes nothing to %s, of another account', (entry, principal) => {
    const resource = `arn:aws:eks:${REGION}:${ACCOUNT}:${entry}`;
    const keys = { ...entryKeys({ principal, type: 'STANDARD' }), [NEW_OWNER]: 'me' };
    for (const action of ['UpdateAccessEntry', 'TagResource', 'AssociateAccessPolicy'])
      expect([action, isAllowed(policyOf({}), { action: `eks:${action}`, resource, keys })]).toEqual([
        action,
        false,
      ]);
  });

  test('stays within the limit of a managed policy', () => {
    const guardrails = {
      ...everything,
      clusters: ['prod', 'dev', 'test-*'],
      principalAccounts: [ACCOUNT, OTHER_ACCOUNT],
    };
    // What is denied is a policy of its own.
    for (const effect of ['Allow', 'Deny']) {
      const part = policyOf(guardrails).filter(({ Effect }) => Effect === effect);
      expect([effect, policySize(part) < MAX_POLICY_CHARACTERS, part.length > 3]).toEqual([
        effect,
        true,
        true,
      ]);
    }
  });
});

test('takeover may be allowed', () => {
  const resource = entryArn({ cluster: 'prod', principal: `arn:aws:iam::${ACCOUNT}:role/app` });
  const call = {
    action: 'eks:TagResource',
    resource,
    keys: { ...region, [NEW_OWNER]: 'me', [NEW_FOUND]: '{}' },
  };
  for (const allowTakeover of ['unrecorded', 'any'] as const) {
    expect(isAllowed(constructPolicy({ allowTakeover }), call)).toBe(true);
    expect(isAllowed(templatePolicy(template, { AllowTakeover: allowTakeover }), call)).toBe(true);
  }
});

test('an empty list of groups allows entries without groups, or with those of rights', () => {
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
  expect([mayCreate(['cfn-eks-access:view']), mayCreate(['cfn-eks-access'])]).toEqual([true, false]);
});

test('a group of the provider’s family has to be listed by its own prefix, and its own group never is', () => {
  const wish = { cluster: 'prod', principal: `arn:aws:iam::${ACCOUNT}:role/app`, type: 'STANDARD' } as const;
  const mayCreate = (group: string, groups: string[]): boolean =>
    createCalls({ ...wish, policies: [], groups: [group] }).every((call) =>
      isAllowed(constructPolicy({ groups }), call),
    );
  expect(mayCreate('cfn-eks-access-x', ['*'])).toBe(false);
  expect(mayCreate('cfn-eks-access-x', ['*', 'cfn-eks-access*'])).toBe(true);
  expect(mayCreate('cfn-eks-access', ['*', 'cfn-eks-access*'])).toBe(false);
});

test.each([
  ['cfn-eks-access:view', true],
  ['cfn-eks-access:view:kube-system', true],
  ['cfn-eks-access:view-plus-nodes', true],
  ['cfn-eks-access:edit:dev', true],
  ['cfn-eks-access:admin-plus-role-bindings:dev', true],
  ['cfn-eks-access:edit', false],
  ['cfn-eks-access:edit-plus-custom-resources', false],
  ['cfn-eks-access:admin:kube-system', false],
  ['cfn-eks-access:secret-reader', false],
  ['cfn-eks-access:cluster-admin', false],
  ['cfn-eks-access:cluster-admin:dev', false],
])(
  'a group of a right that amounts to cluster admin needs allowClusterAdmin: %s',
  (group, isAllowedAlways) => {
    const wish = {
      cluster: 'prod',
      principal: `arn:aws:iam::${ACCOUNT}:role/app`,
      type: 'STANDARD',
    } as const;
    const mayCreate = (guardrails: EksAccessGuardrails): boolean =>
      createCalls({ ...wish, policies: [], groups: [group] }).every((call) =>
        isAllowed(constructPolicy(guardrails), call),
      );
    const may = [{}, { groups: ['team-*'] }, { allowClusterAdmin: true }].map(mayCreate);
    expect(may).toEqual([isAllowedAlways, isAllowedAlways, true]);
  },
);

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
  'eks:ListClusters': [],
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
      userNames: ['a'],
      accessPolicies: ['b', 'AmazonEKSEditPolicy@dev'],
      allowNodes: true,
      allowClusterAdmin: true,
      allowTakeover: 'any',
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

  test.each(forms)(
    'the policy of the %s has no resource * but for what has no other, and no iam:* but PassRole',
    (_form, policyOf) => {
      for (const { Action, Resource, Sid } of policyOf(guardrails)) {
        if (Sid === 'NetworkInterfaces') continue;
        if (Sid === 'ListClusters') {
          expect([Action, Resource]).toEqual(['eks:ListClusters', '*']);
          continue;
        }
        expect([Resource].flat()).not.toContain('*');
        expect(
          [Action].flat().filter((action) => action.startsWith('iam:') && action !== 'iam:PassRole'),
        ).toEqual([]);
      }
    },
  );
});

test('passes node roles on only where nodes are allowed, and only those named', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/nodes`;
  const nodeRoles = [{ roleRef: { roleArn, roleName: 'nodes' } }] as never;
  const passes = (statements: Statement[]): unknown[] =>
    statements.filter(({ Action }) => Action === 'iam:PassRole').map(({ Resource }) => Resource);
  const services = constructPolicy({ allowNodes: true }, { nodeRoles }).find(
    ({ Sid }) => Sid === 'PassNodeRoles',
  );
  expect(services?.Condition).toEqual({
    StringEqualsIfExists: { 'iam:PassedToService': ['eks.amazonaws.com', 'ec2.amazonaws.com'] },
  });
  expect(passes(constructPolicy({ allowNodes: true }, { nodeRoles }))).toEqual([[roleArn]]);
  expect(passes(constructPolicy({}, { nodeRoles }))).toEqual([]);
  expect(passes(templatePolicy(template, { AllowNodes: 'true', NodeRoles: roleArn }))).toEqual([[roleArn]]);
  expect(passes(templatePolicy(template, { NodeRoles: roleArn }))).toEqual([]);
  expect(passes(templatePolicy(template, { AllowNodes: 'true' }))).toEqual([]);
});
