/** A function whose code throws while Lambda loads it: events are answered all the same (CR-8). */
import { type Plugin } from 'esbuild';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CREATE_FAILED_MARKER } from '../../../access/contract';
import { functionBundle } from '../../../build/function-bundle.mjs';
import { stateOf } from './attacks/cast';
import { givenWorld, ROLE, roleEntry, type Sent, type World } from './world';

const folder = mkdtempSync(join(tmpdir(), 'could-not-start-'));
let world: World;
afterEach(() => world.stop());

/** The function with a module whose first line throws. */
async function brokenIn(module: string): Promise<string> {
  let broken = 0;
  const plugin: Plugin = {
    name: 'broken-module',
    setup: (build) =>
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.endsWith(`/${module}`)) return undefined;
        broken += 1;
        // Of the surroundings, so that no minifier knows that the rest never runs.
        const line = `if (process.pid) throw new TypeError('a part is missing');\n`;
        return { contents: line + readFileSync(path, 'utf8'), loader: 'ts' };
      }),
  };
  const { code } = await functionBundle([plugin]);
  expect(broken).toBe(1);
  const file = join(folder, `${module.replaceAll('/', '-')}.js`);
  writeFileSync(file, code);
  return file;
}

const requestId = '11111111-2222-3333-4444-555555555555';
const physicalId = `role|my-cluster|${ROLE}`;
const SENT: readonly (readonly [Sent, string])[] = [
  [{ type: 'Create', properties: roleEntry, requestId }, `${CREATE_FAILED_MARKER}${requestId}`],
  [{ type: 'Update', properties: roleEntry, old: roleEntry, physicalId }, physicalId],
  [{ type: 'Delete', properties: roleEntry, physicalId }, physicalId],
];

test.each([
  'access/aws/sdk-client.ts',
  'access/go-yaml/scanner.ts',
  'lambda/lifecycle.ts',
  'lambda/handler.ts',
  'lambda/scheduled/schedule.ts',
  'lambda/index.ts',
])(
  '%s throws: every event is answered FAILED with its true id, and changes nothing (CR-1, CR-8)',
  async (module) => {
    world = await givenWorld({ bundle: await brokenIn(module) });
    const before = stateOf(world.cluster);
    for (const [sent, id] of SENT) {
      const answer = await world.send(sent);
      expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
      expect(answer.Reason).toMatch(
        /^InternalFailure: the provider could not start: its log says why, .* \(log group .*\)$/,
      );
    }
    expect(stateOf(world.cluster)).toEqual(before);
    const log = world.log();
    expect(log).toContain('"message":"the provider could not start"');
    expect(log).toContain('TypeError: a part is missing');
    expect(log).toContain('"EventsFailed":1');
    expect(log).not.toContain('Signature=');
  },
);

test('the answer goes to no host but those of CloudFormation, and a run of the schedule fails (CR-36)', async () => {
  world = await givenWorld({ bundle: await brokenIn('access/aws/sdk-client.ts') });
  const { aws, serviceToken } = world;
  const tamper = (event: Record<string, unknown>): void =>
    void (event['ResponseURL'] = `${aws.endpoints.eks}/x`);
  const refused = await world.invoke({ type: 'Create', properties: roleEntry, tamper });
  expect(JSON.stringify(refused)).toContain('is not one of CloudFormation');
  expect(aws.answerBucket.accepted).toEqual([]);
  const run = await aws.lambda.invoke(serviceToken, { kind: 'cfn-eks-access/scheduled-run' });
  expect(JSON.stringify(run)).toContain('a part is missing');
});

test('what the answer itself stands on throws: the invocation fails, and nothing is changed', async () => {
  world = await givenWorld({ bundle: await brokenIn('access/errors.ts') });
  const before = stateOf(world.cluster);
  const result = await world.invoke({ type: 'Create', properties: roleEntry });
  expect(JSON.stringify(result)).toContain(`"isLoadFailure":true`);
  expect(world.aws.answerBucket.accepted).toEqual([]);
  expect(stateOf(world.cluster)).toEqual(before);
});
