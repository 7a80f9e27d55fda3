/**
 * The SDK as the function has it, with parts left out, asks and reads what the SDK as it is does: a call of each client,
 * every error that the clients know, and refusals that no model declares.
 */
import { build } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorTypeRegistries as ofCloudFormation } from '@aws-sdk/client-cloudformation';
import { errorTypeRegistries as ofEks } from '@aws-sdk/client-eks';
import { version as clientVersion } from '@aws-sdk/client-eks/package.json';
import { errorTypeRegistries as ofIam } from '@aws-sdk/client-iam';
import { errorTypeRegistries as ofLambda } from '@aws-sdk/client-lambda';
import { errorTypeRegistries as ofSts } from '@aws-sdk/client-sts';
import { type TypeRegistry } from '@smithy/core/schema';
import * as cloudFormation from '../../../../access/aws/cloudformation-api';
import * as eks from '../../../../access/aws/eks-api';
import * as iam from '../../../../access/aws/iam-api';
import * as lambda from '../../../../access/aws/lambda-api';
import { readFailure, type SdkFailure } from '../../../../access/aws/sdk-failure';
import * as sts from '../../../../access/aws/sts-api';
import { bundledSdk } from '../../../../build/bundled-sdk.mjs';
import {
  startLoopbackServer,
  type LocalResponse,
  type LoopbackServer,
} from '../../../../local/aws/server/loopback-server';

type Apis = Pick<typeof eks, 'openEksApi'> &
  Pick<typeof cloudFormation, 'openCloudFormationApi'> &
  Pick<typeof iam, 'openIamApi'> &
  Pick<typeof lambda, 'openLambdaApi'> &
  Pick<typeof sts, 'openStsApi'>;
const wholeSdk: Apis = { ...eks, ...sts, ...iam, ...lambda, ...cloudFormation };

let respond: () => LocalResponse;
let trace: string | undefined;
let server: LoopbackServer;
let bundled: Apis;
beforeAll(async () => {
  // As the runtime of Lambda does before it loads a function.
  const ofRuntime = { getXRayTraceId: () => trace, getTraceparent: () => trace };
  Object.assign(globalThis, { awslambda: { InvokeStore: ofRuntime } });
  server = await startLoopbackServer({ handle: () => respond() });
  for (const service of ['EKS', 'STS', 'IAM', 'LAMBDA', 'CLOUDFORMATION'])
    process.env[`AWS_ENDPOINT_URL_${service}`] = server.url;
  const outfile = join(mkdtempSync(join(tmpdir(), 'bundled-clients-')), 'clients.js');
  const contents = ['eks', 'sts', 'iam', 'lambda', 'cloudformation']
    .map((service) => `export * from './access/aws/${service}-api';`)
    .join('\n');
  await build({ ...bundledSdk, stdin: { contents, resolveDir: join(__dirname, '../../../..') }, outfile });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it exists only now
  bundled = require(outfile) as Apis;
});
afterAll(() => server.stop());

const connection = {
  region: 'us-east-1',
  credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
  userAgent: [],
  signal: new AbortController().signal,
};

/** How each service is asked, and what its refusal comes to. */
const ask = {
  eks: (apis: Apis) =>
    apis
      .openEksApi(connection)
      .call('DescribeAccessEntry', { clusterName: 'c', principalArn: 'p' })
      .then(
        (output): object => output,
        (error: SdkFailure) => {
          const { $response: _, ...members } = error;
          const { retryAfterMs, ...failure } = readFailure(error);
          // From when the answer came until it was read: milliseconds differ.
          const retryAfter = retryAfterMs && Math.round(retryAfterMs / 1000);
          return { ...members, ...failure, retryAfter };
        },
      ),
  sts: (apis: Apis) => apis.openStsApi(connection).assumeRole({ RoleArn: 'a', RoleSessionName: 's' }),
  iam: (apis: Apis) => apis.openIamApi(connection).getRole('r'),
  lambda: async (apis: Apis) =>
    (await apis.openLambdaApi(connection).invokeLater('f', { text: 'é' })) ?? 'taken',
  cloudFormation: (apis: Apis) =>
    apis.openCloudFormationApi(connection).ask('DescribeStackResource', {
      StackName: 's',
      LogicalResourceId: 'l',
    }),
};
type Service = keyof typeof ask;

