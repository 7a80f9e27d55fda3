/**
 * The laws of a plan over generated documents, the corpus and the authenticator's vectors: after it, those marked `same`
 * get in as before, and nobody who did not get in before does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { explainIn } from '../../../../access/explain/explain';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { principalKeyOf } from '../../../../access/principal-key';
import { viewOf } from '../../../../access/explain/view';
import { type MigrationPlan, type PlanRow } from '../../../../access/migration/migration-plan';
import { planMigration } from '../../../../access/migration/plan';
import { corpus, corpusData } from '../aws-auth/reading/corpus';
import { seenAwsAuth } from '../explain/seen';
import { callersIn, CLUSTER, described, outcome } from './generated-clusters';

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

test('generated clusters', () => {
  let same = 0;
  fc.assert(
    fc.property(CLUSTER, (cluster) => {
      same += check(cluster).same;
    }),
    { numRuns: 100 },
  );
  // Not a law over nobody.
  expect(same).toBeGreaterThan(10);
});
