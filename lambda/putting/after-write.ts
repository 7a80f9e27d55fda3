/** What follows a write: its failure must not say that nothing was made. */
import { type PutOutcome } from '../../access/back-end';
import { withActed } from '../../access/errors';

/** A step of an event that has written: when it fails, the mapping is there all the same. */
export async function afterWrite<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw withActed(error, true);
  }
}

/** The same of a put. A node's access entry that is taken over as it is costs no call: then nothing has been made yet. */
export function afterPut(
  { changed, wasOwn }: Pick<PutOutcome, 'changed' | 'wasOwn'>,
  isNew: boolean,
  step: () => Promise<void>,
): Promise<void> {
  return !isNew || changed || wasOwn ? afterWrite(step) : step();
}
