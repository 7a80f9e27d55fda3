/** A whole move in each mode that it can begin in: what is done in which order, who gets in after it, and what is left. */
import { ACCOUNT, ADMIN } from '../cluster';
import { ALICE, CI, DATA, DEV, givenMoving, mapped, NODE, PARTNER, PODS, STAYS } from './moving';

jest.setTimeout(60_000);

const isMoved = (login: unknown): boolean => (login as readonly unknown[])[0] !== STAYS;
const dos = (steps: readonly { readonly do?: string }[]): readonly string[] =>
  steps.map((step) => step.do ?? '').filter((step) => step !== 'prove' && step !== 'wait');

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)('from mode %s', async (mode) => {
  const world = await givenMoving(mode);
  const { cluster, digest, migrate, logins } = world;
  const before = logins();
  const first = await migrate(`--approve ${digest}`);
  expect(first.ran.stderr).toBe(LOOK(digest));
  expect(dos(first.steps)).toEqual([
    'copy',
    ...(mode === 'CONFIG_MAP' ? ['change mode'] : []),
    ...Array<string>(4).fill('make entry'),
  ]);
  expect(first.last).toMatchObject({ end: 'go-ahead', mode: 'API_AND_CONFIG_MAP', digest });
  expect(logins()).toEqual(before);
  expect(cluster.configMap(`aws-auth.before-${digest}`)?.data).toEqual(DATA);
  expect(cluster.configMap()?.data).toEqual(DATA);
  expect(cluster.accessEntry(CI)).toMatchObject({
    username: 'ci',
    kubernetesGroups: ['deployers'],
    policies: [{ scope: 'cluster' }],
    tags: { 'cfn-eks-access:migration': digest },
  });
  // With the path that IAM tells.
  for (const arn of [DEV, PARTNER, ALICE]) expect(cluster.accessEntry(arn)).toBeDefined();

  const second = await migrate(`--approve ${digest} --bake 0`);
  expect(dos(second.steps)).toEqual(Array<string>(4).fill('take out'));
  expect(second.last).toMatchObject({
    end: 'done',
    left: [expect.stringMatching(/^role\/stays stays in aws-auth: /)],
  });
  expect(second.ran.code).toBe(1);
  expect(second.ran.stderr).toBe(`prod stays in API_AND_CONFIG_MAP. role/stays gets in by aws-auth alone.\n`);
  expect(logins()).toEqual(before);
  // Comments after an entry go with it where they are its own; every other byte is as it was.
  const left = cluster.configMap()?.data ?? {};
  expect(left['mapUsers'] ?? '').toBe('');
  for (const line of (left['mapRoles'] ?? '').split('\n')) expect(DATA.mapRoles.split('\n')).toContain(line);
  for (const arn of [NODE, PODS, STAYS]) expect(left['mapRoles']).toContain(`rolearn: ${arn}\n`);
  for (const name of ['ci', 'dev', 'partner']) expect(left['mapRoles']).not.toContain(`role/${name}\n`);
});

const LOOK = (digest: string): string =>
  `Look: eks-access list --cluster prod
Then go on: eks-access migrate --cluster prod --approve ${digest} --bake 0
Or go back: eks-access migrate --cluster prod --approve ${digest} --undo
`;

test('to mode API, by its own approval, when nobody needs aws-auth', async () => {
  const { mapRoles, mapUsers } = DATA;
  const data = { mapRoles: mapRoles.slice(0, mapRoles.lastIndexOf('# a comment')), mapUsers };
  const world = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  const { cluster, digest, migrate, logins, run } = world;
  const before = logins().filter(isMoved);
  const moved = await migrate(`--approve ${digest} --bake 0`);
  expect(moved.last).toMatchObject({ end: 'done', left: [] });
  expect(moved.ran.code).toBe(0);
  const asked = /--approve-api ([0-9a-f]{16})/.exec(moved.ran.stderr)?.[1] ?? '';
  // It is what plan-migration says of the cluster then, and what a template writes as PlanDigest.
  const now = JSON.parse((await run('plan-migration --cluster prod --json')).stdout) as { digest: string };
  expect(asked).toBe(now.digest);
  expect((await migrate(`--approve-api ${digest.replace(/^./, 'f')}`)).last).toMatchObject({
    end: 'stop',
    why: expect.stringContaining(`--approve-api ${asked}`) as string,
  });
  expect(cluster.authenticationMode).toBe('API_AND_CONFIG_MAP');
  const api = await migrate(`--approve ${digest} --approve-api ${asked}`);
  expect(dos(api.steps)).toEqual(['change mode']);
  expect([api.ran.code, cluster.authenticationMode]).toEqual([0, 'API']);
  expect(logins().filter(isMoved)).toEqual(before);
  expect(cluster.configMap(`aws-auth.before-${digest}`)?.data).toEqual(data);
  expect(cluster.configMap()).toBeDefined();
  expect((await migrate(`--approve ${digest}`)).last).toMatchObject({ end: 'done' });
  expect((await migrate(`--approve ${digest} --undo`)).last).toMatchObject({ end: 'stop' });
  expect(logins().filter(isMoved)).toEqual(before);
});

