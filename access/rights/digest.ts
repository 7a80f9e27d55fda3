/** Tells a ClusterRole of the manifest from one that was changed. Pure. */
import { fnv1aHex } from '../fnv1a';

/** What counts of a ClusterRole, as the API server gives it. */
export interface RoleContent {
  readonly rules?: unknown;
  /** The control plane keeps the rules of such a role, so they say nothing of a change. */
  readonly aggregationRule?: unknown;
}

/** 16 hexadecimal digits; the order of keys does not count, that of lists does: the API server keeps it. */
export function digestOf({ rules, aggregationRule }: RoleContent): string {
  return fnv1aHex(JSON.stringify(sorted(aggregationRule ?? rules ?? [])));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
