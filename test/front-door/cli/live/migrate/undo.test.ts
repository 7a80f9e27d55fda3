/** The way back of a run takes back what the run has made, and nothing that others have made or changed since. */
import { TAGS } from '../../../../../access/contract';
import { ACCOUNT } from '../cluster';
import { ALICE, CI, DATA, DEV, givenMoving, mapped, type Moving, PARTNER } from './moving';

jest.setTimeout(60_000);

const text = (pattern: string | RegExp): string => expect.stringMatching(pattern) as string;

async function givenMoved(options: string): Promise<Moving> {
  const world = await givenMoving('CONFIG_MAP');
  const { last } = await world.migrate(`--approve ${world.digest} ${options}`);
  expect(last.end).toBe(options === '' ? 'go-ahead' : 'done');
  return world;
}

test.each(['', '--bake 0'])('after a run with options "%s"', async (options) => {
  const { cluster, digest, migrate, logins } = await givenMoved(options);
  const before = logins();
  const { last, ran } = await migrate(`--approve ${digest} --undo`);
  expect(last).toMatchObject({ end: 'done', mode: 'API_AND_CONFIG_MAP', left: [] });
  expect(ran.code).toBe(0);
  expect([logins(), cluster.configMap()?.data]).toEqual([before, DATA]);
  for (const arn of [CI, DEV, PARTNER, ALICE]) expect(cluster.accessEntry(arn)).toBeUndefined();
  expect(cluster.configMap(`aws-auth.before-${digest}`)?.data).toEqual(DATA);
});

test('told first, and nothing is done', async () => {
  const { cluster, digest, migrate } = await givenMoved('--bake 0');
  const before = [cluster.configMap(), cluster.accessEntries()];
  const { last, ran } = await migrate(`--approve ${digest} --undo --dry-run`);
  expect(last).toMatchObject({ isForetold: true, end: 'done' });
  expect(ran.stderr).toBe(`Go: eks-access migrate --cluster prod --approve ${digest} --undo\n`);
  expect([cluster.configMap(), cluster.accessEntries()]).toEqual(before);
});

test('who has lost access since gets none back', async () => {
  const { cluster, digest, migrate } = await givenMoved('--bake 0');
  cluster.deleteAccessEntry(PARTNER);
  expect((await migrate(`--approve ${digest} --undo`)).last).toMatchObject({ end: 'done' });
  expect(cluster.loginAs(PARTNER)).toBeUndefined();
  expect(cluster.loginAs(CI, 'x')).toMatchObject({ source: 'aws-auth' });
});

test('what other tools have changed since stays as it is', async () => {
  const { cluster, digest, migrate, logins } = await givenMoved('--bake 0');
  const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/0';
  const adopted = cluster.accessEntry(ALICE);
  cluster.putAccessEntry({
    principalArn: ALICE,
    username: 'alice',
    kubernetesGroups: ['viewers'],
    tags: { ...adopted?.tags, [TAGS.owner]: `v1/${stack.replaceAll('/', '%2F')}/Alice` },
  });
  cluster.putAccessEntry({
    principalArn: DEV,
    username: 'dev:{{SessionName}}',
    tags: { ...cluster.accessEntry(DEV)?.tags },
  });
  cluster.writeConfigMap(({ metadata, data = {} }) => ({
    metadata,
    data: { ...data, mapRoles: `${data['mapRoles'] ?? ''}${mapped(`${ACCOUNT}:role/later`, 'later', 'a')}` },
  }));
  const before = logins();
  const { last } = await migrate(`--approve ${digest} --undo`);
  expect(last).toMatchObject({
    end: 'done',
    left: expect.arrayContaining([text('The access entry of role/dev stays: ')]) as object,
  });
  expect(logins()).toEqual(before);
  expect(cluster.accessEntry(ALICE)).toBeDefined();
  expect(cluster.accessEntry(DEV)).toBeDefined();
  expect(cluster.accessEntry(CI)).toBeUndefined();
  expect(cluster.configMap()?.data?.['mapRoles']).toContain('role/later');
});

test('a digest of no run changes nothing', async () => {
  const { migrate, cluster } = await givenMoved('');
  const before = [cluster.configMap(), cluster.accessEntries()];
  expect((await migrate('--approve 0123456789abcdef --undo')).last).toMatchObject({
    end: 'stop',
    why: text('^Nothing in prod'),
  });
  expect([cluster.configMap(), cluster.accessEntries()]).toEqual(before);
});
