/** Sessions of a cluster's role against a local STS: how long they are kept, and what they are good for. */
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { openStsApi } from '../../../../access/aws/sts-api';
import { userAgentOf } from '../../../../access/aws/user-agent';
import {
  forgetRoleSession,
  roleSession,
  sessionNameOf,
  type RoleSessionRequest,
} from '../../../../access/cluster/cluster-role';
import { presignToken } from '../../../../access/cluster/token';
import { type ProviderError } from '../../../../access/errors';
import { startControlPlane, type ControlPlane, type LocalCluster } from '../../../../local/aws/control-plane';
import { ask } from '../../local/aws/kubernetes/requests';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 26, 12);
const before = { ...process.env };

let now = START;
let plane: ControlPlane;
let cluster: LocalCluster;
let arn: string;
let count = 0;

beforeAll(async () => {
  plane = await startControlPlane({ clock: () => now });
  process.env['AWS_ENDPOINT_URL_STS'] = plane.sts.url;
});
afterAll(async () => {
  process.env = before;
  await plane.stop();
});
beforeEach(async () => {
  now = START;
  count += 1;
  // Of its own for each test: sessions are kept for the life of the process.
  arn = plane.iam.roleArn(`ci/creator-${count}`);
  plane.iam.addPrincipal(arn, {
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
  });
  cluster = await plane.createCluster({
    name: `cluster-${count}`,
    authenticationMode: 'CONFIG_MAP',
    creatorArn: arn,
  });
});

function asking(signal = new AbortController().signal): RoleSessionRequest {
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  return {
    clusterName: cluster.name,
    region: 'us-east-1',
    role: { arn, key: arn, externalId: undefined },
    providerArn: plane.iam.roleArn('provider'),
    sessionName: sessionNameOf('provider'),
    sts: openStsApi({
      region: 'us-east-1',
      credentials: () => Promise.resolve(credentials),
      userAgent: userAgentOf(),
      signal,
    }),
    now,
  };
}

const asked = (): number => plane.sts.requests.length;

test('a session is kept until five minutes before it ends', async () => {
  const first = await roleSession(asking());
  const made = asked();
  expect(first.endsAt).toBe(START + 15 * MINUTE);
  now = START + 10 * MINUTE - 1;
  expect(await roleSession(asking())).toBe(first);
  expect(asked()).toBe(made);
  now = START + 10 * MINUTE;
  const second = await roleSession(asking());
  expect([asked(), second.endsAt]).toEqual([made + 1, now + 15 * MINUTE]);
  expect(second.accessKeyId).not.toBe(first.accessKeyId);
});

test('a session that the cluster has refused is asked for anew', async () => {
  const first = await roleSession(asking());
  forgetRoleSession(asking().role);
  expect((await roleSession(asking())).accessKeyId).not.toBe(first.accessKeyId);
});

test('it logs in to the cluster as the role, until it ends, and may do nothing in AWS', async () => {
  const session = await roleSession(asking());
  const login = async (): Promise<number> => {
    const facts = { clusterName: cluster.name, region: 'us-east-1', dnsSuffix: 'amazonaws.com' };
    const token = await presignToken({ ...facts, credentials: session, now });
    const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
    return (await ask(cluster, 'GET', path, { token })).status;
  };
  expect(await login()).toBe(200);
  const eks = new EKSClient({
    region: 'us-east-1',
    endpoint: plane.eks.url,
    credentials: session,
    maxAttempts: 1,
  });
  await expect(eks.send(new ListClustersCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  eks.destroy();
  now = session.endsAt - 1;
  expect(await login()).toBe(200);
  now = session.endsAt;
  expect(await login()).toBe(401);
});

test.each([
  ['provider', 'cfn-eks-access-provider'],
  ['Provider_1-X', 'cfn-eks-access-Provider_1-X'],
  ['x'.repeat(64), `cfn-eks-access-${'x'.repeat(49)}`],
  ['', 'cfn-eks-access-'],
  ['a b/ü', 'cfn-eks-access-a-b--'],
])('the session of the function %j is called %s', (name, session) => {
  expect(sessionNameOf(name)).toBe(session);
  expect(session).toMatch(/^[\w+=,.@-]{2,64}$/);
});

interface Refused {
  readonly about: string;
  readonly status: number;
  readonly body: string;
  readonly code: string;
  readonly says: RegExp;
}

const xml = (code: string, message = 'x'): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

test.each<Refused>([
  {
    about: 'throttling',
    status: 400,
    body: xml('Throttling'),
    code: 'Throttling',
    says: /STS throttles this account/,
  },
  {
    about: 'a Region that is off',
    status: 403,
    body: xml('RegionDisabledException'),
    code: 'InvalidRequest',
    says: /STS is not active in us-east-1/,
  },
  {
    about: 'credentials that it does not take, quoting them',
    status: 403,
    body: xml('SignatureDoesNotMatch', 'x-amz-security-token:SECRET'),
    code: 'AccessDenied',
    says: /did not accept the credentials of the provider's role \(SignatureDoesNotMatch\)/,
  },
  {
    about: 'a request that it does not take, quoting it',
    status: 400,
    body: xml('ValidationError', "Value 'SECRET' at 'externalId'"),
    code: 'InvalidRequest',
    says: /STS refused the request \(ValidationError\)/,
  },
  {
    about: 'a failure of its own',
    status: 500,
    body: xml('InternalFailure'),
    code: 'ServiceUnavailable',
    says: /STS failed/,
  },
  {
    about: 'a page of a proxy',
    status: 502,
    body: '<html>SECRET',
    code: 'ServiceUnavailable',
    says: /STS failed \(HTTP502\)/,
  },
  {
    about: 'a denial that says more than it should',
    status: 403,
    body: xml('AccessDenied', 'no SECRET for you'),
    code: 'AccessDenied',
    says: /trust policy of that role \{"Effect":"Allow"/,
  },
])('$about of STS is told in a sentence, and nothing is kept', async ({ status, body, code, says }) => {
  plane.sts.injectFault({
    match: () => true,
    times: 1,
    respond: { status, headers: { 'content-type': 'text/xml' }, body },
  });
  const error = await roleSession(asking()).then(
    () => undefined,
    (thrown: unknown) => thrown as ProviderError,
  );
  expect(error).toMatchObject({ code, mayHaveActed: false });
  expect(error?.message).toMatch(says);
  expect(error?.message).toContain(`could not assume ${arn}, by which it reaches cluster ${cluster.name}`);
  expect(error?.message).not.toContain('SECRET');
  await expect(roleSession(asking())).resolves.toMatchObject({ endsAt: START + 15 * MINUTE });
});

test('an STS that cannot be reached is one that a function in a VPC may have no way to', async () => {
  plane.sts.injectFault({ match: () => true, action: 'reset' });
  await expect(roleSession(asking())).rejects.toMatchObject({
    code: 'ServiceUnavailable',
    message: expect.stringMatching(/VPC endpoint com\.amazonaws\.us-east-1\.sts/) as string,
  });
});

test('the end of the invocation ends the call, with its own reason', async () => {
  const over = new AbortController();
  const reason = new Error('over');
  over.abort(reason);
  await expect(roleSession(asking(over.signal))).rejects.toBe(reason);
});
