/**
 * The bucket that custom resources answer to: presigned PUT URLs of the documented shape, checked as S3 checks
 * them (CR-2, custom-resources section 1.2). Several answers to one URL are a fault of the provider and recorded
 * as such.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './lambda/clock';
import {
  type Fault,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from './server/loopback-server';

/** What the path of a ResponseURL names. */
export interface AnswerKey {
  readonly stackId: string;
  readonly logicalResourceId: string;
  readonly requestId: string;
}

export interface AcceptedAnswer extends AnswerKey {
  readonly url: string;
  readonly body: Buffer;
  /** The parsed body; undefined when it is not JSON. */
  readonly document: unknown;
  /** Milliseconds since 1970, by the bucket's clock. */
  readonly time: number;
  /** 1 for the first PUT to this URL, refused and lost ones counted. */
  readonly attempt: number;
}

export interface RefusedAnswer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** S3's error code. */
  readonly code: string;
  readonly time: number;
}

/** A second accepted answer to one URL. */
export interface Violation {
  readonly first: AcceptedAnswer;
  readonly second: AcceptedAnswer;
  /** True when both say the same, byte for byte: a duplicate delivery, not a contradiction. */
  readonly identical: boolean;
}

export interface AnswerBucket {
  readonly server: LoopbackServer;
  readonly url: string;
  /** Makes the ResponseURL of one request; `listener` hears each answer to it. */
  presign(key: AnswerKey, listener?: (answer: AcceptedAnswer) => void): string;
  readonly accepted: readonly AcceptedAnswer[];
  readonly refused: readonly RefusedAnswer[];
  readonly violations: readonly Violation[];
  injectFault(fault: Fault): void;
  stop(): Promise<void>;
}

interface Issued {
  readonly key: AnswerKey;
  readonly expires: number;
  readonly listener: ((answer: AcceptedAnswer) => void) | undefined;
  attempts: number;
}

/** Seconds; longer than the longest wait (CR section 1.2). */
const VALIDITY = 7200;

export interface AnswerBucketOptions {
  readonly region?: string;
  readonly port?: number;
  readonly clock?: Clock;
}

export async function startAnswerBucket(options: AnswerBucketOptions = {}): Promise<AnswerBucket> {
  const { region = 'us-east-1', clock = systemClock } = options;
  const issued = new Map<string, Issued>();
  const accepted: AcceptedAnswer[] = [];
  const refused: RefusedAnswer[] = [];
  const violations: Violation[] = [];
  const secret = randomBytes(32);
  let count = 0;

  const handle = (request: LocalRequest): LocalResponse => {
    const entry = issued.get(request.url);
    if (entry) entry.attempts += 1;
    const refusal = refusalOf(request, entry, clock.now());
    if (refusal || !entry) {
      const { status, code, message } = refusal ?? unknownUrl;
      refused.push({ method: request.method, url: request.url, status, code, time: clock.now() });
      return { status, headers: { 'content-type': 'application/xml' }, body: errorXml(code, message) };
    }
    const answer = {
      ...entry.key,
      url: request.url,
      body: request.body,
      document: parse(request.body),
      time: clock.now(),
      attempt: entry.attempts,
    };
    const first = accepted.find(({ url }) => url === request.url);
    if (first) violations.push({ first, second: answer, identical: first.body.equals(answer.body) });
    accepted.push(answer);
    entry.listener?.(answer);
    return {
      status: 200,
      headers: { etag: `"${createHmac('md5', '').update(request.body).digest('hex')}"` },
    };
  };

  const server = await startLoopbackServer({
    handle,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    server,
    url: server.url,
    presign: (key, listener) => {
      const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
      const object = encodeURIComponent(`${key.stackId}|${key.logicalResourceId}|${key.requestId}`);
      const credential = encodeURIComponent(
        `AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/${region}/s3/aws4_request`,
      );
      count += 1;
      const signature = createHmac('sha256', secret).update(`${object}|${date}|${count}`).digest('hex');
      const path =
        `/${object}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-SignedHeaders=host` +
        `&X-Amz-Expires=${VALIDITY}&X-Amz-Credential=${credential}&X-Amz-Signature=${signature}`;
      issued.set(path, { key, expires: clock.now() + VALIDITY * 1000, listener, attempts: 0 });
      return server.url + path;
    },
    accepted,
    refused,
    violations,
    injectFault: (fault) => server.injectFault(fault),
    stop: () => server.stop(),
  };
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const unknownUrl: Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' };
const mismatch = 'The request signature we calculated does not match the signature you provided.';

function refusalOf(request: LocalRequest, entry: Issued | undefined, now: number): Refusal | undefined {
  const { method, headers } = request;
  if (!entry)
    return request.query.has('X-Amz-Signature')
      ? { status: 403, code: 'SignatureDoesNotMatch', message: mismatch }
      : unknownUrl;
  if (method !== 'PUT') return { status: 403, code: 'SignatureDoesNotMatch', message: mismatch };
  if (now > entry.expires) return { status: 403, code: 'AccessDenied', message: 'Request has expired' };
  // Only an empty or absent content type was signed (binxio/cfn-secret-provider#3).
  if ((headers['content-type'] ?? '') !== '')
    return { status: 403, code: 'SignatureDoesNotMatch', message: mismatch };
  if (headers['authorization'] !== undefined) {
    return { status: 400, code: 'InvalidArgument', message: 'Only one auth mechanism allowed' };
  }
  if (headers['transfer-encoding'] !== undefined) {
    return {
      status: 501,
      code: 'NotImplemented',
      message: 'A header you provided implies functionality that is not implemented',
    };
  }
  if (headers['content-length'] === undefined) {
    return {
      status: 411,
      code: 'MissingContentLength',
      message: 'You must provide the Content-Length HTTP header.',
    };
  }
  return undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function errorXml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
