import { openCloudFormationApi, type CloudFormationApi } from '../../../../access/aws/cloudformation-api';
import { userAgentOf } from '../../../../access/aws/user-agent';
import { ProviderError } from '../../../../access/errors';
import {
  startLoopbackServer,
  type LocalResponse,
  type LoopbackServer,
} from '../../../../local/aws/server/loopback-server';

let respond: () => LocalResponse;
let server: LoopbackServer;
beforeAll(async () => (server = await startLoopbackServer({ handle: () => respond() })));
afterAll(() => server.stop());

const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'Entry' };
const question = { StackName: owner.stackId, LogicalResourceId: owner.logicalId };

/** Credentials of its own, and so a client of its own, which takes the endpoint from the environment as it is now. */
function open(signal = new AbortController().signal): CloudFormationApi {
  process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = server.url;
  return openCloudFormationApi({
    region: 'us-east-1',
    credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
    userAgent: userAgentOf(owner),
    signal,
  });
}

const refused = (status: number, code: string, message: string): LocalResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
});

test('asks by Query, signed, and says who asks', async () => {
  respond = () => ({
    status: 200,
    body: '<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail><ResourceStatus>CREATE_COMPLETE</ResourceStatus><PhysicalResourceId>id</PhysicalResourceId></StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>',
  });
  const answer = await open().ask('DescribeStackResource', question);
  expect(answer).toMatchObject({
    output: { StackResourceDetail: { ResourceStatus: 'CREATE_COMPLETE', PhysicalResourceId: 'id' } },
  });
  const { headers, body } = server.requests.at(-1)!;
  expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
    Action: 'DescribeStackResource',
    Version: '2010-05-15',
    ...question,
  });
  expect(headers['authorization']).toContain('/us-east-1/cloudformation/aws4_request');
  expect(headers['user-agent']).toMatch(/ cfn-eks-access\/\S+ md\/stack#app md\/resource#Entry$/);
});

test.each<[string, LocalResponse, object]>([
  [
    'a stack that is gone',
    refused(400, 'ValidationError', "Stack 'app' does not exist"),
    { name: 'ValidationError', status: 400, message: "Stack 'app' does not exist" },
  ],
  ['a denial', refused(403, 'AccessDenied', 'not authorized'), { name: 'AccessDenied', status: 403 }],
  ['throttling', refused(400, 'Throttling', 'Rate exceeded'), { name: 'Throttling', status: 400 }],
  ['an outage', refused(503, 'ServiceUnavailable', ''), { name: 'ServiceUnavailable', status: 503 }],
  ['a proxy’s page', { status: 502, body: '<html><p>Bad Gateway</html>' }, { status: 502 }],
])('%s is an answer too, after one try', async (_, response, failure) => {
  respond = () => response;
  const before = server.requests.length;
  expect(await open().ask('DescribeStackResource', question)).toMatchObject({ failure });
  expect(server.requests.length - before).toBe(1);
});

test('so is no answer at all', async () => {
  server.injectFault({ match: () => true, action: 'reset' });
  expect(await open().ask('DescribeStackResource', question)).toEqual({
    failure: {
      name: 'ConnectionError',
      message: `no answer from 127.0.0.1:${server.port} (ECONNRESET)`,
      status: 0,
      requestId: undefined,
    },
  });
});

test('an abort is none: it ends the call with its own reason', async () => {
  const abort = new AbortController();
  const reason = new ProviderError('NotStabilized', 'the time ran out');
  server.injectFault({
    match: () => {
      abort.abort(reason);
      return true;
    },
    action: 'stall',
  });
  await expect(open(abort.signal).ask('DescribeStackResource', question)).rejects.toBe(reason);
});
