/** What is met on the way: updates that run and fail, entries that come late, other tools, refusals, and old clusters. */
import { ACCOUNT, ADMIN } from '../cluster';
import { ALICE, CI, DATA, givenMoving, mapped, NODE, type Moving } from './moving';

jest.setTimeout(60_000);

const text = (pattern: string | RegExp): string => expect.stringMatching(pattern) as string;

test.each(['VersionUpdate', 'VersionRollback'])('a %s that runs is waited for', async (type) => {
  const { cluster, plane, digest, migrate } = await givenMoving('CONFIG_MAP');
  const id = cluster.beginUpdate(type);
  let looks = 0;
  plane.eks.injectFault({
    match: ({ path }) => path.endsWith(`/updates/${id}`),
    times: 9,
    before: () => void ((looks += 1) === 6 && cluster.finishUpdates()),
  });
  const { steps, last } = await migrate(`--approve ${digest}`);
  expect(steps[1]).toMatchObject({ do: 'wait', what: text(`update ${id} .${type}`) });
  expect(last).toMatchObject({ end: 'go-ahead', mode: 'API_AND_CONFIG_MAP' });
});

test('a change of the mode that another caller has begun is joined', async () => {
  const { cluster, plane, digest, migrate, run } = await givenMoving('CONFIG_MAP');
  plane.consistency.updateReads = 4;
  await run('list --cluster prod');
  const others = await migrate(`--approve ${digest} --wait 0`);
  expect(others.last).toMatchObject({ end: 'stop', why: text('run the same again') });
  const { last } = await migrate(`--approve ${digest}`);
  expect(last).toMatchObject({ end: 'go-ahead' });
  expect(cluster.updates()).toHaveLength(1);
});

test.each(['Failed', 'Cancelled'] as const)(
  'an update that ends as %s is told, and tried again',
  async (status) => {
    const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP');
    cluster.endUpdatesWith({
      status,
      errors: [{ errorCode: 'AccessDenied', errorMessage: 'no', resourceIds: [] }],
    });
    const { last, ran } = await migrate(`--approve ${digest}`);
    expect(last).toMatchObject({
      end: 'stop',
      mode: 'CONFIG_MAP',
      why: text(`as ${status}: AccessDenied: no`),
    });
    expect(ran.code).toBe(1);
    cluster.endUpdatesWith({ status: 'Successful' });
    expect((await migrate(`--approve ${digest}`)).last).toMatchObject({ end: 'go-ahead' });
  },
);

test('EKS’s own entries that come late are waited for, and not made', async () => {
  const { cluster, plane, digest, migrate } = await givenMoving('CONFIG_MAP');
  plane.consistency.ownEntryReads = 8;
  const { steps, last } = await migrate(`--approve ${digest}`);
  expect(last).toMatchObject({ end: 'go-ahead' });
  expect(steps).toContainEqual(
    expect.objectContaining({ do: 'wait', what: text('role/node .node. and role/pods') }),
  );
  expect(last).toMatchObject({ end: 'go-ahead' });
  const made = steps.filter((step) => step.do === 'make entry').map((step) => step.what ?? '');
  expect(made.filter((what) => what.includes('role/node'))).toEqual([]);
  expect(cluster.accessEntry(NODE)).toMatchObject({ type: 'EC2_LINUX' });
});

test('one that EKS never makes is made as the plan says', async () => {
  const { cluster, digest, migrate } = await givenMoving('API_AND_CONFIG_MAP');
  cluster.deleteAccessEntry(NODE);
  const { steps } = await migrate(`--approve ${digest} --wait 0`);
  expect(steps).toContainEqual(
    expect.objectContaining({ do: 'make entry', what: text('role/node: type EC2_LINUX') }),
  );
  expect(cluster.accessEntry(NODE)).toMatchObject({ type: 'EC2_LINUX', tags: {} });
});

