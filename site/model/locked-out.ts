/** Who loses access with a section that is lost. Pure. */
import { type Identity } from '../../access/explain/identity';
import { listOf } from '../../access/explain/who';

/** One sentence for each section of which nothing counts. */
export function lockedOut(identities: readonly Identity[]): readonly string[] {
  const lost = new Map<string, Identity[]>();
  for (const identity of identities) {
    const { from, reason } = identity;
    if (from.place !== 'aws-auth' || !isLoss(reason?.rule) || reason?.line === undefined) continue;
    const key = `Nothing in ${from.section} counts, because of line ${reason.line}`;
    lost.set(key, [...(lost.get(key) ?? []), identity]);
  }
  return [...lost].map(([what, all]) => {
    const names = all.map(({ who }) => who);
    return `${what}: ${listOf(names, MOST)} cannot log in by it.`;
  });
}

/** More push what to do about it off the screen. */
const MOST = 12;

function isLoss(rule: string | undefined): boolean {
  return rule === 'section-unparsable' || rule === 'section-not-a-list';
}
