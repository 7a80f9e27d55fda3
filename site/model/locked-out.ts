/** Who loses access with a section that is lost, all by name. Pure. */
import { type Identity } from '../../access/explain/identity';

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
    const names = [...new Set(all.map(({ who }) => who))];
    return `${what}: ${joined(names)} cannot log in by it.`;
  });
}

function isLoss(rule: string | undefined): boolean {
  return rule === 'section-unparsable' || rule === 'section-not-a-list';
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