test('an access entry that is there is compared, not written over', async () => {
  const equal = { principalArn: CI, username: 'ci', kubernetesGroups: ['deployers'] };
  const policies = [{ policy: 'AmazonEKSClusterAdminPolicy' }];
  const { cluster, digest, migrate } = await givenMoving('API_AND_CONFIG_MAP');
  cluster.putAccessEntry({ ...equal, policies });
  cluster.putAccessEntry({ principalArn: ALICE, username: 'other' });
  const changed = await migrate(`--approve ${digest}`);
  expect(changed.last).toMatchObject({ end: 'stop', why: text(/^The plan of prod is [0-9a-f]{16} now/) });
  const now = /is ([0-9a-f]{16}) now/.exec(changed.last.why ?? '')?.[1] ?? '';
  const before = cluster.accessEntries().filter(({ principalArn }) => [CI, ALICE].includes(principalArn));
  const { last } = await migrate(`--approve ${now} --bake 0`);
  expect(last).toMatchObject({
    end: 'done',
    left: expect.arrayContaining([
      text('user/alice stays in aws-auth: its access entry counts instead'),
    ]) as object,
  });
  expect(cluster.accessEntries()).toEqual(expect.arrayContaining(before as object[]));
  expect(cluster.configMap()?.data?.['mapRoles']).not.toContain('role/ci');
});

test('a role that EKS does not find keeps its line, and is told; the others move', async () => {
  const gone = `${ACCOUNT}:role/gone`;
  const data = { ...DATA, mapRoles: DATA.mapRoles + mapped(gone, 'gone', 'a') };
  const { cluster, plane, digest, migrate } = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  plane.eks.injectFault({
    match: ({ method, path, body }) =>
      method === 'POST' && path.endsWith('/access-entries') && body.includes(gone),
    respond: {
      status: 400,
      headers: { 'x-amzn-errortype': 'InvalidParameterException' },
      body: JSON.stringify({ message: 'The specified principalArn is invalid: invalid principal.' }),
    },
  });
  const { last } = await migrate(`--approve ${digest} --bake 0`);
  expect(last).toMatchObject({
    end: 'done',
    left: expect.arrayContaining([text('role/gone stays in aws-auth: .*invalid principal')]) as object,
  });
  expect(cluster.configMap()?.data?.['mapRoles']).toContain(gone);
  expect(cluster.loginAs(CI, 'x')).toMatchObject({ source: 'access-entry' });
});

const edits: readonly (readonly [
  string,
  (data: Record<string, string>) => Record<string, string>,
  RegExp,
])[] = [
  [
    'gives another',
    (data) => ({ ...data, mapRoles: (data['mapRoles'] ?? '').replace('viewers', 'x') }),
    /partner has been changed/,
  ],
  [
    'lets another in',
    (data) => ({ ...data, mapRoles: `${data['mapRoles'] ?? ''}${mapped(`${ACCOUNT}:role/new`, 'n', '')}` }),
    /role\/new is new/,
  ],
  ['takes one out', (data) => ({ ...data, mapUsers: '' }), /alice has gone/],
  ['breaks the text', (data) => ({ ...data, mapUsers: '@' }), /alice has gone/],
];
test.each(edits)('another tool %s meanwhile: the run stops', async (_, edit, why) => {
  const { cluster, plane, digest, migrate } = await givenMoving('CONFIG_MAP');
  plane.eks.injectFault({
    match: ({ method, path, body }) =>
      method === 'POST' && path.endsWith('/access-entries') && body.includes('/ci'),
    before: () =>
      void cluster.writeConfigMap(({ metadata, data }) => ({ metadata, data: edit({ ...data }) })),
  });
  const { last, ran } = await migrate(`--approve ${digest}`);
  expect(last).toMatchObject({ end: 'stop', why: text(why) });
  expect(ran.code).toBe(1);
});

test('a write of another tool between the look and the write is not lost', async () => {
  const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP');
  await migrate(`--approve ${digest}`);
  let isWritten = false;
  cluster.kubernetes.injectFault({
    match: ({ method, path }) => method === 'PUT' && path.endsWith('/aws-auth'),
    before: () => {
      isWritten = true;
      cluster.writeConfigMap(({ metadata, data = {} }) => ({
        metadata,
        data: { ...data, mapRoles: `# seen\n${data['mapRoles'] ?? ''}` },
      }));
    },
  });
  expect((await migrate(`--approve ${digest} --bake 0`)).last).toMatchObject({ end: 'done' });
  expect([isWritten, cluster.configMap()?.data?.['mapRoles']]).toEqual([true, text('^# seen\n')]);
});

