import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/protocol-http';
import { bearerToken, forgetToken, presignToken, type TokenRequest } from '../../../../access/cluster/token';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'session/token+=',
};
const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const request: TokenRequest = {
  clusterName: 'my-cluster',
  region: 'eu-west-1',
  dnsSuffix: 'amazonaws.com',
  credentials,
  now,
};

function urlOf(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString('utf8'));
}

/** The same question put to client-sts: its own request, signed by its own signer, as a GET with the cluster's header. */
async function presignedByClientSts(): Promise<URL> {
  const client = new STSClient({ region: request.region, credentials });
  let presigned: URL | undefined;
  client.middlewareStack.add(
    () => async (args) => {
      const built = args.request as HttpRequest;
      const query = Object.fromEntries(new URLSearchParams(String(built.body)));
      const get = new HttpRequest({
        ...built,
        method: 'GET',
        body: undefined,
        query,
        headers: { host: built.hostname, 'x-k8s-aws-id': request.clusterName },
      });
      const signer = await client.config.signer({
        schemeId: 'aws.auth#sigv4',
        signingProperties: {},
      } as never);
      const signed = await (
        signer as unknown as { presign(request: HttpRequest, options: object): Promise<HttpRequest> }
      ).presign(get, {
        expiresIn: 60,
        signingDate: new Date(now),
        signingRegion: request.region,
        signingService: 'sts',
        unhoistableHeaders: new Set(['x-k8s-aws-id']),
        unsignableHeaders: new Set(['x-amz-content-sha256']),
      });
      presigned = new URL(
        `https://${signed.hostname}/?${new URLSearchParams(signed.query as Record<string, string>).toString()}`,
      );
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: 'build', priority: 'low' },
  );
  await client.send(new GetCallerIdentityCommand({}));
  if (!presigned) throw new Error('client-sts presigned nothing');
  return presigned;
}

test('our token is the one that client-sts presigns', async () => {
  const ours = urlOf(await presignToken(request));
  const theirs = await presignedByClientSts();
  expect(Object.fromEntries(ours.searchParams)).toEqual(Object.fromEntries(theirs.searchParams));
  expect(ours.host).toBe(theirs.host);
});

test('the query holds what the authenticator allows and nothing else (GT-42)', async () => {
  const url = urlOf(await presignToken(request));
  expect(url.pathname).toBe('/');
  expect([...url.searchParams.keys()].map((key) => key.toLowerCase()).sort()).toEqual([
    'action',
    'version',
    'x-amz-algorithm',
    'x-amz-credential',
    'x-amz-date',
    'x-amz-expires',
    'x-amz-security-token',
    'x-amz-signature',
    'x-amz-signedheaders',
  ]);
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id');
});

test.each([
  ['cn-north-1', 'amazonaws.com.cn', 'sts.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'amazonaws.com', 'sts.us-gov-west-1.amazonaws.com'],
])('%s asks its own regional STS', async (region, dnsSuffix, host) => {
  expect(urlOf(await presignToken({ ...request, region, dnsSuffix })).host).toBe(host);
});

test('a token is kept until shortly before its end, and never beyond its credentials', async () => {
  const at = (minutes: number, accessKeyId = 'A'): Promise<string> =>
    bearerToken({ ...request, credentials: { ...credentials, accessKeyId }, now: now + minutes * 60_000 });
  forgetToken(request.region, request.clusterName);
  const first = await at(0);
  expect(await at(8)).toBe(first);
  expect(await at(10)).not.toBe(first);
  expect(await at(10, 'B')).not.toBe(await at(10, 'A'));
});