const REQUEST_ID = { 'x-amzn-requestid': 'r-1' };

function json(type: string, members: object, status = 400, headers: object = {}): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type, ...REQUEST_ID, ...headers },
    body: JSON.stringify(members),
  };
}

function xml(code: string, members: Readonly<Record<string, string>>, status = 400): LocalResponse {
  const texts = Object.entries({ Type: 'Sender', Code: code, ...members });
  const error = texts.map(([name, text]) => `<${name}>${text}</${name}>`).join('');
  return {
    status,
    headers: { 'content-type': 'text/xml', ...REQUEST_ID },
    body: `<ErrorResponse><Error>${error}</Error><RequestId>r-1</RequestId></ErrorResponse>`,
  };
}

/** Name and answer of every error that a client has a class for. */
function declared(
  registries: readonly TypeRegistry[],
  answer: (code: string, members: Readonly<Record<string, string>>, status: number) => LocalResponse,
): readonly [string, LocalResponse][] {
  return registries
    .flatMap((registry) => [
      ...(registry as unknown as { exceptions: Map<unknown, unknown> }).exceptions.keys(),
    ])
    .filter(
      (schema): schema is [number, string, string, Traits, string[]] => Array.isArray(schema) && !!schema[3],
    )
    .map(([, , name, traits, members]) => [
      name,
      answer(
        traits.awsQueryError?.[0] ?? name,
        Object.fromEntries(members.map((member) => [member, `some ${member}`])),
        traits.httpError ?? 400,
      ),
    ]);
}
interface Traits {
  readonly awsQueryError?: readonly [string, number];
  readonly httpError?: number;
}

const answers: readonly (readonly [Service, string, LocalResponse])[] = [
  ...declared(ofEks, json).map(([name, answer]) => ['eks', name, answer] as const),
  ...declared(ofSts, xml).map(([name, answer]) => ['sts', name, answer] as const),
  ...declared(ofIam, xml).map(([name, answer]) => ['iam', name, answer] as const),
  ...declared(ofLambda, json).map(([name, answer]) => ['lambda', name, answer] as const),
  ...declared(ofCloudFormation, xml).map(([name, answer]) => ['cloudFormation', name, answer] as const),
  [
    'eks',
    'an error of no model',
    json('UnrecognizedClientException', { message: 'The token is invalid' }, 403),
  ],
  ['eks', 'a capital Message', json('ResourceInUseException', { Message: 'exists' }, 409)],
  ['eks', 'no message', json('ResourceNotFoundException', {}, 404)],
  [
    'eks',
    'a namespace and an address',
    json('com.amazonaws.eks#ServerException:http://x/', { message: 'm' }, 500),
  ],
  [
    'eks',
    'a hint when to try again',
    json('ThrottlingException', { message: 'm' }, 429, { 'retry-after': '7' }),
  ],
  [
    'eks',
    'a Query error',
    json('InvalidRequestException', { message: 'm' }, 400, { 'x-amzn-query-error': 'C;Sender' }),
  ],
  ['eks', 'an unknown member', json('InvalidParameterException', { message: 'm', more: { deep: [1] } })],
  ['eks', 'no body', { status: 503, headers: REQUEST_ID }],
  ['eks', 'a page', { status: 502, body: '<html>Bad Gateway</html>' }],
  ['sts', 'an error of no model', xml('AccessDenied', { Message: 'User: x is not authorized' }, 403)],
  ['sts', 'an unknown member', xml('ExpiredTokenException', { Message: 'm', More: 'x' })],
  ['sts', 'no body', { status: 503, headers: REQUEST_ID }],
  ['sts', 'a page', { status: 502, body: '<html>Bad Gateway</html>' }],
  ['cloudFormation', 'an error of no model', xml('ValidationError', { Message: 'Stack does not exist' })],
  ['cloudFormation', 'no code', xml('', { Message: 'm' }, 404)],
];

