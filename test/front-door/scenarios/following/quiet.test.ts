/** What a run costs where there is nothing to do: counted at the EKS API and at the Kubernetes API. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { type LocalCluster } from '../../../../local/aws/control-plane';
import { type LocalRequest } from '../../../../local/aws/server/loopback-server';
import { isTurnOf } from '../../../../lambda/scheduled/time';
import { type LocalAws, startLocalAws } from '../../../../local/aws/local-aws';
import { deployProvider } from '../../../../local/demo/provider';
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { map, mapping, PROVIDER, role } from './followed';

let aws: LocalAws;
let cluster: LocalCluster;
afterEach(() => aws.stop());

const EVENT = { kind: 'cfn-eks-access/scheduled-run', everyMinutes: 15, settleSeconds: 0 };
const DESCRIBE_CLUSTER = (): string => `GET /clusters/${cluster.name}`;
const READ_AWS_AUTH = 'GET /api/v1/namespaces/kube-system/configmaps/aws-auth';

/** A cluster that has its turn at another time of the day, and a provider that serves it and no other. */
async function givenQuiet(mode: AuthenticationMode): Promise<void> {
  let name = 'quiet';
  while (isTurnOf(name, Date.now(), 600)) name += '-';
  // One container, which serves the events and the runs.
  aws = await startLocalAws({ clock: new SkippingClock(), concurrency: 1 });
  await deployProvider(aws, { guardrails: { clusters: [name], groups: ['team-a'] } });
  const awsAuth = demonstrationAwsAuth();
  cluster = await aws.controlPlane.createCluster({ name, authenticationMode: mode, awsAuth });
  cluster.applyRbac(readFileSync(join(__dirname, '../../../../samples/provider-rbac.yaml'), 'utf8'));
  await map({ session: { aws } }, 'app', {
    A: mapping('foo', { Cluster: name }),
    B: mapping('bar', { Cluster: name }),
  });
}

/** What one run asks, as the schedule sends it in an account. */
async function askedByRun(): Promise<readonly string[]> {
  const seen = (): LocalRequest[] => [...aws.controlPlane.eks.requests, ...cluster.kubernetes.requests];
  const before = new Set(seen());
  const arn = `arn:aws:lambda:us-east-1:111122223333:function:${PROVIDER}`;
  expect(await aws.lambda.invoke(arn, EVENT)).toMatchObject({ status: 'success' });
  return seen()
    .filter((request) => !before.has(request))
    .map(({ method, path }) => `${method} ${path}`);
}

test.each<[AuthenticationMode, readonly string[]]>([
  ['CONFIG_MAP', [READ_AWS_AUTH]],
  ['API_AND_CONFIG_MAP', [READ_AWS_AUTH]],
  ['API', []],
])('mode %s: a warm run asks for the cluster and, where it reads that, aws-auth', async (mode, reads) => {
  await givenQuiet(mode);
  await askedByRun();
  for (const _ of [2, 3]) expect(await askedByRun()).toEqual([DESCRIBE_CLUSTER(), ...reads]);
});

test('an event that brings a date is followed by a look at the entries, and the date is known from then on', async () => {
  await givenQuiet('API');
  await askedByRun();
  const dated = mapping('foo', { Cluster: cluster.name, ExpiresAt: '2999-01-01T00:00:00Z' });
  await map({ session: { aws } }, 'app', { A: dated, B: mapping('bar', { Cluster: cluster.name }) });
  const asked = await askedByRun();
  expect(asked).toHaveLength(4);
  expect(asked).toContain(`GET /clusters/${cluster.name}/access-entries/${encodeURIComponent(role('foo'))}`);
  expect(await askedByRun()).toEqual([DESCRIBE_CLUSTER()]);
});
