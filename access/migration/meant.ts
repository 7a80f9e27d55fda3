/** What entries ask for that do not give it: what is read after all that can be repaired is. Pure. */
import { type LoadedMapping } from '../aws-auth/reading/loaded';
import { fixAll, isFixable, withTexts } from '../explain/fixing';
import { type View, viewOf } from '../explain/view';
import { principalKeyOf } from '../explain/who';
import { type WrittenEntry } from '../explain/written';

/** Undefined for an entry that nothing repairs. */
export type Meant = (entry: WrittenEntry) => LoadedMapping | undefined;

/** Duplicates stay: which of them is meant is for a person to say. */
export function meantIn({ cluster }: View): Meant {
  const { texts } = fixAll(cluster, (finding) => isFixable(finding) && finding.rule !== 'duplicate-shadowed');
  const fixed = viewOf(withTexts(cluster, texts)).written.sections;
  const entries = new Map(
    fixed.flatMap(({ section, entries }) => entries.map((entry) => [`${section} ${entry.index}`, entry])),
  );
  return (entry) => {
    const found = entries.get(`${entry.section} ${entry.index}`);
    const isSame = found !== undefined && principalKeyOf(found.principal) === principalKeyOf(entry.principal);
    return isSame ? found.loaded : undefined;
  };
}
