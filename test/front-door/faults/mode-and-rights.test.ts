/**
 * Every fault of every call that changes the authentication mode, or binds the groups of named rights, and what it comes to
 * (docs/faults.md). All cells at the same time in one process: they mostly wait.
 */
import { createServerCertificate } from '../../../local/aws/server/certificates';
import { setup } from '../scenarios/rights/cluster-with-rights';
import { givenWorld, type World } from '../scenarios/world';
import { type Outcome, Run } from './cell';
import { type Column, COLUMNS } from './columns';
import { type FunctionHere, loadFunction, servedHere } from './function-here';
import { MODE_CALLS, type ModeCall } from './mode-calls';
import { ModeCell } from './mode-cell';
import { RIGHTS_CALLS } from './rights-calls';
import { type Call, type Stage } from './calls';
import { Room } from './room';
import { inShort, prepare, stageOf, told } from './table';

/** More of them would be late for the limits of their own. */
const room = new Room(64);
const outcomes: Record<string, Record<string, string>> = {};
let world: World;
let here: FunctionHere;

async function inRoom(work: () => Promise<Outcome>): Promise<string> {
  const leave = await room.enter();
  return work().catch(String).finally(leave);
}

function tell(name: string, column: Column, [once = '', lasting = '']: readonly string[]): void {
  (outcomes[name] ??= {})[column.name] = inShort(once, lasting);
}

async function rightsCell(call: Call, column: Column, name: string): Promise<void> {
  const once = stageOf(call, `${name}x`);
  const lasting: Stage = { ...stageOf(call, `${name}y`), cluster: once.cluster };
  await prepare(world, call, once);
  world.aws.iam.addPrincipal(lasting.roleArn);
  world.aws.controlPlane.cluster(once.cluster).applyRbac(setup);
  const runOf = (stage: Stage): Run => new Run(servedHere(world, here), call, column, stage);
  // Their calls to the cluster cannot be told apart.
  const met = await inRoom(() => runOf(once).once());
  tell(call.name, column, [met, await inRoom(() => runOf(lasting).lasting())]);
}

async function modeCell(call: ModeCall, column: Column, name: string): Promise<void> {
  const half = (which: 'once' | 'lasting') => async (): Promise<Outcome> => {
    const cluster = `${name}${which}`;
    const mode = new ModeCell(world, here, call, column, { logicalId: cluster, cluster, roleArn: '' });
    await mode.prepare();
    return mode[which]();
  };
  tell(call.name, column, await Promise.all([half('once'), half('lasting')].map(inRoom)));
}

beforeAll(async () => {
  const certificate = await createServerCertificate('kubernetes');
  world = await givenWorld({ mode: 'API', aws: { certificate, concurrency: 8 } });
  here = loadFunction(world, { AWS_ENDPOINT_URL_CLOUDFORMATION: world.stackApi.url });
  try {
    const each = <C>(
      calls: readonly C[],
      work: (call: C, column: Column, name: string) => Promise<void>,
      letter: string,
    ) =>
      calls.flatMap((call, row) =>
        COLUMNS.map((column, index) => work(call, column, `${letter}${row}C${index}`)),
      );
    await Promise.all([...each(RIGHTS_CALLS, rightsCell, 'R'), ...each(MODE_CALLS, modeCell, 'M')]);
  } finally {
    here.unload();
    await world.stop();
  }
}, 240_000);

test.each([...RIGHTS_CALLS, ...MODE_CALLS].map(({ name }) => name))('%s', (name) => {
  expect(firstAnswerAside(name, outcomes[name])).toEqual(told(name));
});

/**
 * Where Lambda takes a hop and never says so, the invocation answers FAILED at its deadline and the hop answers what it
 * finds: which of the two is first is chance (docs/decisions/0014), and both end well.
 */
function firstAnswerAside(
  name: string,
  found: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  return name === 'lambda:Invoke (mode)' && found?.['stall'] === 'again'
    ? { ...found, stall: 'fails' }
    : found;
}
