/** The proof of a fix: what the authenticator reads changes in the entry that it is about, and in no other. Pure. */
import { type SectionReading } from '../aws-auth/reading/loaded';
import { type Finding } from './finding';

/** What one finding's fix may change: how many entries there are, or what one of them says. */
export function isProved(before: SectionReading, after: SectionReading, rule: Finding['rule']): boolean {
  if (before.error !== undefined) return after.entries.length > 0 || after.error !== undefined;
  if (after.error !== undefined) return false;
  const lost = before.entries.length - after.entries.length;
  if (rule === 'duplicate-shadowed') return lost === 1 && changes(before, after) === 1;
  if (rule === 'second-document-ignored') return after.entries.length >= before.entries.length;
  return lost <= 0 && changes(before, after) <= 1;
}

export function isTogetherProved(
  before: SectionReading,
  after: SectionReading,
  chosen: readonly Finding[],
): boolean {
  if (before.error !== undefined || after.error !== undefined) return false;
  const removals = chosen.filter(({ rule }) => rule === 'duplicate-shadowed').length;
  const isCounted = before.entries.length - after.entries.length <= removals;
  return isCounted && changes(before, after) <= chosen.length;
}

/** How many entries of before are not there after; whatever their place. */
function changes(before: SectionReading, after: SectionReading): number {
  const left = new Map<string, number>();
  const keyOf = ({ index: _, ...entry }: SectionReading['entries'][number]): string => JSON.stringify(entry);
  for (const entry of after.entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + 1);
  let gone = 0;
  for (const entry of before.entries) {
    const count = left.get(keyOf(entry)) ?? 0;
    if (count === 0) gone += 1;
    else left.set(keyOf(entry), count - 1);
  }
  return gone;
}
