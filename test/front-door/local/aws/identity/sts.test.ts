/** STS as the SDK, a presigned URL and the authenticator use it. */
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { startControlPlane, type ControlPlane } from '../../../../../local/aws/control-plane';
import { type Credentials } from '../../../../../local/aws/identity/iam';
import { Sha256 } from '../kubernetes/requests';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const withClient = async <T>(
  credentials: Credentials,
  use: (client: STSClient) => Promise<T>,
): Promise<T> => {
  const client = new STSClient({ region: 'us-east-1', endpoint: plane.sts.url, credentials, maxAttempts: 1 });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
};
const whoAmI = (credentials: Credentials) =>
  withClient(credentials, (client) => client.send(new GetCallerIdentityCommand({})));

test('GetCallerIdentity names role sessions without path, users with theirs', async () => {
  expect(await whoAmI(plane.iam.credentialsFor(plane.iam.roleArn('team/dev'), 'me'))).toMatchObject({
    Arn: 'arn:aws:sts::111122223333:assumed-role/dev/me',
    Account: '111122223333',
    UserId: `${plane.iam.uniqueId(plane.iam.roleArn('dev'))}:me`,
  });
  expect(await whoAmI(plane.iam.credentialsFor(plane.iam.userArn('team/jo')))).toMatchObject({
    Arn: 'arn:aws:iam::111122223333:user/team/jo',
  });
});

const dev = { RoleArn: 'arn:aws:iam::111122223333:role/dev', RoleSessionName: 'me' };

test('AssumeRole gives working credentials of the role', async () => {
  const answer = await withClient(plane.iam.credentialsFor(plane.iam.userArn('jo')), (client) =>
    client.send(new AssumeRoleCommand({ RoleArn: plane.iam.roleArn('dev'), RoleSessionName: 'from-jo' })),
  );
  expect(answer.Credentials?.Expiration).toBeInstanceOf(Date);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  const assumed = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  expect((await whoAmI(assumed)).Arn).toBe('arn:aws:sts::111122223333:assumed-role/dev/from-jo');
});

test.each([
  [
    'a role that is not there',
    { RoleArn: 'arn:aws:iam::111122223333:role/none', RoleSessionName: 'me' },
    'AccessDenied',
  ],
  [
    'a session name that is too short',
    { RoleArn: 'arn:aws:iam::111122223333:role/dev', RoleSessionName: 'm' },
    'ValidationError',
  ],
  ['a session that is too long', { ...dev, DurationSeconds: 3_601 }, 'ValidationError'],
  ['a session that is too short', { ...dev, DurationSeconds: 899 }, 'ValidationError'],
  ['an external id that no role can ask for', { ...dev, ExternalId: 'a b' }, 'ValidationError'],
  ['a policy that is no JSON', { ...dev, Policy: '{' }, 'MalformedPolicyDocumentException'],
])('AssumeRole of %s is refused', async (_what, input, name) => {
  plane.iam.declareMissing('arn:aws:iam::111122223333:role/none');
  const credentials = plane.iam.credentialsFor(plane.iam.userArn('jo'));
  await expect(
    withClient(credentials, (client) => client.send(new AssumeRoleCommand(input))),
  ).rejects.toMatchObject({ name });
});

test.each([
  ['an unknown key', { accessKeyId: 'AKIAUNKNOWN' }, 'InvalidClientTokenId'],
  ['another secret', { secretAccessKey: 's' }, 'SignatureDoesNotMatch'],
])('%s is refused', async (_what, wrong, name) => {
  const known = plane.iam.credentialsFor(plane.iam.roleArn('dev'));
  await expect(whoAmI({ ...known, ...wrong })).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 403 },
  });
});

test('a presigned GET answers in JSON when asked to', async () => {
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('dev'), 'me');
  const host = `127.0.0.1:${plane.sts.port}`;
  const signer = new SignatureV4({ service: 'sts', region: 'us-east-1', credentials, sha256: Sha256 });
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const signed = await signer.presign(
    new HttpRequest({ hostname: host, path: '/', headers: { host }, query }),
  );
  const url = `${plane.sts.url}/?${new URLSearchParams(signed.query as Record<string, string>).toString()}`;
  const answer = await fetch(url, { headers: { accept: 'application/json' } });
  expect(await answer.json()).toMatchObject({
    GetCallerIdentityResponse: {
      GetCallerIdentityResult: { Arn: 'arn:aws:sts::111122223333:assumed-role/dev/me' },
    },
  });
  const changed = await fetch(`${url}&Extra=1`, { headers: { accept: 'application/json' } });
  expect([changed.status, await changed.json()]).toMatchObject([
    403,
    { Error: { Code: 'SignatureDoesNotMatch' } },
  ]);
});

test('a role asks for its external id, and for the caller that it trusts', async () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/careful';
  const Condition = { StringEquals: { 'sts:ExternalId': 'secret-id' } };
  const Principal = { AWS: plane.iam.userArn('jo') };
  plane.iam.addPrincipal(RoleArn, {
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
  });
  const assume = (by: string, ExternalId?: string) =>
    withClient(plane.iam.credentialsFor(plane.iam.userArn(by)), (client) =>
      client.send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...(ExternalId ? { ExternalId } : {}) }),
      ),
    );
  await expect(assume('jo', 'secret-id')).resolves.toMatchObject({
    AssumedRoleUser: { Arn: 'arn:aws:sts::111122223333:assumed-role/careful/me' },
  });
  for (const asked of [assume('jo'), assume('jo', 'another'), assume('ann', 'secret-id')])
    await expect(asked).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      ) as string,
    });
});

test('an unknown action is refused', async () => {
  const answer = await fetch(`${plane.sts.url}/?Action=Nothing`);
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
  ]);
});
