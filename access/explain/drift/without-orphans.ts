/** aws-auth without the orphans, by the function's own plan: what of the ConfigMap changes. Pure. */
import { type AwsAuth } from '../../aws-auth/intent';
import { planRemove } from '../../aws-auth/plan';
import { unlessRefused } from '../../errors';
import { isSameOwner, type Owner } from '../../owner';
import { keptOwners } from '../../ownership-record';
import { readOwnership } from '../../aws-auth/owners-annotation';
import { contentOf } from '../read-aws-auth';
import { type SeenCluster } from '../seen-cluster';
import { type DriftItem } from './drift-item';

export interface Patch {
  /** Keys with their new values; null: they go. */
  readonly data: Readonly<Record<string, string | null>>;
  readonly annotations: Readonly<Record<string, string | null>>;
  readonly removed: readonly DriftItem[];
}

/** `refused`: one clause why the document cannot be edited. */
export function withoutOrphans(
  cluster: SeenCluster,
  items: readonly DriftItem[],
): Patch | { readonly refused: string } {
  const orphans = items.filter(({ state, place }) => state === 'orphan' && place === 'aws-auth');
  if (cluster.awsAuth?.state !== 'read' || orphans.length === 0)
    return { data: {}, annotations: {}, removed: [] };
  const { data, annotations } = contentOf(cluster);
  return unlessRefused(
    () => {
      const left = without(orphans, { data, annotations });
      return {
        data: changedIn(data, left.data),
        annotations: changedIn(annotations, left.annotations),
        removed: orphans,
      };
    },
    (refused) => ({ refused }),
  );
}

function without(orphans: readonly DriftItem[], awsAuth: AwsAuth): AwsAuth {
  const records = readOwnership(awsAuth.annotations);
  // What an owner that is gone as well had there is not brought back.
  const isGone = (owner: Owner): boolean => orphans.some((orphan) => isSameOwner(orphan, owner));
  let current = awsAuth;
  for (const { principal: key, stackId, logicalId } of orphans) {
    const record = records.get(key);
    if (record === undefined) continue;
    const gone = keptOwners(record).filter(isGone);
    const { write } = planRemove(current, { key, owner: { stackId, logicalId }, gone });
    current = write ?? current;
  }
  return current;
}

function changedIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}
