/**
 * A whole `eks-access migrate`, and its way back from the middle, by the built command line against the real kube-apiserver:
 * after each of its steps the real authenticator lets in everybody whom it let in before, as the same. It reads aws-auth by
 * itself, and the access entries of the local EKS from a file, as it reads mappings of their shape (`rig/entries-file.ts`).
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { environmentOf } from '../front-door/cli/live/cluster';
import {
  ALICE,
  CI,
  DATA,
  DEV,
  EVERYBODY,
  NODE,
  PARTNER,
  PODS,
  STAYS,
} from '../front-door/cli/live/migrate/moving';
import { program } from '../front-door/cli/program';
import { EntriesFile, entriesFile } from './rig/entries-file';
import { eventually, withRig } from './rig/lifetime';
import { CLUSTER } from './rig/rig';
import { account } from './principals';

const ADMIN = `${account}:role/Administrator`;
const rig = withRig({
  entries: { creatorArn: ADMIN, managedNodeRoles: [NODE], fargateRoles: [PODS] },
});
const { mapRoles, mapUsers } = DATA;
/** Without those who have to stay in aws-auth, so that mode API can be reached. */
const data = { mapRoles: mapRoles.slice(0, mapRoles.lastIndexOf('# a comment')), mapUsers };
const everybody = EVERYBODY.filter(([arn]) => arn !== STAYS);
const moved = [CI, DEV, PARTNER, ALICE];

const local = () => rig().aws.controlPlane.cluster(CLUSTER);
let file: EntriesFile;

/** Whom the authenticator lets in, as whom. */
async function logins(): Promise<readonly unknown[]> {
  return Promise.all(
    everybody.map(async ([arn, session]) => {
      const login = await rig().login(arn, session);
      if (login === undefined) return [arn];
      // The creator has full control by no map, and then by its entry, under another name.
      if (arn === ADMIN) return [arn, 'in'];
      // The entries that EKS makes for nodes lack groups that the authorizer of nodes does not ask for.
      if (login.groups.includes('system:nodes')) return [arn, 'node', login.username];
      // An access entry cannot name it: a policy gives full control, which is looked at apart.
      return [arn, login.username, login.groups.filter((group) => group !== MASTERS).sort()];
    }),
  );
}
const MASTERS = 'system:masters';

/** Of the one who has it by aws-auth. */
async function hasFullControl(): Promise<boolean> {
  const policies = local().accessEntry(CI)?.policies ?? [];
  return (
    policies.some(({ policyArn }) => policyArn.endsWith('/AmazonEKSClusterAdminPolicy')) ||
    (await rig().login(CI, 'jo'))?.groups.includes(MASTERS) === true
  );
}

/** Of one run: what the authenticator said in each state of the cluster that the run has made. */
interface Look {
  readonly state: string;
  readonly logins: readonly unknown[];
  readonly hasFullControl: boolean;
}

async function lookNow(): Promise<Look> {
  return { state: await stateNow(), logins: await logins(), hasFullControl: await hasFullControl() };
}

async function stateNow(): Promise<string> {
  const { authenticationMode } = local();
  const arns = local()
    .accessEntries()
    .map(({ principalArn, policies }) => [principalArn, policies.length]);
  return JSON.stringify([authenticationMode, arns, (await rig().awsAuth())?.data]);
}

interface Ended {
  readonly looks: readonly Look[];
  /** Last line of its JSON; undefined where it was killed. */
  readonly last: { readonly end?: string; readonly left?: readonly string[] } | undefined;
  readonly stderr: string;
}

/** One run, which waits after each call of the EKS API until the authenticator has been asked; killed when `isEnough`. */
async function migrate(
  options: string,
  isEnough: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Ended> {
  const looks: Look[] = [];
  const stopping = new AbortController();
  let queue = Promise.resolve();
  const look = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    await file.follow({ cluster: local(), creatorArn: ADMIN });
    if ((await stateNow()) !== looks.at(-1)?.state) looks.push(await lookNow());
    if (await isEnough()) stopping.abort();
  };
  rig().eks.answered = () => (queue = queue.then(look));
  const { aws, eks } = rig();
  const env = { ...environmentOf(aws.controlPlane, ADMIN), AWS_ENDPOINT_URL_EKS: eks.server.url };
  const words = ['migrate', '--cluster', CLUSTER, '--json', ...options.split(' ')];
  const ran = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    const { signal } = stopping;
    execFile(
      process.execPath,
      [program, ...words],
      { env, signal, killSignal: 'SIGKILL' },
      (_, stdout, stderr) => resolve({ stdout, stderr }),
    );
  });
  rig().eks.answered = undefined;
  await queue;
  const isKilled = stopping.signal.aborted;
  if (!isKilled) looks.push(await lookNow());
  const last = isKilled
    ? undefined
    : (JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as Ended['last']);
  return { looks, last, stderr: ran.stderr };
}

