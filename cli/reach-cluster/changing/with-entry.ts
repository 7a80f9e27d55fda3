/** What was seen of all access entries, with one of them looked at again. */
import { type SeenAccessEntry } from '../../../access/explain/seen-cluster';
import { Problem } from '../../problem';
import { readEntry } from '../access-entry';
import { type Reached } from '../reach';
import { whyOf } from '../refusal';
import { type Session, within } from '../session';

/** `principalArn`: undefined for none of them. Throws Problem. */
export async function withEntry(
  name: string,
  session: Session,
  before: Reached['accessEntries'],
  principalArn: string | undefined,
): Promise<Reached['accessEntries']> {
  if (principalArn === undefined || before?.state !== 'read') return before;
  try {
    const { entry } = await within(session, (signal) => readEntry(name, principalArn, session, signal));
    const known: readonly SeenAccessEntry[] = before.entries;
    const index = known.findIndex((each) => each.principalArn === principalArn);
    const others = known.filter((_, at) => at !== index);
    const made = entry === undefined ? [] : [entry];
    return {
      state: 'read',
      entries:
        index < 0 ? [...others, ...made] : [...known.slice(0, index), ...made, ...known.slice(index + 1)],
    };
  } catch (error) {
    const why = whyOf(error, `eks:DescribeAccessEntry on the access entries of cluster ${name}`);
    throw new Problem(`Cannot look at the access entry of ${principalArn}: ${why}.`);
  }
}
