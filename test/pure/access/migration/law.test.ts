/**
 * The laws of a plan over generated documents, the corpus and the authenticator's vectors: after it, those marked `same`
 * get in as before, and nobody who did not get in before does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type DesiredAccessEntry } from '../../../../access/access-entry/access-entry';
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { type Explanation } from '../../../../access/explain/explanation';
import { explainIn } from '../../../../access/explain/explain';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { principalKeyOf } from '../../../../access/principal-key';
import { viewOf } from '../../../../access/explain/view';
import { type MigrationPlan, type PlanRow } from '../../../../access/migration/migration-plan';
import { planMigration } from '../../../../access/migration/plan';
import { NODE_IDENTITIES } from '../../../../access/node-identity';
import { corpus, corpusData } from '../aws-auth/reading/corpus';
import { seenAwsAuth } from '../explain/seen';

/** As EKS describes what it was given. */
export function described(entry: DesiredAccessEntry): SeenAccessEntry {
  const { principalArn, type, policies } = entry;
  const node = type === 'STANDARD' ? undefined : NODE_IDENTITIES[type];
  return {
    principalArn,
    type,
    username: entry.username ?? node?.userName ?? '',
    groups: node?.groups ?? entry.groups,
    policies,
  };
}

function planOf(cluster: SeenCluster, asWritten = false): MigrationPlan {
  const plan = planMigration(cluster, { asWritten });
  if ('refused' in plan) throw new Error(plan.refused);
  return plan;
}

/** EKS's own entries, for nodes; the creator is nobody here. */
function madeByEks({ madeBy, principal }: PlanRow): readonly SeenAccessEntry[] {
  const entry = { type: 'FARGATE_LINUX', groups: [], policies: [], tags: {} } as const;
  return madeBy === 'EKS' ? [described({ ...entry, principalArn: principal })] : [];
}

function afterwards(
  cluster: SeenCluster,
  { entries, rows }: MigrationPlan,
  mode: 'API' | 'API_AND_CONFIG_MAP',
): SeenCluster {
  const before = cluster.accessEntries?.state === 'read' ? cluster.accessEntries.entries : [];
  const made = entries.map(({ entry }) => described(entry));
  return {
    ...cluster,
    mode,
    accessEntries: { state: 'read', entries: [...before, ...made, ...rows.flatMap(madeByEks)] },
  };
}

/** What a login comes to: `system:masters` and the policy of full control are one, and groups are a set. */
function outcome({ as }: Explanation): unknown {
  if (as === undefined) return undefined;
  const { userName, groups, policies } = as;
  // A node joins by its groups, of which EKS gives those of the type.
  if (groups.includes('system:nodes')) return { node: userName };
  const isAdmin = groups.includes('system:masters') || policies.includes('AmazonEKSClusterAdminPolicy');
  const others = policies.filter((policy) => policy !== 'AmazonEKSClusterAdminPolicy');
  return {
    userName,
    groups: [...new Set(groups)].filter((group) => group !== 'system:masters').sort(),
    others,
    isAdmin,
  };
}

