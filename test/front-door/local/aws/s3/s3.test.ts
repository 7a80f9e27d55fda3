/** The small S3 for templates, and the endpoint that refuses every other service by name. */
import { ObjectStore, objectOf } from '../../../../../local/aws/s3/object-store';
import { startS3 } from '../../../../../local/aws/s3/server';
import { type LoopbackServer } from '../../../../../local/aws/server/loopback-server';
import { startOtherServices } from '../../../../../local/aws/server/other-services';

describe('the small S3', () => {
  let s3: LoopbackServer;
  beforeAll(async () => {
    s3 = await startS3(new ObjectStore());
  });
  afterAll(() => s3.stop());
  const ask = async (method: string, path: string, body?: string, headers = {}) => {
    const answer = await fetch(`${s3.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return [answer.status, await answer.text()] as const;
  };

  test('keeps what is put into a bucket that was made', async () => {
    expect(await ask('PUT', '/b/k', 'x')).toEqual([
      404,
      expect.stringContaining('The specified bucket does not exist: aws s3 mb s3://b makes it'),
    ]);
    expect((await ask('PUT', '/b'))[0]).toBe(200);
    expect((await ask('PUT', '/b/deep/k%20k', 'text'))[0]).toBe(200);
    expect(await ask('GET', '/b/deep/k%20k')).toEqual([200, 'text']);
    expect((await ask('HEAD', '/b/none'))[0]).toBe(404);
    expect((await ask('GET', '/b?list-type=2&prefix=deep'))[1]).toContain('<Key>deep/k k</Key>');
    expect((await ask('GET', '/'))[1]).toContain('<Name>b</Name>');
    expect((await ask('DELETE', '/b'))[0]).toBe(409);
    expect((await ask('DELETE', '/b/deep/k%20k'))[0]).toBe(204);
    expect((await ask('DELETE', '/b'))[0]).toBe(204);
    expect((await ask('HEAD', '/b'))[0]).toBe(404);
  });

  test('takes content that is sent in signed pieces', async () => {
    await ask('PUT', '/c');
    const framed =
      '4;chunk-signature=a\r\ntext\r\n3;chunk-signature=b\r\n more\r\n0;chunk-signature=c\r\n\r\n'.replace(
        '3;',
        '5;',
      );
    await ask('PUT', '/c/k', framed, { 'content-encoding': 'aws-chunked' });
    expect(await ask('GET', '/c/k')).toEqual([200, 'text more']);
  });

  test('refuses what it does not have by name', async () => {
    expect(await ask('GET', '/b?policy')).toEqual([400, expect.stringContaining('has no policy')]);
    expect(await ask('POST', '/b/k?uploads')).toEqual([400, expect.stringContaining('has no uploads')]);
  });

  test.each([
    ['https://b.s3.amazonaws.com/a/t.yaml', 'b', 'a/t.yaml'],
    ['https://b.c.s3.eu-west-1.amazonaws.com/t.yaml', 'b.c', 't.yaml'],
    ['https://s3.us-east-1.amazonaws.com/b/a/t.yaml', 'b', 'a/t.yaml'],
    ['https://s3-us-west-2.amazonaws.com/b/t.yaml', 'b', 't.yaml'],
    ['http://127.0.0.1:4566/b/t%20t.yaml', 'b', 't t.yaml'],
    ['s3://b/t.yaml', 'b', 't.yaml'],
  ])('%s names an object', (url, bucket, key) => {
    expect(objectOf(url)).toEqual({ bucket, key });
  });

  test.each(['https://example.com/b/t.yaml', 'file:///t.yaml', './t.yaml'])('%s names none', (url) => {
    expect(objectOf(url)).toBeUndefined();
  });
});

test.each([
  [
    'ec2',
    'application/x-www-form-urlencoded; charset=utf-8',
    /<Message>the local AWS has no ec2: it has EKS, STS,/,
  ],
  ['lambda', 'application/json', /"message":"the local AWS has no lambda: it has EKS, STS,/],
])('a request to %s is refused in the form that its clients read', async (service, type, sentence) => {
  const server = await startOtherServices(['EKS', 'STS']);
  const answer = await fetch(server.url, {
    method: 'POST',
    body: '',
    headers: {
      'content-type': type,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host`,
    },
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(sentence);
  await server.stop();
});
