/** `eks-access iam-policy` has the statements that the constructs give the provider's role, with the place filled in. */
import './fast-synth';
import fc from 'fast-check';
import { iamPolicies } from '../../access/guardrails/iam/policies';
import { policySize } from '../../access/guardrails/iam/policy-size';
import { type EksAccessGuardrails } from '../../cdk/guardrails';
import { ACCOUNT, constructPolicy, REGION } from './policies';

const place = { partition: 'aws', region: REGION, accountId: ACCOUNT };
const noRoles = { nodeRoles: [], clusterRoles: [] };

function statementsOf(guardrails: EksAccessGuardrails): readonly unknown[] {
  const policies = iamPolicies(guardrails, place, noRoles);
  if ('fault' in policies) throw new Error(policies.fault);
  for (const { Statement } of [...policies.allow, ...policies.deny])
    expect(policySize(Statement)).toBeLessThanOrEqual(6144);
  return [...policies.allow, ...policies.deny].flatMap(({ Statement }) => Statement);
}

const pattern = fc.constantFrom('team-a', 'team-*', 'a?', '*', '${AWS::Region}', '${aws:PrincipalArn}-%');
const guardrails: fc.Arbitrary<EksAccessGuardrails> = fc.record(
  {
    clusters: fc.uniqueArray(fc.constantFrom('prod', 'team-*', '*'), { minLength: 1 }),
    principalAccounts: fc.constantFrom(['*'], ['111122223333'], ['111122223333', '444455556666']),
    groups: fc.uniqueArray(pattern),
    userNames: fc.uniqueArray(pattern),
    accessPolicies: fc.uniqueArray(
      fc.constantFrom(
        'AmazonEKSViewPolicy',
        'AmazonEKSEditPolicy@dev-*',
        'AmazonEKSAdminPolicy@x',
        'Amazon*',
      ),
    ),
    allowNodes: fc.boolean(),
    allowClusterAdmin: fc.boolean(),
    allowTakeover: fc.constantFrom('none', 'unrecorded', 'any'),
  },
  { requiredKeys: [] },
);

test('the same statements for the same guardrails', () => {
  fc.assert(
    fc.property(guardrails, (given) => {
      expect(statementsOf(given)).toEqual(constructPolicy(given));
    }),
    { numRuns: 60 },
  );
});

test('nothing of the place is left open, in whatever partition, and what guardrails hold stays literal', () => {
  const policies = iamPolicies(
    { groups: ['${AWS::Region}'] },
    { partition: 'aws-cn', region: 'cn-north-1', accountId: '444455556666' },
    { nodeRoles: ['arn:aws-cn:iam::444455556666:role/node'], clusterRoles: [] },
  );
  const text = JSON.stringify(policies);
  expect(text).not.toMatch(/\$\{AWS::|arn:aws:/);
  expect(text).toContain('arn:aws-cn:eks:cn-north-1:444455556666:cluster/*');
  expect(text).toContain('"${$}{AWS::Region}"');
});

test('roles are passed and assumed only where they are named', () => {
  const sids = (roles: { nodeRoles: string[]; clusterRoles: string[] }) => {
    const policies = iamPolicies({ allowNodes: true }, place, roles);
    return 'fault' in policies
      ? []
      : policies.allow.flatMap(({ Statement }) => Statement.map((each) => (each as { Sid: string }).Sid));
  };
  expect(sids({ nodeRoles: [], clusterRoles: [] })).not.toEqual(expect.arrayContaining(['PassNodeRoles']));
  expect(sids({ nodeRoles: [], clusterRoles: [] })).not.toEqual(expect.arrayContaining(['ReachClusters']));
  const arn = `arn:aws:iam::${ACCOUNT}:role/x`;
  expect(sids({ nodeRoles: [arn], clusterRoles: [arn] })).toEqual(
    expect.arrayContaining(['PassNodeRoles', 'ReachClusters']),
  );
});

test.each<readonly [unknown, RegExp]>([
  [{ cluster: ['a'] }, /^unknown key "cluster", did you mean clusters\?$/],
  [{ clusters: 'a' }, /^clusters is "a", and clusters must be a list/],
  [[], /^it is not a JSON object$/],
  [{ accessPolicies: ['a b:c'] }, /^accessPolicies has "a b:c"/],
  [
    { clusters: Array.from({ length: 2000 }, (_, index) => `cluster-number-${index}`) },
    /write patterns such as team-\*/,
  ],
])('%j is refused', (given, fault) => {
  expect(iamPolicies(given, place, noRoles)).toEqual({ fault: expect.stringMatching(fault) as string });
});
