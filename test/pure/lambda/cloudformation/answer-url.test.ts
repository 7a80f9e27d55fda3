import { checkAnswerUrl, requestedAt } from '../../../../lambda/cloudformation/answer-url';
import { parseEnvelope } from '../../../../lambda/cloudformation/event';
import { answerUrl, createEvent } from '../../../support/events';
import { refusalOf } from '../../access/refusal';

const check = (url: string, extraHosts: readonly string[] = [], region = 'us-east-1'): URL =>
  checkAnswerUrl(parseEnvelope(createEvent({ ResponseURL: url })), region, extraHosts);
const bucket = 'cloudformation-custom-resource-response-useast1';

describe('hosts of CloudFormation', () => {
  test.each([
    [`https://${bucket}.s3.us-east-1.amazonaws.com`, 'us-east-1'],
    [`https://${bucket}.s3-us-east-1.amazonaws.com`, 'us-east-1'],
    [`https://${bucket}.s3.amazonaws.com`, 'us-east-1'],
    [
      'https://cloudformation-custom-resource-response-apsoutheast2.s3-ap-southeast-2.amazonaws.com',
      'ap-southeast-2',
    ],
    ['https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    [
      'https://cloudformation-custom-resource-response-usgovwest1.s3.us-gov-west-1.amazonaws.com',
      'us-gov-west-1',
    ],
    [
      'https://cloudformation-custom-resource-response-euscdeeast1.s3.eusc-de-east-1.amazonaws.eu',
      'eusc-de-east-1',
    ],
    [`https://${bucket}.s3-fips.us-east-1.amazonaws.com`, 'us-east-1'],
    [`https://${bucket}.s3-fips.dualstack.us-east-1.amazonaws.com`, 'us-east-1'],
    [
      'https://cloudformation-custom-resource-response-usgovwest1.s3-fips-us-gov-west-1.amazonaws.com',
      'us-gov-west-1',
    ],
  ])('%s is taken', (origin, region) => {
    expect(check(answerUrl({ origin }), [], region).origin).toBe(origin);
  });

  test.each([
    ['http://169.254.169.254'],
    ['http://localhost:8080'],
    [`http://${bucket}.s3.us-east-1.amazonaws.com`],
    [`https://${bucket}.s3.us-east-1.amazonaws.com:8443`],
    [`https://${bucket}.s3.us-east-1.amazonaws.com.example.com`],
    [`https://${bucket}.s3.us-west-2.amazonaws.com`],
    ['https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com'],
    [`https://user:pass@${bucket}.s3.us-east-1.amazonaws.com`],
    [`https://evil${bucket}.s3.us-east-1.amazonaws.com`],
    [`https://${bucket}-evil.s3.us-east-1.amazonaws.com`],
    [`https://s3.us-east-1.amazonaws.com`],
    [`https://${bucket}.s3.us-east-1.amazonaws.com.cn`],
    [`https://${bucket}.s3.us-east-1.c2s.ic.gov`],
    [`https://${bucket}.s3.amazonaws.eu`],
    [`https://${bucket}.s3-fips.us-west-2.amazonaws.com`],
    [`https://${bucket}.s3-fips.amazonaws.com.cn`],
  ])('%s is refused', (origin) => {
    expect(() => check(answerUrl({ origin }))).toThrow(/not one of CloudFormation's/);
  });

  test.each([
    [`https://${bucket}.s3.us-east-1.amazonaws.com:8443`, 'it names port 8443'],
    [`https://user@${bucket}.s3.us-east-1.amazonaws.com`, 'it carries a user name'],
    [`https://:pass@${bucket}.s3.us-east-1.amazonaws.com`, 'it carries a user name'],
    ['https://example.com', 'its host is "example.com"'],
    [`ftp://${bucket}.s3.us-east-1.amazonaws.com`, 'its protocol is "ftp:"'],
  ])('of %s it is said why', (origin, why) => {
    const refused = (): URL => check(answerUrl({ origin }));
    expect(refused).toThrow(`the ResponseURL of the event is not one of CloudFormation's: ${why}`);
    expect(refusalOf(refused)).toMatchObject({ code: 'AccessDenied' });
  });

  test('the message never holds the signed query', () => {
    expect(() => check(answerUrl({ origin: 'https://example.com' }))).toThrow(/^(?!.*5ecre7)/);
  });

  test('extra hosts are exact origins', () => {
    const origin = 'http://127.0.0.1:4000';
    expect(check(`${origin}/anything`, [origin]).origin).toBe(origin);
    expect(() => check('http://127.0.0.1:4001/anything', [origin])).toThrow(/protocol/);
  });
});

describe('the path names the request', () => {
  test.each([
    ['another stack', { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/other/1' }],
    ['another resource', { logicalId: 'Other' }],
    ['another request', { requestId: 'other' }],
  ])('%s is refused', (_, overrides) => {
    expect(() => check(answerUrl(overrides))).toThrow(/path does not name this stack/);
  });

  test('one that is no text is refused', () => {
    const url = answerUrl().replace(/%7C/g, '%zz');
    expect(() => check(url)).toThrow(/its path does not name this stack, resource and request$/);
  });

  test.each([['https://%zz'], [''], ['not a url']])('%j is refused', (url) => {
    expect(() => check(url === '' ? ' ' : url)).toThrow(/it is not a URL/);
  });
});

describe('when the request was made', () => {
  test.each([
    ['X-Amz-Date=20261122T120000Z&X-Amz-Expires=7200', '2026-11-22T12:00:00.000Z'],
    ['AWSAccessKeyId=A&Expires=1795356000&Signature=s', '2026-11-22T12:00:00.000Z'],
    ['Signature=s', undefined],
    ['X-Amz-Date=120261122T120000Z', undefined],
    ['X-Amz-Date=20261122T120000Z1', undefined],
    ['Expires=7200', '1970-01-01T00:00:00.000Z'],
    ['Expires=0', undefined],
    ['X-Amz-Date=yesterday', undefined],
    ['X-Amz-Date=20261350T996199Z', undefined],
    ['X-Amz-Date=20261122T126000Z&Expires=1795356000', undefined],
    ['Expires=99999999999999', undefined],
    ['Expires=1e400', undefined],
    ['Expires=-5', undefined],
    ['Expires=', undefined],
  ])('%s', (query, expected) => {
    expect(requestedAt(new URL(answerUrl({ query })))?.toISOString()).toBe(expected);
  });
});
