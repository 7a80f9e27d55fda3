/**
 * Runs that are stopped after every single write, and answers that are lost: another run goes on, and everybody gets in
 * as before all the while, there and back.
 */
import { type Fault, type LoopbackServer } from '../../../../../local/aws/server/loopback-server';
import { CI, DATA, givenMoving, type Moving } from './moving';

type Request = Parameters<Fault['match']>[0];

/** Of the EKS API and of the Kubernetes API. */
function serversOf({ plane, cluster }: Moving): readonly LoopbackServer[] {
  return [plane.eks, cluster.kubernetes];
}

function isWrite({ method }: Request): boolean {
  return method !== 'GET';
}

/** One write a run is let through: then nobody may write, as if the run were gone. */
function stopAfterEachWrite(world: Moving): { readonly begin: () => void; readonly writes: string[] } {
  let left = Infinity;
  const writes: string[] = [];
  const match = (request: Request): boolean => {
    if (!isWrite(request)) return false;
    left -= 1;
    if (left < 0) return true;
    writes.push(`${request.method} ${/[^/]+$/.exec(request.path)?.[0] ?? ''}`);
    return false;
  };
  for (const server of serversOf(world))
    server.injectFault({
      match,
      times: Infinity,
      respond: {
        status: 403,
        headers: { 'x-amzn-errortype': 'AccessDeniedException', 'content-type': 'application/json' },
        body: JSON.stringify({
          message: 'no',
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          code: 403,
        }),
      },
    });
  return { begin: () => (left = 1), writes };
}

test('stopped after each write, and gone on with, there and back', async () => {
  const world = await givenMoving('CONFIG_MAP');
  const { cluster, digest, migrate, logins } = world;
  const before = logins();
  const entries = cluster.accessEntries();
  const { begin, writes } = stopAfterEachWrite(world);
  const until = async (options: string, end: string): Promise<number> => {
    for (let runs = 1; runs < 20; runs += 1) {
      begin();
      const { last, ran } = await migrate(options);
      // Between its two calls the access entry of an administrator has no policy yet: the next run begins with it.
      const isHalf =
        writes.at(-1) === 'POST access-entries' && cluster.accessEntry(CI)?.policies.length === 0;
      if (!isHalf) expect(logins()).toEqual(before);
      if (last.end !== undefined) {
        expect(last).toMatchObject({ end });
        return runs;
      }
      expect(ran.code).toBe(2);
    }
    throw new Error('no end');
  };
  await until(`--approve ${digest} --bake 0`, 'done');
  expect(writes).toEqual([
    'POST configmaps',
    'POST update-config',
    'POST access-entries',
    'POST access-policies',
    ...Array<string>(3).fill('POST access-entries'),
    ...Array<string>(4).fill('PUT aws-auth'),
  ]);
  expect(cluster.accessEntry(CI)?.policies).toHaveLength(1);
  writes.length = 0;
  await until(`--approve ${digest} --undo`, 'done');
  expect(writes.slice(0, 1)).toEqual(['PUT aws-auth']);
  expect(writes.slice(1).map((write) => write.split(' ')[0])).toEqual(Array<string>(4).fill('DELETE'));
  // Byte for byte; EKS's own entries stay.
  expect(cluster.configMap()?.data).toEqual(DATA);
  expect(entries).toEqual([]);
  expect(cluster.accessEntries().map(({ tags }) => tags)).toEqual([{}, {}, {}]);
}, 120_000);

test('every answer to a write is lost once', async () => {
  const world = await givenMoving('CONFIG_MAP');
  const { cluster, digest, migrate, logins } = world;
  const before = logins();
  const lost = new Set<string>();
  for (const server of serversOf(world))
    server.injectFault({
      match: (request) => {
        const key = `${request.method} ${request.path} ${request.body.toString()}`;
        return isWrite(request) && !lost.has(key) && Boolean(lost.add(key));
      },
      times: Infinity,
      action: 'reset-after',
    });
  expect((await migrate(`--approve ${digest} --bake 0`)).last).toMatchObject({ end: 'done' });
  expect(lost.size).toBeGreaterThan(8);
  expect(logins()).toEqual(before);
  expect(cluster.updates()).toHaveLength(1);
  expect((await migrate(`--approve ${digest} --undo`)).last).toMatchObject({ end: 'done' });
  expect([logins(), cluster.configMap()?.data]).toEqual([before, DATA]);
}, 120_000);
