/** Which access policies may be given where: the lists, their scopes, and what amounts to cluster admin. */
import fc from 'fast-check';
import { ACCESS_POLICY_TABLE } from '../../../../access/guardrails/access-policy-table';
import {
  checkPolicy,
  harmlessPolicies,
  isPolicyEntry,
  policyRules,
} from '../../../../access/guardrails/access-policies';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { matchesPattern } from '../../../../access/guardrails/pattern';
import { refusalOf } from '../refusal';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 2000 : 400;

const [VIEW, EDIT, ADMIN] = ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy', 'AmazonEKSAdminPolicy'];
const CLUSTER = undefined;
/** Every namespace there can be, one first character each. */
const ALL_BY_LETTER = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((letter) => `${letter}*`);

function verdict(
  name: string,
  namespaces: readonly string[] | undefined,
  guardrails: Guardrails,
  nodeType?: string,
): string | undefined {
  const policy = { name, scope: namespaces ? ('namespace' as const) : ('cluster' as const) };
  try {
    checkPolicy({ ...policy, namespaces: namespaces ?? [] }, nodeType, guardrails);
    return undefined;
  } catch (error) {
    const [, key] = /can allow it with (\w+) in EKS_ACCESS_GUARDRAILS$/.exec((error as Error).message) ?? [];
    if (key === undefined) throw error;
    return key;
  }
}

describe('by default', () => {
  it.each<[string, readonly string[] | undefined, string | undefined]>([
    [VIEW, CLUSTER, undefined],
    [VIEW, ['kube-system', '*'], undefined],
    [EDIT, ['dev'], undefined],
    [ADMIN, ['dev', 'team-*', 'kube', 'kubeflow', 'kubeflow-*', 'kafka*'], undefined],
    [EDIT, CLUSTER, 'allowClusterAdmin'],
    [ADMIN, CLUSTER, 'allowClusterAdmin'],
    [ADMIN, ['dev', 'kube-system'], 'allowClusterAdmin'],
    ...[
      '*',
      '**',
      '?*',
      '*-*',
      'k*',
      'ku*',
      'kub*',
      'kube*',
      'kube-*',
      'kube-public',
      '?ube-system',
      '*system',
    ].map((pattern): [string, readonly string[], string] => [ADMIN, [pattern], 'allowClusterAdmin']),
    [ADMIN, ALL_BY_LETTER, 'allowClusterAdmin'],
    [EDIT, ALL_BY_LETTER, 'allowClusterAdmin'],
    ['AmazonEKSClusterAdminPolicy', ['dev'], 'allowClusterAdmin'],
    ['AmazonEKSAdminViewPolicy', CLUSTER, 'allowClusterAdmin'],
    ['AmazonEKSAdminViewPolicy', ['dev'], 'accessPolicies'],
    ['AmazonEKSSecretAdminPolicy', ['dev'], 'accessPolicies'],
    ['AmazonEKSAutoNodePolicy', CLUSTER, 'accessPolicies'],
    ['AmazonEKSPolicyOfTomorrow', CLUSTER, 'allowClusterAdmin'],
    ['AmazonEKSPolicyOfTomorrow', ['dev'], 'accessPolicies'],
    ['AmazonEKSPolicyOfTomorrow', ['kube-system'], 'allowClusterAdmin'],
  ])('%s in %j: %s', (name, namespaces, expected) => {
    expect(verdict(name, namespaces, {})).toBe(expected);
  });

  it.each(Object.keys(ACCESS_POLICY_TABLE).filter((name) => ![VIEW, EDIT, ADMIN].includes(name)))(
    '%s is refused with any scope',
    (name) => {
      expect(verdict(name, CLUSTER, {})).toBeDefined();
      expect(verdict(name, ['dev'], {})).toBeDefined();
      expect(verdict(name, ['kube-system'], {})).toBeDefined();
    },
  );
});

