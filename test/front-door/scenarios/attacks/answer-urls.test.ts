/** The one who chooses the ResponseURL chooses who hears the answer: only CloudFormation's own bucket is taken (CR-36). */
import { checkAnswerUrl, requestedAt } from '../../../../lambda/cloudformation/answer-url';
import { stackIdOf } from '../world';

const stackId = stackIdOf('app');
const KEY = encodeURIComponent(`${stackId}|L|r-1`);
const BUCKET = 'cloudformation-custom-resource-response-useast1';
const SIGNED = '?X-Amz-Date=20261126T110000Z&X-Amz-Expires=7200&X-Amz-Signature=s';
const at = (host: string, path = `/${KEY}`, query = SIGNED): string => `https://${host}${path}${query}`;
const OWN = `${BUCKET}.s3.amazonaws.com`;

function isTaken(responseUrl: string, region = 'us-east-1'): boolean {
  const envelope = { responseUrl, stackId, logicalResourceId: 'L', requestId: 'r-1' };
  const rest = { physicalResourceId: undefined, serviceTimeout: 3600 };
  try {
    checkAnswerUrl({ ...envelope, ...rest }, region, []);
    return true;
  } catch (error) {
    expect((error as Error).message).toMatch(
      /^the ResponseURL of the event is not one of CloudFormation's: /,
    );
    expect((error as Error).message).not.toContain('X-Amz');
    return false;
  }
}

test.each([
  at(OWN),
  at(`${BUCKET}.s3.us-east-1.amazonaws.com`),
  at(`${BUCKET}.s3-us-east-1.amazonaws.com`),
  at(`${BUCKET}.s3.dualstack.us-east-1.amazonaws.com`),
  at(`${OWN}:443`),
  // A URL has one way to write a host, and none to leave its bucket: the parser has made them the ones above.
  at(`${BUCKET.toUpperCase()}.s3.amazonaws.com`),
  at(`${BUCKET}.s3\u3002amazonaws.com`),
  at(OWN, `/x/../${KEY}`),
  at(OWN, `/%2e%2e/${KEY}`),
  at(OWN, `/${stackId}|L|r-1`),
  `\n${at(OWN)}`,
])('%j is CloudFormation’s', (url) => expect(isTaken(url)).toBe(true));

test.each([
  at(`s3.us-east-1.amazonaws.com`, `/${BUCKET}/${KEY}`),
  at(`${BUCKET}.s3.eu-west-1.amazonaws.com`),
  at('cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com'),
  at(OWN).replace('https:', 'http:'),
  at(`${OWN}:8443`),
  at(`u:p@${OWN}`),
  at(`${OWN}.`),
  at(`${OWN}.evil.com`),
  at('evil.com', `/${OWN}/${KEY}`),
  at(`evil-${OWN}`),
  at(OWN.replace('.s3', 'x.s3')),
  at(`x.${OWN}`),
  at(`${OWN}\\@evil.com`),
  at(`evil.com#@${OWN}`),
  at(`${OWN}#`),
  at(`evil.com%2f@${OWN}`),
  at(OWN, `//${KEY}`),
  at(OWN, `/${KEY}/`),
  at(OWN, `/${KEY}%00`),
  at(OWN, `/${KEY.replace('r-1', 'r-2')}`),
  at(OWN, `/${encodeURIComponent(KEY)}`),
  'https://169.254.169.254/',
  'https://[::1]/',
  'file:///etc/passwd',
  'javascript:1',
  '',
])('%j is not', (url) => expect(isTaken(url)).toBe(false));

test('a host of another partition is not that of us-east-1, where anybody may have it', async () => {
  const suffixes = ['amazonaws.com.cn', 'amazonaws.eu', 'c2s.ic.gov', 'sc2s.sgov.gov'];
  const hosts = suffixes.flatMap((suffix) => [`${BUCKET}.s3.${suffix}`, `${BUCKET}.s3.us-east-1.${suffix}`]);
  expect(hosts.filter((host) => isTaken(at(host)))).toEqual([]);
});

test('a host of its own partition is that of a Region there', () => {
  const bucket = 'cloudformation-custom-resource-response-cnnorth1';
  expect(isTaken(at(`${bucket}.s3.cn-north-1.amazonaws.com.cn`), 'cn-north-1')).toBe(true);
});

test.each([
  '?X-Amz-Date=20269999T999999Z',
  '?X-Amz-Date=20261126T110000Z&X-Amz-Date=99991231T000000Z',
  '?Expires=1e400',
  '?Expires=99999999999999',
  '?x-amz-date=20200101T000000Z',
  '',
])('a date that is none (%j) breaks nothing', (query) => {
  const asked = requestedAt(new URL(at(OWN, `/${KEY}`, query)));
  expect(asked === undefined || asked instanceof Date).toBe(true);
});
