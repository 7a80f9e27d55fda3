/**
 * Where the built function sends its calls, by Region and environment: the SDK's own rules, which must still hold with
 * parts of the SDK left out of the bundle. Nothing is sent: the first request to an AWS host ends the event (CR-59).
 */
import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import https from 'node:https';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type FunctionContext } from '../../../lambda/wiring';
import { startLoopbackServer, type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { createEvent } from '../../support/events';

const bundle = join(__dirname, '../../../dist/lambda/index.js');
type Handler = (event: unknown, context: FunctionContext) => Promise<void>;

let bucket: LoopbackServer;
const before = { ...process.env };
beforeAll(async () => (bucket = await startLoopbackServer({ handle: () => ({ status: 200 }) })));
afterAll(() => bucket.stop());
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

/** The host of the first request over TLS, and the answer that CloudFormation got. */
async function run(
  region: string,
  environment: Readonly<Record<string, string>>,
  properties?: object,
): Promise<{ readonly host: unknown; readonly reason: unknown; readonly authorization: unknown }> {
  process.env = {
    ...before,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    EKS_ACCESS_RESPONSE_HOSTS: bucket.url,
    ...environment,
  };
  let host: unknown;
  let authorization: unknown;
  jest.spyOn(https, 'request').mockImplementation((url: unknown, options: unknown) => {
    host ??= (url as URL).host;
    authorization ??= (options as { headers?: Record<string, unknown> }).headers?.['authorization'];
    return new PassThrough().destroy(new TypeError('no AWS in here')) as never;
  });
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  // Its client is the process's: every environment needs a function of its own.
  jest.resetModules();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle is CommonJS, as Lambda loads it
  const { handler } = require(bundle) as { readonly handler: Handler };
  const stackId = `arn:aws:cloudformation:${region}:111122223333:stack/app/id`;
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const url = `${bucket.url}/answer?X-Amz-Date=${date}`;
  await handler(
    createEvent({
      StackId: stackId,
      ResponseURL: url,
      ...(properties ? { ResourceProperties: properties } : {}),
    }),
    {
      awsRequestId: 'r',
      invokedFunctionArn: `arn:aws:lambda:${region}:111122223333:function:provider`,
      logGroupName: 'g',
      logStreamName: 's',
      getRemainingTimeInMillis: () => 60_000,
    },
  );
  const answer = JSON.parse(bucket.requests.at(-1)?.body.toString() ?? '{}') as { readonly Reason?: unknown };
  return { host, reason: answer.Reason, authorization };
}

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['eu-central-1', {}, 'eks.eu-central-1.amazonaws.com'],
  ['cn-north-1', {}, 'eks.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', {}, 'eks.us-gov-west-1.amazonaws.com'],
  ['us-iso-east-1', {}, 'eks.us-iso-east-1.c2s.ic.gov'],
  ['eusc-de-east-1', {}, 'eks.eusc-de-east-1.amazonaws.eu'],
  ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'fips.eks.us-east-1.amazonaws.com'],
  ['us-gov-west-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'eks.us-gov-west-1.amazonaws.com'],
  ['us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'eks.us-east-1.api.aws'],
  ['cn-north-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'eks.cn-north-1.api.amazonwebservices.com.cn'],
  [
    'us-east-1',
    { AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_USE_FIPS_ENDPOINT: 'true' },
    'eks-fips.us-east-1.api.aws',
  ],
  ['us-east-1', { AWS_ENDPOINT_URL_EKS: 'https://vpce.example.com' }, 'vpce.example.com'],
  ['us-east-1', { AWS_ENDPOINT_URL: 'https://all.example.com' }, 'all.example.com'],
  [
    'us-east-1',
    { AWS_ENDPOINT_URL: 'https://all.example.com', AWS_ENDPOINT_URL_EKS: 'https://vpce.example.com' },
    'vpce.example.com',
  ],
])('%s %j: %s', async (region, environment, host) => {
  expect(await run(region, environment)).toMatchObject({ host });
});

test.each([
  ['eu-central-1', 'iam.amazonaws.com', 'us-east-1'],
  ['cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
])('%s: IAM is one for its partition, %s, signed for %s', async (region, host, signedFor) => {
  const permissionSet = { ServiceToken: 'token', Cluster: 'c', PermissionSet: 'Admin' };
  const { authorization, ...found } = await run(
    region,
    { EKS_ACCESS_PERMISSION_SETS: 'true' },
    permissionSet,
  );
  expect(found.host).toBe(host);
  expect(authorization).toContain(`/${signedFor}/iam/aws4_request`);
});

test('credentials come from the environment and nowhere else', async () => {
  const { host, reason } = await run('us-east-1', { AWS_ACCESS_KEY_ID: '' });
  expect(host).toBeUndefined();
  expect(reason).toContain('the function has no credentials in its environment');
});

test('operations of the SDK that nothing calls are not in the function', () => {
  const code = readFileSync(bundle, 'utf8');
  expect(code).toContain('DescribeClusterRequest');
  expect(code).not.toContain('CreateNodegroup');
});
