/**
 * The plan of a run: always of aws-auth as the run found it, and without the access entries that it has made, so that a
 * run that goes on plans the same. Pure.
 */
import { readRecord } from '../../access-entry/owner-tags';
import { type AwsAuthData, SECTIONS } from '../../aws-auth/identity-mapping';
import { undefinedIfRefused } from '../../errors';
import { type ReadAwsAuth, type SeenAccessEntry, type SeenCluster } from '../../explain/seen-cluster';
import { type MigrationPlan, type Planned, type Wants } from '../migration-plan';
import { planMigration } from '../plan';
import { type SeenMigration } from './seen-migration';

/** Tag on the access entries of a run: the digest of its plan. */
export const MIGRATION_TAG = 'cfn-eks-access:migration';

/** Name of the ConfigMap in kube-system that keeps aws-auth as the run found it. */
export function copyName(digest: string): string {
  return `aws-auth.before-${digest}`;
}

/** Made by the run, and no stack's by now. */
export function isOfRun({ tags = {} }: SeenAccessEntry, digest: string): boolean {
  if (tags[MIGRATION_TAG] !== digest) return false;
  return undefinedIfRefused(() => readRecord(tags)) === undefined;
}

export function planOfRun(seen: SeenMigration, digest: string, wants: Wants): Planned {
  return planMigration(clusterOf(withoutRun(seen, digest)), wants);
}

function withoutRun(seen: SeenMigration, digest: string): PlannedFrom {
  const { name, mode, awsAuth, copy, nodeRoles, roles } = seen;
  const entries = entriesSeen(seen).filter((entry) => !isOfRun(entry, digest));
  return { name, mode, awsAuth: copy ?? awsAuth, entries, nodeRoles, roles };
}

/** Remembers the last plan: it is the same from step to step while nobody else changes anything. */
export class Planner {
  private last: { readonly of: string; readonly plan: Planned } | undefined;

  planOfRun(seen: SeenMigration, digest: string, wants: Wants): Planned {
    const from = withoutRun(seen, digest);
    const { data, annotations } = { data: dataOf(from.awsAuth), annotations: from.awsAuth?.annotations };
    const of = JSON.stringify([{ ...from, awsAuth: from.awsAuth && { data, annotations } }, wants]);
    if (this.last?.of !== of) this.last = { of, plan: planMigration(clusterOf(from), wants) };
    return this.last.plan;
  }
}

/** What `eks-access plan-migration` says of the cluster now. */
export function planOfNow(seen: SeenMigration): MigrationPlan {
  return planMigration(clusterOf(seen));
}

type PlannedFrom = Pick<SeenMigration, 'name' | 'mode' | 'awsAuth' | 'entries' | 'nodeRoles' | 'roles'>;

/** All of it was read, so that its plan is never a partial one. */
function clusterOf({ name, mode, awsAuth, entries = [], nodeRoles, roles }: PlannedFrom): SeenCluster {
  const accessEntries = mode === 'CONFIG_MAP' ? undefined : ({ state: 'read', entries } as const);
  return { name, mode, awsAuth: awsAuth ?? { state: 'absent' }, accessEntries, nodeRoles, roles };
}

/** None where the cluster has none yet. */
export function entriesSeen({ entries = [] }: Pick<SeenMigration, 'entries'>): readonly SeenAccessEntry[] {
  return entries;
}

/** `data` of the ConfigMap. */
export function dataOf(awsAuth: ReadAwsAuth | undefined): AwsAuthData {
  if (awsAuth === undefined) return {};
  if (awsAuth.data !== undefined) return awsAuth.data;
  return Object.fromEntries(
    SECTIONS.flatMap((section) => {
      const text = awsAuth.sections[section]?.text;
      return text === undefined ? [] : [[section, text] as const];
    }),
  );
}

export function isSameData(a: AwsAuthData, b: AwsAuthData): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