/** Callers of every principal that the text names, in whatever spelling, and some whom it does not. */
function callersIn(cluster: SeenCluster): readonly string[] {
  const { accessEntries, written } = viewOf(cluster);
  const named = [
    ...accessEntries.map(({ principalArn }) => principalArn),
    ...written.sections.flatMap(({ entries }) => entries.map(({ principal }) => principal)),
  ];
  const spellings = named.flatMap((arn) => [arn, arn.trim(), arn.replace(/:role\/.*\//, ':role/')]);
  return [...new Set([...spellings, ...OTHERS])].filter((arn) =>
    /^arn:aws[^:]*:(?:iam|sts)::\d{12}:/.test(arn),
  );
}

const OTHERS = ['arn:aws:iam::111122223333:role/other', 'arn:aws:iam::444455556666:role/dev'];

function check(cluster: SeenCluster): { readonly same: number } {
  const plan = planOf(cluster);
  const before = viewOf(cluster);
  const kept = plan.rows.filter(({ verdict }) => verdict === 'same');
  for (const mode of ['API_AND_CONFIG_MAP', 'API'] as const) {
    const after = viewOf(afterwards(cluster, plan, mode));
    for (const { principal, madeBy } of kept) {
      if (madeBy === 'provider') continue;
      const [then, now] = [explainIn(before, principal), explainIn(after, principal)];
      expect({ principal, mode, verdict: now.verdict, as: outcome(now) }).toEqual({
        principal,
        mode,
        verdict: then.verdict,
        as: outcome(then),
      });
      expect(then.verdict).toBe('YES');
    }
    const callers = callersIn(cluster);
    // IAM has one user of a name: with another path or in another letter case it is nobody.
    const known = new Set(
      callers.filter((arn) => explainIn(before, arn).verdict !== 'NO').map(principalKeyOf),
    );
    for (const caller of callers)
      if (!known.has(principalKeyOf(caller)))
        expect({ caller, verdict: explainIn(after, caller).verdict }).toEqual({ caller, verdict: 'NO' });
  }
  // Everybody who gets in has a row that says so.
  for (const row of plan.rows) {
    const told = ['same', 'loses'].includes(row.verdict) || row.holdsBack;
    if (row.today !== '') expect({ row, told }).toEqual({ row, told: true });
  }
  const made = plan.entries.map(({ entry }) => entry.principalArn.replace(/\/.*\//, '/').toLowerCase());
  expect(new Set(made).size).toBe(made.length);
  planOf(cluster, true);
  return { same: kept.length };
}

const vectors = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/authenticator-vectors.json'), 'utf8'),
) as readonly { readonly name: string; readonly configMapData: AwsAuthData }[];

test.each([
  ...vectors.map(({ name, configMapData }) => [name, configMapData] as const),
  ...corpus.map((file) => [file, corpusData(file)] as const),
])('%s', (_, data) => {
  check({ awsAuth: seenAwsAuth(data) });
});

const ACCOUNT = fc.constantFrom('111122223333', '444455556666');
const PRINCIPAL = fc
  .tuple(
    fc.constantFrom('iam', 'iam', 'iam', 'iam', 'sts'),
    ACCOUNT,
    fc.constantFrom(
      'role/dev',
      'role/DEV',
      'role/ops',
      'role/team/ops',
      'role/node',
      'role/AWSReservedSSO_Admin_0123456789abcdef',
      'role/AWSServiceRoleForBatch',
      'role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch',
      'user/alice',
      'user/Alice',
      'user/team/alice',
      'root',
      'assumed-role/dev/session',
      'federated-user/bob',
    ),
  )
  .map(([service, account, rest]) => `arn:aws:${service}::${account}:${rest}`);
const USER = fc.constantFrom(
  '"alice"',
  '"dev:{{SessionName}}"',
  '"{{SessionName}}"',
  '"a:{{AccountID}}:{{SessionNameRaw}}"',
  '"system:node:{{EC2PrivateDNSName}}"',
  '"system:node:{{SessionName}}"',
  '"aws:x"',
  '""',
  '42',
  '"a\\tb"',
);
const GROUPS = fc.constantFrom(
  '[]',
  '[a, b]',
  '[b, a, a]',
  '[system:masters]',
  '[a, system:masters]',
  '[system:bootstrappers, system:nodes]',
  '[system:bootstrappers, system:nodes, system:node-proxier]',
  '[system:bootstrappers, system:nodes, eks:kube-proxy-windows]',
  '[system:nodes]',
  '["{{AccountID}}"]',
  '[cfn-eks-access]',
  'system:masters',
);
const mapped = (key: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc
        .tuple(PRINCIPAL, USER, GROUPS)
        .map(([arn, user, groups]) => `- ${key}: ${arn}\n  username: ${user}\n  groups: ${groups}\n`),
      { maxLength: 6 },
    )
    .map((entries) => entries.join(''));
const ENTRY: fc.Arbitrary<SeenAccessEntry> = fc
  .tuple(
    fc.constantFrom('role/dev', 'role/team/ops', 'role/node', 'user/alice'),
    fc.constantFrom('x', 'dev:{{SessionName}}'),
    fc.constantFrom([], ['a', 'b']),
  )
  .map(([name, username, groups]) => ({
    principalArn: `arn:aws:iam::111122223333:${name}`,
    type: 'STANDARD',
    username,
    groups,
    policies: [],
  }));
const CLUSTER: fc.Arbitrary<SeenCluster> = fc
  .record({
    mapRoles: mapped('rolearn'),
    mapUsers: fc.oneof(mapped('userarn'), mapped('rolearn')),
    mapAccounts: fc.constantFrom('', '- "444455556666"\n'),
    broken: fc.constantFrom('', '', '', '  @\n'),
    mode: fc.constantFrom('CONFIG_MAP', 'API_AND_CONFIG_MAP', undefined),
    entries: fc.uniqueArray(ENTRY, { selector: ({ principalArn }) => principalArn, maxLength: 2 }),
    created: fc.constantFrom(undefined, 'arn:aws:iam::111122223333:role/team/dev'),
  })
  .map(({ mapRoles, mapUsers, mapAccounts, broken, mode, entries, created }) => ({
    awsAuth: seenAwsAuth({ mapRoles, mapUsers: mapUsers + broken, mapAccounts }),
    mode,
    accessEntries: mode === 'CONFIG_MAP' ? undefined : { state: 'read', entries },
    roles: created === undefined ? [] : [{ arn: created }],
  }));

test('generated clusters', () => {
  let same = 0;
  fc.assert(
    fc.property(CLUSTER, (cluster) => {
      same += check(cluster).same;
    }),
    { numRuns: 100 },
  );
  // Not a law over nobody.
  expect(same).toBeGreaterThan(40);
});
