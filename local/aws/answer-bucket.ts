/**
 * The bucket that custom resources answer to, by presigned PUT URLs. Several answers to one URL are a fault of the
 * provider and recorded as such.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './lambda/clock';
import { ACCESS_DENIED, type AnswerKey, errorXml, presignedPath, refusalOf, VALIDITY } from './presigned-put';
import {
  type Fault,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from './server/loopback-server';

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
  /** Makes the ResponseURL of one request, made `ageMs` ago (default 0); `listener` hears each answer to it. */
  presign(key: AnswerKey, listener?: (answer: AcceptedAnswer) => void, ageMs?: number): string;
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

export interface AnswerBucketOptions {
  readonly region?: string;
  /** Default: a free port. */
  readonly port?: number | undefined;
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
    const refusal = refusalOf(request, entry?.expires, clock.now());
    if (refusal || !entry) {
      const { status, code, message } = refusal ?? ACCESS_DENIED;
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

  const server = await startLoopbackServer({ handle, port: options.port });
  return {
    server,
    url: server.url,
    presign: (key, listener, ageMs = 0) => {
      count += 1;
      const now = clock.now() - ageMs;
      const path = presignedPath({ ...key, now, region, secret, count });
      issued.set(path, { key, expires: now + VALIDITY * 1000, listener, attempts: 0 });
      return server.url + path;
    },
    accepted,
    refused,
    violations,
    injectFault: (fault) => server.injectFault(fault),
    stop: () => server.stop(),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
