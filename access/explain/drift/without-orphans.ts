/** aws-auth without the orphans, by the function's own plan: what of the ConfigMap changes. Pure. */
import { planRemove } from '../../aws-auth/plan';
import { ProviderError } from '../../errors';
import { isSameOwner, type Owner } from '../../owner';
import { keptOwners } from '../../ownership-record';
import { readOwnership } from '../../aws-auth/owners-annotation';
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
  { awsAuth }: SeenCluster,
  items: readonly DriftItem[],
): Patch | { readonly refused: string } {
  const orphans = items.filter(({ state, place }) => state === 'orphan' && place === 'aws-auth');
  if (awsAuth?.state !== 'read' || orphans.length === 0) return { data: {}, annotations: {}, removed: [] };
  const { data = {}, annotations = {} } = awsAuth;
  let current = { data, annotations };
  try {
    const records = readOwnership(annotations);
    // What an owner that is gone as well had there is not brought back.
    const owners = orphans.map(({ stackId, logicalId }): Owner => ({ stackId, logicalId }));
    for (const [index, { principal: key }] of orphans.entries()) {
      const owner = owners[index];
      const record = records.get(key);
      if (owner === undefined || record === undefined) continue;
      const gone = keptOwners(record).filter((kept) => owners.some((each) => isSameOwner(each, kept)));
      const { write } = planRemove(current, { key, owner, gone });
      if (write !== undefined) current = write;
    }
  } catch (error) {
    if (error instanceof ProviderError) return { refused: error.message };
    throw error;
  }
  return {
    data: changedIn(data, current.data),
    annotations: changedIn(annotations, current.annotations),
    removed: orphans,
  };
}

function changedIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}
