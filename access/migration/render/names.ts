/** Names of resources, of characters that every tool takes; unique, and the same for the same plan. Pure. */
import { type PlannedEntry } from '../migration-plan';

/** Each entry after its name: `RoleDev`, `RoleDev2` for CloudFormation, `role_dev` for Terraform. */
export function namesOf(
  entries: readonly PlannedEntry[],
  style: 'Pascal' | 'snake',
): readonly (readonly [string, PlannedEntry])[] {
  const taken = new Set<string>();
  return entries.map((entry) => {
    const words = entry.who.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const base =
      style === 'snake'
        ? words.join('_').toLowerCase()
        : words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1)
      name = style === 'snake' ? `${base}_${count}` : `${base}${count}`;
    taken.add(name.toLowerCase());
    return [name, entry];
  });
}
