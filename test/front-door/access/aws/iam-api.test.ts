/** The two questions that are asked of IAM: against the local one, and where the SDK sends them in each partition. */
import https from 'node:https';
import { PassThrough } from 'node:stream';
import { openIamApi, type IamApi } from '../../../../access/aws/iam-api';
import { userAgentOf } from '../../../../access/aws/user-agent';
import { ProviderError } from '../../../../access/errors';
import { type ControlPlane, startControlPlane } from '../../../../local/aws/control-plane';

const NOW = Date.UTC(2026, 10, 26, 12);
const before = { ...process.env };

let plane: ControlPlane;
beforeAll(async () => (plane = await startControlPlane({ clock: () => NOW })));
afterAll(() => plane.stop());
beforeEach(() => {
  process.env['AWS_ENDPOINT_URL_IAM'] = plane.iamServer.url;
  plane.setAuthorize(() => true);
  plane.consistency.rolesPerPage = 1_000;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'Entry' };

/** Credentials of its own, and so a client of its own, which takes the endpoint from the environment as it is now. */
function open(region = 'us-east-1', signal = new AbortController().signal): IamApi {
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  return openIamApi({
    region,
    credentials: () => Promise.resolve(credentials),
    userAgent: userAgentOf(owner),
    signal,
  });
}

const SSO = '/aws-reserved/sso.amazonaws.com/';
const sso = (number: number): string =>
  plane.iam.roleArn(`aws-reserved/sso.amazonaws.com/AWSReservedSSO_S_${String(number).padStart(16, '0')}`);

test('a role is found by its name, with its path, its id and when it was made', async () => {
  const arn = plane.iam.roleArn('team/Dev');
  plane.iam.addPrincipal(arn);
  expect(await open().getRole('Dev')).toEqual({
    output: { arn, name: 'Dev', roleId: plane.iam.uniqueId(arn), createDate: NOW },
  });
  const { body, headers } = plane.iamServer.requests.at(-1)!;
  expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
    Action: 'GetRole',
    Version: '2010-05-08',
    RoleName: 'Dev',
  });
  expect(headers['user-agent']).toMatch(/ cfn-eks-access\/\S+ md\/stack#app md\/resource#Entry$/);
});

test('all pages of a list are read, also where one is shorter than it was asked for', async () => {
  const arns = Array.from({ length: 7 }, (_, number) => sso(number));
  arns.forEach((arn) => plane.iam.addPrincipal(arn));
  plane.iam.addPrincipal(plane.iam.roleArn('elsewhere/AWSReservedSSO_S_9'));
  plane.consistency.rolesPerPage = 3;
  const asked = plane.iamServer.requests.length;
  const answer = await open().listRoles(SSO);
  expect('output' in answer && answer.output.map(({ arn }) => arn)).toEqual(arns);
  expect(plane.iamServer.requests.length - asked).toBe(3);
});

test('a role that is not there, and a denial, are answers too', async () => {
  expect(await open().getRole('none')).toMatchObject({
    failure: { name: expect.stringMatching(/^NoSuchEntity/) as string, status: 404 },
  });
  plane.setAuthorize((_, action) => action !== 'iam:ListRoles');
  expect(await open().listRoles(SSO)).toMatchObject({
    failure: {
      name: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('is not authorized to perform: iam:ListRoles') as string,
    },
  });
});

test('so is no answer at all; an abort ends the call with its own reason', async () => {
  plane.iamServer.injectFault({ match: () => true, action: 'reset' });
  expect(await open().listRoles(SSO)).toMatchObject({ failure: { name: 'ConnectionError', status: 0 } });
  const abort = new AbortController();
  const reason = new ProviderError('NotStabilized', 'the time ran out');
  plane.iamServer.injectFault({
    match: () => {
      abort.abort(reason);
      return true;
    },
    action: 'stall',
  });
  await expect(open('us-east-1', abort.signal).listRoles(SSO)).rejects.toBe(reason);
});

test.each([
  ['eu-central-1', 'iam.amazonaws.com', 'us-east-1'],
  ['us-east-1', 'iam.amazonaws.com', 'us-east-1'],
  ['cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ['us-iso-west-1', 'iam.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1'],
])('from %s IAM is asked at %s, signed for %s', async (region, host, signedFor) => {
  delete process.env['AWS_ENDPOINT_URL_IAM'];
  let sent: { readonly url: unknown; readonly headers: unknown } | undefined;
  jest.spyOn(https, 'request').mockImplementation((url: unknown, options: unknown) => {
    sent = { url: String(url), headers: (options as https.RequestOptions).headers };
    return new PassThrough().destroy(new TypeError('no AWS in here')) as never;
  });
  await open(region)
    .getRole('Dev')
    .catch(() => undefined);
  expect(sent).toMatchObject({
    url: `https://${host}/`,
    headers: { authorization: expect.stringContaining(`/${signedFor}/iam/aws4_request`) as string },
  });
});