test('mode API is refused while anybody needs aws-auth, who is named', async () => {
  const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP');
  const { last, ran } = await migrate(`--approve ${digest} --bake 0 --approve-api ${digest}`);
  expect(last).toMatchObject({ end: 'stop', left: ['role/stays gets in by aws-auth alone.'] });
  expect([ran.code, cluster.authenticationMode]).toEqual([1, 'API_AND_CONFIG_MAP']);
});

test('without an approval it tells the steps, and takes none', async () => {
  const { cluster, plane, digest, migrate, run } = await givenMoving('CONFIG_MAP');
  const before = [cluster.configMap(), plane.eks.requests.length];
  for (const options of ['', '--dry-run', `--approve ${digest} --dry-run`]) {
    const { ran, steps, last } = await migrate(options);
    expect(steps).toEqual([]);
    expect(last).toMatchObject({ digest, isForetold: true, end: 'done' });
    expect(ran.stderr).toBe(`Go: eks-access migrate --cluster prod --approve ${digest}\n`);
  }
  const { stdout } = await run('migrate --cluster prod');
  expect(stdout).toContain(`Plan ${digest}. These steps would be taken:
1. copy aws-auth to ConfigMap kube-system/aws-auth.before-${digest}
2. change the mode to API_AND_CONFIG_MAP, which reads aws-auth as before; there is no way back
3. log in with a new token, to prove that you get in
4. make the access entry of role/ci: `);
  expect(cluster.configMap()).toEqual(before[0]);
  const methods = plane.eks.requests.slice(before[1] as number).map(({ method }) => method);
  expect(new Set(methods)).toEqual(new Set(['GET']));
  expect(cluster.authenticationMode).toBe('CONFIG_MAP');
});

test('the caller who is in aws-auth comes first, and is proved before the others', async () => {
  const me = `${ACCOUNT}:role/operator`;
  const data = {
    ...DATA,
    mapUsers: DATA.mapUsers,
    mapRoles: DATA.mapRoles + mapped(me, 'op', 'system:masters'),
  };
  const world = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  world.plane.iam.addPrincipal(me);
  const plan = JSON.parse((await world.run('plan-migration --cluster prod --json')).stdout) as {
    digest: string;
  };
  const { steps } = await world.migrate(`--approve ${plan.digest}`, { as: me });
  const all = steps.map((step) => step.what).filter((what) => !what?.startsWith('wait'));
  expect(all.slice(2, 5)).toEqual([
    expect.stringContaining('make the access entry of role/operator'),
    'log in with a new token, to prove that you get in',
    expect.stringContaining('make the access entry of role/ci'),
  ]);
});

test('another caller, who has no access entry, is refused before anything is made', async () => {
  const { cluster, digest, migrate } = await givenMoving('API_AND_CONFIG_MAP');
  cluster.deleteAccessEntry(ADMIN);
  const { last, steps } = await migrate(`--approve ${digest} --wait 0`, { as: ADMIN });
  // The creator's hidden right is in no map, so that the cluster lets it in no longer.
  expect(last).toMatchObject({ error: { message: expect.stringContaining('does not let') as string } });
  expect(steps).toEqual([]);
  expect(
    cluster
      .accessEntries()
      .map(({ principalArn }) => principalArn)
      .sort(),
  ).toEqual([NODE, PODS]);
});
