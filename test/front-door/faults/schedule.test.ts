/** Every fault of every call of a scheduled run, and what it comes to (docs/faults.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenWorld } from '../scenarios/world';
import { COLUMNS } from './columns';
import { loadFunction } from './function-here';
import { ScheduledCell } from './scheduled-cell';
import { SCHEDULED_CALLS } from './scheduled-calls';
import { startStackResources } from './stack-resources';
import { told } from './table';
import { Room } from './room';

const rbac = readFileSync(join(__dirname, '../../../samples/provider-rbac.yaml'), 'utf8');
/** Those that do more than wait: more of them would be late for the limits of their own. */
const busy = new Room(32);
const outcomes: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  const [stacks, world] = await Promise.all([startStackResources(), givenWorld({ mode: 'API' })]);
  const here = loadFunction(world, { AWS_ENDPOINT_URL_CLOUDFORMATION: stacks.server.url });
  try {
    const cells = SCHEDULED_CALLS.flatMap((call, row) =>
      COLUMNS.map((column, index) => {
        const name = `R${row}C${index}x`;
        const stage = { logicalId: name, cluster: name, roleArn: `arn:aws:iam::111122223333:role/${name}` };
        return new ScheduledCell({ world, here, stacks, rbac }, call, column, stage);
      }),
    );
    const failed = new Map<ScheduledCell, string>();
    const step = async (cell: ScheduledCell, work: (release: () => void) => Promise<void>): Promise<void> => {
      if (failed.has(cell)) return;
      const release = await busy.enter();
      await work(release).catch((error: unknown) => void failed.set(cell, String(error)));
      release();
    };
    const meet = (cell: ScheduledCell): Promise<void> => step(cell, (release) => cell.meet(release));
    const heal = (cell: ScheduledCell): Promise<void> => step(cell, () => cell.heal());
    await Promise.all(cells.map((cell) => step(cell, () => cell.prepare())));
    const inTurn = cells.filter(({ call }) => call.isOfAll);
    const oneByOne = async (): Promise<void> => {
      for (const cell of inTurn) await meet(cell);
      await Promise.all(inTurn.map(heal));
    };
    const others = cells.filter(({ call }) => !call.isOfAll);
    await Promise.all([oneByOne(), ...others.map((cell) => meet(cell).then(() => heal(cell)))]);
    for (const cell of cells)
      (outcomes[cell.call.name] ??= {})[cell.column.name] = failed.get(cell) ?? cell.outcome ?? '';
  } finally {
    here.unload();
    await Promise.all([world.stop(), stacks.server.stop()]);
  }
}, 240_000);

test.each(SCHEDULED_CALLS.map(({ name }) => name))('%s', (name) => {
  expect(outcomes[name]).toEqual(told(name));
});