/** The digest of its plan; everything as before any run. */
async function given(): Promise<{ readonly digest: string; readonly before: readonly unknown[] }> {
  for (const { principalArn } of local().accessEntries()) local().deleteAccessEntry(principalArn);
  local().setAuthenticationMode('CONFIG_MAP');
  await rig().deleteAwsAuth();
  await rig().admin('DELETE', '/api/v1/namespaces/kube-system/configmaps');
  for (const [arn] of everybody) rig().aws.iam.addPrincipal(arn);
  file = new EntriesFile(entriesFile(rig().folder), (arn) => rig().login(arn));
  await file.follow({ cluster: local(), creatorArn: ADMIN });
  expect(
    (await rig().putAwsAuth({ metadata: { name: 'aws-auth', namespace: 'kube-system' }, data })).status,
  ).toBe(201);
  const before = await eventually(logins, (all) => all.every(isIn));
  expect(before.every(isIn)).toBe(true);
  const { stderr } = await migrate('--dry-run');
  const digest = /--approve ([0-9a-f]{16})/.exec(stderr)?.[1];
  if (digest === undefined) throw new Error(stderr);
  return { digest, before };
}
const isIn = (login: unknown): boolean => (login as readonly unknown[]).length > 1;

/** That somebody was shut out, or was somebody else, in any of the states. */
const different = (looks: readonly Look[], before: readonly unknown[]): readonly Look[] =>
  looks.filter(({ logins: now }) => JSON.stringify(now) !== JSON.stringify(before));

/**
 * Who has full control lacks it in one state alone: EKS takes the policy of an entry only after the entry, which goes before
 * aws-auth at once.
 */
function expectFullControl(looks: readonly Look[]): void {
  const lacking = looks.filter((look) => !look.hasFullControl).map(({ state }) => state);
  expect(lacking.length).toBeLessThanOrEqual(1);
  for (const state of lacking) expect(state).toContain(JSON.stringify([CI, 0]));
  expect(looks.at(-1)?.hasFullControl).toBe(true);
}

/** By aws-auth alone: what is not there any more is known to be read. */
async function byAwsAuthAlone(arns: readonly string[]): Promise<readonly string[]> {
  await file.clear();
  const out = async (): Promise<readonly string[]> =>
    (await logins()).filter((login) => !isIn(login)).map((login) => (login as readonly [string])[0]);
  const found = await eventually(out, (now) => arns.every((arn) => now.includes(arn)));
  await file.follow({ cluster: local(), creatorArn: ADMIN });
  return found;
}

beforeAll(async () => {
  // What the access policy of the creator's entry allows is for EKS's own authorizer, which is not to be had.
  const bound = await rig().kubectl([
    ...['create', 'clusterrolebinding', randomUUID(), '--clusterrole', 'cluster-admin'],
    ...['--user', 'arn:aws:sts::111122223333:assumed-role/Administrator/jane-example.com'],
  ]);
  expect(bound.stderr).toBe('');
});

test('from CONFIG_MAP to API: in each state everybody gets in, as before', async () => {
  const { digest, before } = await given();
  const made = await migrate(`--approve ${digest}`);
  expect(made.last).toMatchObject({ end: 'go-ahead', left: [] });
  expect(different(made.looks, before)).toEqual([]);
  expectFullControl(made.looks);
  // The mode, and each entry.
  expect(made.looks.length).toBeGreaterThanOrEqual(1 + moved.length);
  for (const arn of moved) expect(local().accessEntry(arn)).toBeDefined();

  const taken = await migrate(`--approve ${digest} --bake 0`);
  expect(taken.last).toMatchObject({ end: 'done', left: [] });
  expect(different(taken.looks, before)).toEqual([]);
  expect(taken.looks.every((look) => look.hasFullControl)).toBe(true);
  expect(taken.looks.length).toBeGreaterThanOrEqual(moved.length);
  expect([...(await byAwsAuthAlone([ADMIN, ...moved]))].sort()).toEqual([ADMIN, ...moved].sort());

  const approval = /--approve-api ([0-9a-f]{16})/.exec(taken.stderr)?.[1] ?? '';
  const api = await migrate(`--approve ${digest} --approve-api ${approval}`);
  expect([api.last?.end, local().authenticationMode]).toEqual(['done', 'API']);
  expect(different(api.looks, before)).toEqual([]);
  expect(api.looks.every((look) => look.hasFullControl)).toBe(true);
  // In this mode EKS asks aws-auth no more: so it is as if it were not there.
  await rig().deleteAwsAuth();
  expect(await byAwsAuthAlone(everybody.map(([arn]) => arn))).toHaveLength(everybody.length);
  expect(await logins()).toEqual(before);
});

test('killed in the middle of the removal, and back: in each state everybody gets in, as before', async () => {
  const { digest, before } = await given();
  const isHalfway = async (): Promise<boolean> => {
    const text = JSON.stringify((await rig().awsAuth())?.data);
    return [CI, PARTNER, ALICE].some((arn) => !text.includes(arn)) && local().accessEntries().length > 4;
  };
  const killed = await migrate(`--approve ${digest} --bake 0`, isHalfway);
  expect(killed.last).toBeUndefined();
  expect(different(killed.looks, before)).toEqual([]);
  expectFullControl(killed.looks);
  expect((await rig().awsAuth())?.data).not.toEqual(data);

  const back = await migrate(`--approve ${digest} --undo`);
  expect(back.last).toMatchObject({ end: 'done', left: [] });
  expect(different(back.looks, before)).toEqual([]);
  expect(back.looks.every((look) => look.hasFullControl)).toBe(true);
  expect(back.looks.length).toBeGreaterThanOrEqual(moved.length);
  expect((await rig().awsAuth())?.data).toEqual(data);
  for (const arn of moved) expect(local().accessEntry(arn)).toBeUndefined();
  expect(await byAwsAuthAlone([ADMIN])).toEqual([ADMIN]);
});
