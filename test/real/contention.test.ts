/**
 * A hundred processes of the function and ten foreign writers at once on one aws-auth of the real API server: all
 * succeed, and everything that any writer wrote is there in the end.
 */
import { randomUUID } from 'node:crypto';
import { CLUSTER } from './rig/rig';
import { eventually, withRig } from './rig/lifetime';
import { createStack, deleteStack, type Resources } from './rig/stacks';

const PROVIDERS = 100;
const FOREIGN = 10;
/** Containers are started so many at a time, because all at once would pass Lambda's ten seconds for a start. */
const BATCH = 10;
const writes = 2;

const rig = withRig({ concurrency: PROVIDERS });

const account = 'arn:aws:iam::111122223333';
const nodes = `# of the cluster's own nodes\n- rolearn: ${account}:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]\n`;
const roleArn = (index: number): string => `${account}:role/stack-${index}`;
const resources: Resources = Object.fromEntries(
  Array.from({ length: PROVIDERS }, (_, index) => [
    `Mapping${index}`,
    ['Custom::EksMapRolesEntry', { RoleArn: roleArn(index), UserName: `user-${index}`, Groups: ['team'] }],
  ]),
);
let functionArn = '';

beforeAll(async () => {
  ({ serviceToken: functionArn } = await rig().deploy({
    nodePath: rig().tools.node['24'],
    runtime: 'nodejs24.x',
    timeoutSeconds: 180,
  }));
  await putNodes();
  await warmUp();
});

beforeEach(putNodes);

test('a hundred Creates and ten writers with kubectl lose nothing, and neither do the Deletes', async () => {
  const gate = closeGate();
  const creation = createStack(rig(), 'hundred', resources);
  await arrived(gate.arrivals + PROVIDERS);
  gate.open();
  const foreign = Array.from({ length: FOREIGN }, (_, writer) =>
    (writer % 2 ? patchingWriter : replacingWriter)(`first-${writer}`),
  );
  expect(await creation).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
  await Promise.all(foreign);
  await everybodyLogsIn();
  expect(await foreignEntries()).toEqual(expectedForeign(['first']));

  const deletion = deleteStack(rig(), 'hundred');
  const others = Array.from({ length: FOREIGN }, (_, writer) =>
    (writer % 2 ? replacingWriter : patchingWriter)(`second-${writer}`),
  );
  expect(await deletion).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  await Promise.all(others);
  expect(await foreignEntries()).toEqual(expectedForeign(['first', 'second']));
  const { mapRoles = '' } = (await rig().awsAuth())?.data ?? {};
  expect(mapRoles.startsWith(nodes)).toBe(true);
  expect(mapRoles).not.toContain('stack-');
  expect(rig().aws.answerBucket.violations).toEqual([]);
}, 600_000);