describe('a list', () => {
  it.each<[string, readonly string[] | undefined, string[], string | undefined]>([
    [EDIT, ['dev'], [VIEW], 'accessPolicies'],
    [EDIT, ['dev'], [EDIT], undefined],
    [EDIT, ['dev', 'dev-1'], [`${EDIT}@dev*`], undefined],
    [EDIT, ['dev', 'web'], [`${EDIT}@dev*`], 'accessPolicies'],
    [EDIT, ['dev', 'web'], [`${EDIT}@dev*`, `${EDIT}@web`], undefined],
    [EDIT, ['dev-*'], [`${EDIT}@dev*`], undefined],
    [EDIT, ['d*'], [`${EDIT}@dev*`], 'accessPolicies'],
    [EDIT, ['*'], [`${EDIT}@*`], 'allowClusterAdmin'],
    [VIEW, CLUSTER, [`${VIEW}@*`], 'accessPolicies'],
    [VIEW, CLUSTER, [`${VIEW}@*`, VIEW], undefined],
    [VIEW, ['*'], [`${VIEW}@*`], undefined],
    [EDIT, ['dev'], [`arn:aws-us-gov:eks::aws:cluster-access-policy/${EDIT}@dev`], undefined],
    [EDIT, ['dev'], ['AmazonEKS*@dev'], undefined],
    [EDIT, CLUSTER, ['*'], 'allowClusterAdmin'],
    ['AmazonEKSHybridPolicy', CLUSTER, ['AmazonEKSHybridPolicy'], undefined],
    [VIEW, CLUSTER, [], 'accessPolicies'],
  ])('%s in %j with %j: %s', (name, namespaces, accessPolicies, expected) => {
    expect(verdict(name, namespaces, { accessPolicies })).toBe(expected);
  });

  it('covers all namespaces by one name, as one statement of the role does', () => {
    expect(policyRules([`${EDIT}@a`, `${VIEW}`, `${EDIT}@b`, `${VIEW}@c`])).toEqual([
      { name: EDIT, namespaces: ['a', 'b'] },
      { name: VIEW, namespaces: undefined },
    ]);
    expect(verdict(EDIT, ['a', 'b'], { accessPolicies: [`${EDIT}@a`, 'AmazonEKSEdit*@b'] })).toBe(
      'accessPolicies',
    );
  });

  it('gives no namespace that it does not name, whatever the wildcards asked for come to', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*'), minLength: 1, maxLength: 5 });
    const namespace = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, pattern, namespace, (allowed, asked, real) => {
        fc.pre(matchesPattern(asked, real));
        if (verdict(VIEW, [asked], { accessPolicies: [`${VIEW}@${allowed}`] }) !== undefined) return;
        expect(matchesPattern(allowed, real)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

it.each<[string, readonly string[] | undefined]>([
  ['AmazonEKSClusterAdminPolicy', CLUSTER],
  [EDIT, CLUSTER],
  [ADMIN, ALL_BY_LETTER],
  ['AmazonEKSPolicyOfTomorrow', ['kube-system']],
])('allowClusterAdmin gives %s in %j beside any list', (name, namespaces) => {
  expect(verdict(name, namespaces, { allowClusterAdmin: true, accessPolicies: [] })).toBeUndefined();
});

it('an ordinary scope has to be listed all the same', () => {
  expect(verdict(EDIT, ['dev'], { allowClusterAdmin: true, accessPolicies: [VIEW] })).toBe('accessPolicies');
});

it('the policy of Auto Mode nodes comes with their type', () => {
  expect(
    verdict('AmazonEKSAutoNodePolicy', CLUSTER, { allowNodes: true, accessPolicies: [] }, 'EC2'),
  ).toBeUndefined();
  expect(verdict(EDIT, CLUSTER, { allowNodes: true }, 'EC2')).toBe('allowClusterAdmin');
});

it('says where the policy was asked for', () => {
  const policy = { name: ADMIN, scope: 'namespace', namespaces: ['dev', 'k*'] } as const;
  expect(refusalOf(() => checkPolicy(policy, undefined, {}))).toMatchObject({
    code: 'AccessDenied',
    message:
      'AccessPolicies has AmazonEKSAdminPolicy in "dev", "k*", which this provider does not allow; its owner can allow it with allowClusterAdmin in EKS_ACCESS_GUARDRAILS',
  });
});

const ARN = 'arn:aws:eks::aws:cluster-access-policy/';

it.each([
  [VIEW, VIEW, undefined],
  ['*', '*', undefined],
  ['AmazonEKS*', 'AmazonEKS*', undefined],
  [`${VIEW}@dev-1`, VIEW, ['dev-1']],
  [`${VIEW}@*`, VIEW, ['*']],
  [`${ARN}${VIEW}`, VIEW, undefined],
  [`arn:aws-us-gov:eks::aws:cluster-access-policy/${VIEW}@a*z`, VIEW, ['a*z']],
])('%j in a list is %s in %j', (entry, name, namespaces) => {
  expect(isPolicyEntry(entry)).toBe(true);
  expect(policyRules([entry])).toEqual([{ name, namespaces }]);
});

it.each([
  '',
  '@dev',
  `${VIEW}@`,
  `${VIEW}@Dev`,
  `${VIEW}@a_b`,
  `${VIEW}@a?`,
  `${VIEW}@a@b`,
  `${VIEW}@dev, ${EDIT}`,
  'a/b',
  'a:b',
  ARN,
  `x${ARN}${VIEW}`,
  `${ARN}a/${VIEW}`,
  `arn:aws:eks:us-east-1:eks::aws:cluster-access-policy/${VIEW}`,
  `arn:aws:iam::aws:policy/${VIEW}`,
])('%j is no entry of a list', (entry) => {
  expect(isPolicyEntry(entry)).toBe(false);
});

it('three policies never amount to cluster admin, in any namespace', () => {
  const harmless = [VIEW, 'AmazonEKSHybridPolicy', 'AmazonEKSAutoNodePolicy'];
  expect(harmlessPolicies('inCluster')).toEqual(harmless);
  expect(harmlessPolicies('inKubeNamespaces')).toEqual(harmless);
});

it('what the type of an Auto Mode node brings along is that policy alone, for that type alone', () => {
  const auto = 'AmazonEKSAutoNodePolicy';
  expect(verdict(auto, CLUSTER, {}, 'EC2')).toBeUndefined();
  expect(verdict(auto, CLUSTER, {}, 'EC2_LINUX')).toBe('accessPolicies');
  expect(verdict('AmazonEKSHybridPolicy', CLUSTER, {}, 'EC2')).toBe('accessPolicies');
});

it.each(['amazoneksclusteradminpolicy', 'AMAZONEKSEDITPOLICY', 'amazonekssecretreaderpolicy'])(
  '%s amounts to cluster admin in any case',
  (name) => {
    expect(verdict(name, CLUSTER, { accessPolicies: ['*'] })).toBe('allowClusterAdmin');
    expect(verdict(name, ['kube-system'], { accessPolicies: ['*'] })).toBe('allowClusterAdmin');
  },
);
it('a harmless one is harmless in any case', () => {
  expect(verdict(VIEW.toLowerCase(), CLUSTER, { accessPolicies: ['*'] })).toBeUndefined();
});

it.each([
  [EDIT, {}, 'allowClusterAdmin'],
  [VIEW, { accessPolicies: [] }, 'accessPolicies'],
])('says that %s was asked for in the whole cluster', (name, guardrails, key) => {
  const policy = { name, scope: 'cluster', namespaces: [] } as const;
  expect(refusalOf(() => checkPolicy(policy, undefined, guardrails))).toMatchObject({
    message: `AccessPolicies has ${name} for the whole cluster, which this provider does not allow; its owner can allow it with ${key} in EKS_ACCESS_GUARDRAILS`,
  });
});
