/** Shares many seeds among processes, one a core. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Patch } from './bundle';
import { type Block, type Breach } from './search';

/** Takes a core some seconds: no process waits long for the last one. */
const LARGEST_BLOCK = 200;

export interface Searched {
  readonly breaches: readonly Breach[];
  /** Processor time: of a process so far, or of all of them. */
  readonly seconds: number;
}

/**
 * The breaches from the lowest seed on; without `all` at most one, the lowest. `patches`: as of `loadSimulation`. `tell`
 * hears of each breach at once, in the order in which they are found.
 */
export async function searchShared(
  whole: Block,
  patches: readonly Patch[] = [],
  tell?: (breach: Breach) => void,
): Promise<Searched> {
  const processes = Math.min(availableParallelism(), whole.count);
  const blocks = blocksOf(whole, Math.min(LARGEST_BLOCK, Math.ceil(whole.count / processes / 4)));
  const breaches: Breach[] = [];
  const work = async (): Promise<number> => {
    const child = fork(join(__dirname, 'search-process.ts'), [JSON.stringify(patches)], {
      execArgv: ['--import', 'tsx'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`a process of the search ended with ${String(code)}`);
    });
    ended.catch(() => undefined);
    let seconds = 0;
    // Blocks are handed out from the lowest seed on, so all that lies below a breach has been handed out.
    while (whole.all || breaches.length === 0) {
      const block = blocks.shift();
      if (!block) break;
      child.send(block);
      const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Searched];
      seconds = answer.seconds;
      for (const breach of answer.breaches) {
        breaches.push(breach);
        tell?.(breach);
      }
    }
    child.disconnect();
    return seconds;
  };
  const seconds = await Promise.all(Array.from({ length: processes }, work));
  breaches.sort((a, b) => a.seed - b.seed);
  return {
    breaches: whole.all ? breaches : breaches.slice(0, 1),
    seconds: seconds.reduce((sum, each) => sum + each, 0),
  };
}

function blocksOf({ first, count, all }: Block, size: number): Block[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    first: first + index * size,
    count: Math.min(size, count - index * size),
    all,
  }));
}
