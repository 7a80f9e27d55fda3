/** Laws of the guardrails over templates of every kind. */
import fc from 'fast-check';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import {
  type AuthenticationMode,
  type DesiredAccess,
  type EntryType,
  type RightsEngine,
} from '../../../../access/desired-access';
import { RIGHTS } from '../../../../access/rights/catalogue';
import { at, clusterWide, inNamespaces, native, placed, role } from '../desired';
import { ADMIN, ADMIN_ARN, INSTANCE, NODES, verdict } from './verdict';

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
    fc.constantFrom('a', 'b', 'team-a', 'cfn-eks-access-x', 'cfn-eks-access:edit:a', 'cfn-eks-access:view'),
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
  const right = fc
    .tuple(fc.constantFrom(...RIGHTS), fc.constantFrom([], ['a'], ['kube-system', 'b']))
    .map(([name, namespaces]) => ({ name, namespaces }));
  const change = fc.record(
    {
      userName: fc.oneof(text, fc.constant(INSTANCE)),
      groups: fc.uniqueArray(group, { maxLength: 3 }),
      type: fc.constantFrom<EntryType>('STANDARD', 'EC2_LINUX', 'HYBRID_LINUX', 'EC2'),
      accessPolicies: fc.array(association, { maxLength: 2 }),
      rights: fc.uniqueArray(right, { selector: ({ name }) => name, maxLength: 2 }),
      engine: fc.constantFrom<RightsEngine>('AUTO', 'POLICY', 'RBAC'),
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
      {
        clusters: ['*'],
        principalAccounts: ['*'],
        groups: ['*'],
        userNames: ['*'],
        accessPolicies: ['*'],
        rights: ['*'],
      },
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
        expect(groups.filter((item) => /^(system|eks|aws|amazon|iam):/i.test(item))).toEqual([]);
        const ours = groups.filter((item) => /^cfn-eks-access/i.test(item));
        // Of the groups of rights nothing that writes or reads secrets in the whole cluster or in kube-system.
        expect(
          ours.filter(
            (item) => !/^cfn-eks-access:(view[a-z-]*(:[a-z-]+)?|(?!cluster-admin)[a-z-]+:[ab])$/.test(item),
          ),
        ).toEqual([]);
        expect(asked.groups.filter((item) => ours.includes(render(item, name)))).toEqual([]);
        for (const { policyArn, scope, namespaces } of login.policies) {
          expect(policyArn).not.toMatch(/ClusterAdminPolicy$/i);
          if (/AmazonEKS(Admin|Edit)Policy$/i.test(policyArn))
            expect([scope, namespaces.filter((item) => reachesKubeSystem(item))]).toEqual(['namespace', []]);
        }
      }),
      { numRuns: 3000 },
    );
    // Not a law, but without it this one could hold for nothing.
    expect(passed).toBeGreaterThan(5);
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
      rights: ['*'],
      principalAccounts: ['*'],
      allowNodes: true,
      allowClusterAdmin: true,
    };
    const isOfRights = ({ groups }: DesiredAccess): boolean =>
      groups.some((item) => item.startsWith('cfn-eks-access:'));
    fc.assert(
      fc.property(desired, mode, (asked, at_) => {
        if (verdict(asked, at_, narrow) === undefined) expect(verdict(asked, at_, wide)).toBeUndefined();
        // Nobody may give them as groups.
        expect([undefined, null, ...(isOfRights(asked) ? ['no key named'] : [])]).toContain(
          verdict(asked, at_, wide),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
