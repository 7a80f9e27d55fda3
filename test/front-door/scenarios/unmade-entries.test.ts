/**
 * healRecreatedRoles: EKS has one entry of a principal at a time, so that the old one is deleted before the new one is made.
 * Where EKS refuses the new one, nobody may lose the entry by it (GT-79).
 */
import { type Followed, type Line, role } from './following/followed';
import {
  contentOf,
  entryOf,
  MADE_AGAIN,
  makeAgain,
  mapped,
  NOT_MADE_AGAIN,
  runAgain,
  told,
} from './outlived-role';

const NOT_MADE_YET =
  'the access entry was deleted and not made again: run the mapping again with another Revision';

let world: Followed;
afterEach(() => world.stop());

type Refusal = readonly [string, number, string, string];
const REFUSALS: readonly Refusal[] = [
  ['throttled', 429, 'ThrottlingException', 'slow down'],
  ['denied', 403, 'AccessDeniedException', 'no'],
  ['an unknown principal', 400, 'InvalidParameterException', 'invalid principal'],
  ['out of order', 503, 'ServiceUnavailableException', 'later'],
];

/** In the container that served before: another one knows nothing of it. */
async function runInSame(): Promise<readonly Line[]> {
  await world.session.aws.lambda.idle();
  return world.run();
}

/** What EKS says to every CreateAccessEntry of a run, `when` it is so; gives what the run has logged. */
async function refused([, status, error, message]: Refusal, when: () => boolean): Promise<readonly Line[]> {
  let isRefused = true;
  world.session.aws.controlPlane.eks.injectFault({
    match: ({ method, path }) => isRefused && method === 'POST' && path.endsWith('/access-entries') && when(),
    times: Infinity,
    respond: {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': error },
      body: JSON.stringify({ message }),
    },
  });
  const lines = await runInSame();
  isRefused = false;
  return lines;
}

describe('an entry that EKS does not let be made again', () => {
  test('is not deleted where EKS refuses it beforehand', async () => {
    world = await mapped('true');
    makeAgain(world);
    const before = entryOf(world);
    for (const refusal of REFUSALS) {
      const lines = await refused(refusal, () => true);
      expect([refusal, entryOf(world)]).toEqual([refusal, before]);
      expect(told(lines, MADE_AGAIN)).toEqual([]);
    }
    expect(told(await world.run(), MADE_AGAIN)).toHaveLength(1);
    expect(world.login('foo')).toMatchObject({ username: 'x' });
  });

  test('is made by the next run where the old one is gone', async () => {
    world = await mapped('true');
    const before = contentOf(world);
    for (const refusal of REFUSALS) {
      makeAgain(world);
      const lines = await refused(refusal, () => entryOf(world) === undefined);
      expect([refusal, entryOf(world)]).toEqual([refusal, undefined]);
      expect(told(lines, NOT_MADE_YET)).toMatchObject([
        { level: 'WARN', principal: role('foo'), entry: { username: 'x' } },
      ]);
      expect(lines.at(-1)).toMatchObject({ AccessEntriesMissing: 1 });
      const next = await runInSame();
      expect(told(next, MADE_AGAIN)).toHaveLength(1);
      expect(next.at(-1)).toMatchObject({ AccessEntriesMissing: 0 });
      expect(contentOf(world)).toEqual(before);
      expect(world.login('foo')).toMatchObject({ username: 'x' });
    }
  });

  test('is what a stack has made of it meanwhile, or gone with its resource', async () => {
    world = await mapped('true');
    const [refusal] = REFUSALS;
    if (!refusal) throw new Error('no refusals');
    makeAgain(world);
    await refused(refusal, () => entryOf(world) === undefined);
    await runAgain(world);
    const made = entryOf(world);
    expect(made).toBeDefined();
    await runInSame();
    expect(entryOf(world)).toEqual(made);
    makeAgain(world);
    await refused(refusal, () => entryOf(world) === undefined);
    await world.session.aws.cloudformation.deleteStack({ name: 'app' });
    expect(told(await runInSame(), NOT_MADE_AGAIN)).toHaveLength(1);
    expect((await runInSame()).at(-1)).toMatchObject({ AccessEntriesMissing: 0 });
    expect(entryOf(world)).toBeUndefined();
  });
});
