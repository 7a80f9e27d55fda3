import { request } from 'node:http';
import { type AnswerBucket, startAnswerBucket } from '../../../../local/aws/answer-bucket';
import { ManualClock } from '../../../../local/aws/lambda/clock';

const key = {
  stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/s/51af3dc0-da77-11e4-872e-1234567db123',
  logicalResourceId: 'Thing',
  requestId: '5478d5e9-5e4c-4d4f-a0d5-0e4a1d1c4b11',
};

interface Try {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Without a length. */
  readonly chunked?: boolean;
}

function send(
  url: string,
  { method = 'PUT', headers = {}, body = '{}', chunked = false }: Try = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        headers: {
          'content-type': '',
          ...(chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('answer bucket', () => {
  let clock: ManualClock;
  let bucket: AnswerBucket;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-04T05:06:07.890Z'));
    bucket = await startAnswerBucket({ clock, region: 'eu-west-1' });
  });

  afterEach(() => bucket.stop());

  test('makes presigned URLs of the documented shape', () => {
    const url = bucket.presign(key);
    expect(
      url.startsWith(`${bucket.url}/${encodeURIComponent(`${key.stackId}|Thing|${key.requestId}`)}?`),
    ).toBe(true);
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20260304/eu-west-1/s3/aws4_request',
      'X-Amz-Date': '20260304T050607Z',
      'X-Amz-Expires': '7200',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(bucket.presign(key)).not.toBe(url);
  });

  test('records an answer with its bytes, and tells who waits for it', async () => {
    const heard: unknown[] = [];
    const url = bucket.presign(key, ({ document }) => heard.push(document));
    expect((await send(url, { body: '{"Reason":"größer"}' })).status).toBe(200);
    expect(bucket.accepted).toMatchObject([
      {
        ...key,
        url: url.slice(bucket.url.length),
        document: { Reason: 'größer' },
        attempt: 1,
        time: clock.now(),
      },
    ]);
    expect(bucket.accepted[0]?.body.toString()).toBe('{"Reason":"größer"}');
    expect(heard).toEqual([{ Reason: 'größer' }]);
  });

  test.each<[string, number, string, Try]>([
    ['another method', 403, 'SignatureDoesNotMatch', { method: 'POST' }],
    ['a content type', 403, 'SignatureDoesNotMatch', { headers: { 'content-type': 'application/json' } }],
    [
      'credentials of its own',
      400,
      'InvalidArgument',
      { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' } },
    ],
  ])('refuses %s', async (_name, status, code, attempt) => {
    const answer = await send(bucket.presign(key), attempt);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Code>${code}</Code>`);
    expect(bucket.accepted).toEqual([]);
    expect(bucket.refused).toMatchObject([{ status, code }]);
  });

  test('refuses a body without a length', async () => {
    const url = bucket.presign(key);
    const response = await send(url, { headers: { 'transfer-encoding': 'chunked' }, chunked: true });
    expect(response.status).toBe(501);
  });

  test.each([
    ['a path that is not the signed one', (url: string) => url.replace('Thing', 'Other')],
    ['a path that is decoded on the way', (url: string) => url.replace('%7C', '|')],
    ['a changed query', (url: string) => url.replace('7200', '9999')],
    ['no query', (url: string) => url.replace(/\?.*/, '')],
  ])('refuses %s', async (_name, change) => {
    expect((await send(change(bucket.presign(key)))).status).toBe(403);
    expect(bucket.accepted).toEqual([]);
  });

  test('refuses an answer after two hours', async () => {
    const url = bucket.presign(key);
    clock.advance(7_200_001);
    expect((await send(url)).text).toContain('Request has expired');
  });

  test('records every second answer to one URL as a violation', async () => {
    const [url, other] = [bucket.presign(key), bucket.presign(key)];
    for (const body of ['1', '1', '2']) await send(url, { body });
    await send(other, { body: '3' });
    expect(
      bucket.violations.map(({ first, second, identical }) => [first.document, second.document, identical]),
    ).toEqual([
      [1, 1, true],
      [1, 2, false],
    ]);
  });

  test('counts tries that got lost', async () => {
    const url = bucket.presign(key);
    bucket.injectFault({ match: () => true, action: 'reset-after' });
    await expect(send(url)).rejects.toThrow();
    expect((await send(url)).status).toBe(200);
    expect(bucket.accepted.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test('a body that is not UTF-8 JSON has no document', async () => {
    const response = await fetch(bucket.presign(key), {
      method: 'PUT',
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(response.status).toBe(200);
    expect(bucket.accepted[0]?.document).toBeUndefined();
  });
});