test('the clients declare errors', () => {
  expect(answers.length).toBeGreaterThan(90);
});

test.each(answers)('%s: %s', async (service, _, answer) => {
  respond = () => answer;
  const whole = await ask[service](wholeSdk);
  expect(whole).toBeDefined();
  expect(await ask[service](bundled)).toEqual(whole);
});

const given: readonly (readonly [Service, LocalResponse, object])[] = [
  [
    'eks',
    {
      status: 200,
      body: JSON.stringify({ accessEntry: { principalArn: 'p', kubernetesGroups: ['é'], createdAt: 1.5e9 } }),
    },
    { accessEntry: { principalArn: 'p', kubernetesGroups: ['é'], createdAt: new Date(1.5e12) } },
  ],
  [
    'sts',
    {
      status: 200,
      body: '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId><Expiration>2026-11-26T20:00:00.5+01:00</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    },
    { credentials: { accessKeyId: 'A', endsAt: Date.parse('2026-11-26T19:00:00.5Z') } },
  ],
  [
    'iam',
    {
      status: 200,
      body: '<GetRoleResponse><GetRoleResult><Role><Path>/</Path><RoleName>r</RoleName><RoleId>AROA</RoleId><Arn>a</Arn><CreateDate>2026-11-26T20:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>',
    },
    { output: { arn: 'a', name: 'r', roleId: 'AROA', createDate: Date.parse('2026-11-26T20:00:00Z') } },
  ],
  [
    'cloudFormation',
    {
      status: 200,
      body: '<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-26T20:00:00Z</LastUpdatedTimestamp></StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>',
    },
    {
      output: {
        StackResourceDetail: {
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date('2026-11-26T20:00:00Z'),
        },
      },
    },
  ],
];

test.each(given)('%s: asks and reads alike', async (service, answer, expected) => {
  respond = () => answer;
  const whole = await ask[service](wholeSdk);
  expect(whole).toMatchObject(expected);
  const asked = request();
  expect(asked).toContain(`/us-east-1/${service.toLowerCase()}/aws4_request`);
  expect(await ask[service](bundled)).toEqual(whole);
  expect(request()).toBe(asked);
  expect(server.requests.at(-1)?.headers['user-agent']).toContain(
    ` api/${service.toLowerCase()}#${clientVersion} `,
  );
});

test('lambda: hands an event over alike', async () => {
  respond = () => ({ status: 202, body: '' });
  expect(await ask.lambda(wholeSdk)).toBe('taken');
  const asked = request();
  expect(asked).toContain('"x-amz-invocation-type":"Event"');
  expect(server.requests.at(-1)?.body.toString()).toBe('{"text":"é"}');
  expect(await ask.lambda(bundled)).toBe('taken');
  expect(request()).toBe(asked);
});

test('a request says which trace of the invocation it belongs to, as Lambda’s runtime keeps it', async () => {
  trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'provider';
  respond = () => ({ status: 200, body: '{}' });
  for (const apis of [wholeSdk, bundled]) {
    await ask.eks(apis);
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'x-amzn-trace-id': trace, traceparent: trace });
  }
  delete process.env.AWS_LAMBDA_FUNCTION_NAME;
  trace = undefined;
});

/** The last one, without what differs from one to the next; the SDK's CommonJS build names another version. */
function request(): string {
  const { method, path, body, headers } = server.requests.at(-1)!;
  return JSON.stringify({ method, path, headers, body: body.toString() })
    .replace(/Signature=[0-9a-f]{64}/, 'Signature')
    .replace(/\d{8}T\d{6}Z/, 'time')
    .replace(/Credential=AKIDEXAMPLE\/\d{8}/, 'Credential')
    .replace(/("amz-sdk-invocation-id":)"[0-9a-f-]{36}"/, '$1"id"')
    .replaceAll(/3\.\d{4}\.\d+/g, 'version');
}
