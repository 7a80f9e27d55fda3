/** A process of `search-shared.ts`: answers each block that it is sent with what it found there. */
import { loadSimulation, type Patch } from './bundle';
import { type Block, searchBlock } from './search';
import { type Searched } from './search-shared';

const simulation = loadSimulation(JSON.parse(process.argv[2] ?? '[]') as Patch[]);

process.on('message', (block: Block) => {
  void (async () => {
    const breaches = await searchBlock(await simulation, block);
    const { user, system } = process.cpuUsage();
    process.send?.({ breaches, seconds: (user + system) / 1e6 } satisfies Searched);
  })();
});
