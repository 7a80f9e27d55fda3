/** What breaks the law in a block of seeds, on one core. */
import { type Simulation } from './bundle';

export interface Block {
  readonly first: number;
  readonly count: number;
  /** Goes on after the first that breaks. */
  readonly all: boolean;
}

export interface Breach {
  readonly seed: number;
  readonly violation: string;
}

export async function searchBlock(
  { search }: Pick<typeof Simulation, 'search'>,
  { first, count, all }: Block,
): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  for (let seed = first; seed < first + count;) {
    const found = await search(seed, first + count - seed);
    if (!found) break;
    breaches.push({ seed: found.seed, violation: found.failure.violations[0] ?? '' });
    if (!all) break;
    seed = found.seed + 1;
  }
  return breaches;
}