test('nor one before any read: what is written is what was read', async () => {
  const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP');
  await migrate(`--approve ${digest}`);
  const written: string[] = [];
  cluster.kubernetes.injectFault({
    match: ({ method, path }) => method === 'GET' && path.endsWith('/aws-auth'),
    times: Infinity,
    before: () => {
      written.push(`# ${written.length}`);
      cluster.writeConfigMap(({ metadata, data = {} }) => ({
        metadata,
        data: { ...data, mapRoles: `${written.at(-1) ?? ''}\n${data['mapRoles'] ?? ''}` },
      }));
    },
  });
  expect((await migrate(`--approve ${digest} --bake 0`)).last).toMatchObject({ end: 'done' });
  expect(written.length).toBeGreaterThan(4);
  const lines = cluster.configMap()?.data?.['mapRoles']?.split('\n') ?? [];
  expect(written.filter((line) => !lines.includes(line))).toEqual([]);
});

const refusals: readonly (readonly [string, Parameters<typeof givenMoving>[1], RegExp])[] = [
  ['an Outpost', { isLocal: true }, /local cluster on an Outpost/],
  ['an old platform', { version: '1.27', platformVersion: 'eks.3' }, /access entries from eks\.10 on/],
];
test.each(refusals)('%s is refused before the mode is touched', async (_, more, why) => {
  const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP', more);
  expect((await migrate(`--approve ${digest}`)).last).toMatchObject({ end: 'stop', why: text(why) });
  expect(cluster.updates()).toEqual([]);
});

const denials = [
  'eks:UpdateClusterConfig',
  'eks:CreateAccessEntry',
  'eks:AssociateAccessPolicy',
  'eks:ListAccessEntries',
  'eks:ListNodegroups',
  'eks:ListUpdates',
];
test.each(denials)('without %s nobody loses anything, and the right is named', async (denied) => {
  const { plane, digest, migrate, logins, cluster }: Moving = await givenMoving('CONFIG_MAP');
  const before = logins();
  plane.setAuthorize((_, action) => action !== denied);
  const { ran, last } = await migrate(`--approve ${digest}`);
  expect(last.error?.message ?? last.why).toContain(denied);
  expect(ran.code).toBe(2);
  expect(logins()).toEqual(before);
  plane.setAuthorize(() => true);
  expect((await migrate(`--approve ${digest}`)).last).toMatchObject({ end: 'go-ahead' });
  expect(cluster.accessEntry(CI)?.policies).toHaveLength(1);
});

test('who may not write ConfigMaps changes nothing', async () => {
  const reader = `${ACCOUNT}:role/reader`;
  const data = { ...DATA, mapRoles: DATA.mapRoles + mapped(reader, 'reader', 'readers') };
  const { cluster, plane, run, migrate } = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  plane.iam.addPrincipal(reader);
  cluster.applyRbac(READERS);
  const { digest } = JSON.parse((await run('plan-migration --cluster prod --json')).stdout) as {
    digest: string;
  };
  const { last, ran } = await migrate(`--approve ${digest}`, { as: reader });
  expect(last.error?.message).toContain('create on configmaps');
  expect([ran.code, cluster.authenticationMode]).toEqual([2, 'CONFIG_MAP']);
});

const READERS = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: readers, namespace: kube-system}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: kube-system}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: readers}
subjects: [{kind: Group, name: readers, apiGroup: rbac.authorization.k8s.io}]
`;

test('the copy of a run before, with another text, is not written over', async () => {
  const { cluster, digest, migrate } = await givenMoving('CONFIG_MAP');
  await migrate(`--approve ${digest}`);
  await migrate(`--approve ${digest} --undo`, { as: ADMIN });
  cluster.writeConfigMap(({ metadata, data = {} }) => ({
    metadata,
    data: { ...data, mapRoles: `# later\n${data['mapRoles'] ?? ''}` },
  }));
  const { last } = await migrate(`--approve ${digest}`);
  expect(last).toMatchObject({ end: 'stop', why: text('is of a run before, and has another text') });
  expect(cluster.configMap(`aws-auth.before-${digest}`)?.data).toEqual(DATA);
});