test('a hundred Creates at once on a cluster without aws-auth lose nothing', async () => {
  await rig().deleteAwsAuth();
  const gate = closeGate();
  const creation = createStack(rig(), 'first-of-all', resources);
  await arrived(gate.arrivals + PROVIDERS);
  gate.open();
  expect(await creation).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
  await everybodyLogsIn();
  expect(await deleteStack(rig(), 'first-of-all')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  expect((await rig().awsAuth())?.data?.['mapRoles'] ?? '').not.toContain('stack-');
}, 600_000);

/** All of the hundred, by the authenticator's own word. */
async function everybodyLogsIn(): Promise<void> {
  const logins = await eventually(
    () => Promise.all(Array.from({ length: PROVIDERS }, (_, index) => rig().login(roleArn(index)))),
    (found) => found.every(Boolean),
  );
  const missing = logins.flatMap((login, index) =>
    login?.username === `user-${index}` && login.groups.join() === 'team' ? [] : [index],
  );
  expect(missing).toEqual([]);
}

async function putNodes(): Promise<void> {
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  expect((await rig().putAwsAuth({ metadata, data: { mapRoles: nodes } })).status).toBeLessThan(300);
}

/** As many containers as providers, each with its connections open, so that the race is one of writes and not of starts. */
async function warmUp(): Promise<void> {
  const gate = closeGate();
  const deliveries = [];
  for (let started = 0; started < PROVIDERS; started += BATCH) {
    deliveries.push(
      ...Array.from({ length: BATCH }, (_, index) =>
        rig().aws.lambda.invokeAsync(functionArn, nothingToDelete(`Warm${started + index}`)),
      ),
    );
    await arrived(gate.arrivals + started + BATCH);
  }
  gate.open();
  await rig().aws.lambda.idle();
  expect(deliveries.filter(({ tries }) => tries.some(({ status }) => status !== 'success'))).toEqual([]);
}

/** Holds every event where it asks EKS for the cluster, until it is opened. */
function closeGate(): { readonly arrivals: number; open(): void } {
  let open: () => void = () => undefined;
  rig().eks.gate = new Promise((resolve) => (open = resolve));
  return {
    arrivals: rig().eks.arrivals,
    open: () => {
      rig().eks.gate = undefined;
      open();
    },
  };
}

async function arrived(count: number): Promise<void> {
  expect(
    await eventually(
      async () => rig().eks.arrivals,
      (arrivals) => arrivals >= count,
      60,
    ),
  ).toBeGreaterThanOrEqual(count);
}

function nothingToDelete(LogicalResourceId: string): object {
  const StackId = `arn:aws:cloudformation:us-east-1:111122223333:stack/warm/${randomUUID()}`;
  const RequestId = randomUUID();
  return {
    RequestType: 'Delete',
    ServiceToken: functionArn,
    ResponseURL: rig().aws.answerBucket.presign({
      stackId: StackId,
      logicalResourceId: LogicalResourceId,
      requestId: RequestId,
    }),
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: `role|${CLUSTER}|${account}:role/nobody`,
    ResourceType: 'Custom::EksMapRolesEntry',
    ResourceProperties: { ServiceToken: functionArn, Cluster: CLUSTER, RoleArn: `${account}:role/nobody` },
  };
}

interface Live {
  readonly metadata: { readonly resourceVersion: string; readonly annotations?: Record<string, string> };
  readonly data: Readonly<Record<string, string>>;
}

const own = (writer: string, count: number): string =>
  `- rolearn: ${account}:role/foreign-${writer}-${count}\n  username: foreign\n`;

/** Another tool's script: get, add an entry of its own, replace with the version that was read, again after a conflict. */
function replacingWriter(writer: string): Promise<void> {
  return write(writer, (live, entry) => ({
    verb: ['replace', '-f', '-'],
    input: JSON.stringify({
      ...live,
      data: { ...live.data, mapRoles: (live.data['mapRoles'] ?? '') + entry },
    }),
  }));
}

/** The same with a merge patch that names the version. */
function patchingWriter(writer: string): Promise<void> {
  return write(writer, (live, entry) => {
    const { resourceVersion } = live.metadata;
    const patch = {
      metadata: { resourceVersion, annotations: { [`example.com/${writer}`]: 'was here' } },
      data: { mapRoles: (live.data['mapRoles'] ?? '') + entry },
    };
    return {
      verb: [
        'patch',
        'configmap',
        'aws-auth',
        '-n',
        'kube-system',
        '--type',
        'merge',
        '-p',
        JSON.stringify(patch),
      ],
      input: '',
    };
  });
}

async function write(
  writer: string,
  make: (live: Live, entry: string) => { verb: string[]; input: string },
): Promise<void> {
  for (let count = 0; count < writes;) {
    const { stdout } = await rig().kubectl([
      'get',
      'configmap',
      'aws-auth',
      '-n',
      'kube-system',
      '-o',
      'json',
    ]);
    const { verb, input } = make(JSON.parse(stdout) as Live, own(writer, count));
    const { status, stderr } = await rig().kubectl(verb, { input });
    if (status === 0) count += 1;
    else expect(stderr).toMatch(/Conflict|has been modified/);
  }
}

/** Their entries as the text has them, sorted. */
async function foreignEntries(): Promise<string[]> {
  const { mapRoles = '' } = (await rig().awsAuth())?.data ?? {};
  return (mapRoles.match(/foreign-[a-z]+-\d+-\d+/g) ?? []).sort();
}

function expectedForeign(rounds: readonly string[]): string[] {
  const writers = rounds.flatMap((round) =>
    Array.from({ length: FOREIGN }, (_, writer) => `${round}-${writer}`),
  );
  return writers
    .flatMap((writer) => Array.from({ length: writes }, (_, count) => `foreign-${writer}-${count}`))
    .sort();
}
