/**
 * One signed request to an AWS API over node:https: signed by `@smithy/signature-v4`, sent on a connection that is kept
 * alive between the invocations of a warm container.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsCredentialIdentity } from '@aws-sdk/types';
import { Sha256 } from './sha256';

export interface SignedRequest {
  /** SigV4 service name: `eks`, `cloudformation`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: () => Promise<AwsCredentialIdentity>;
  /** Scheme, host and port. */
  readonly endpoint: URL;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Percent-encoded as it goes over the wire. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly contentType?: string;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface SignedAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** No answer came: the connection failed, or nothing was heard in time. The request may have been carried out. */
export class ConnectionError extends Error {
  constructor(host: string, code: string, cause: unknown) {
    super(`no answer from ${host} (${code})`, { cause });
  }
}

/** Limit of one request, connect included: a silent endpoint must not eat the whole invocation. */
const REQUEST_MS = 10_000;

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/** Rejects with ConnectionError when no answer came, and with the signal's reason when it was aborted. */
export async function sendSigned(request: SignedRequest): Promise<SignedAnswer> {
  const { endpoint, method, path, query = {}, contentType, body = '', signal } = request;
  const signer = new SignatureV4({
    service: request.service,
    region: request.region,
    credentials: request.credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method,
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path,
    query: query as Record<string, string | string[]>,
    headers: {
      host: endpoint.host,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    body,
  });
  const secure = endpoint.protocol !== 'http:';
  const headers = {
    ...signed.headers,
    'user-agent': 'cfn-eks-access',
    ...(body === '' && method !== 'POST' ? {} : { 'content-length': Buffer.byteLength(body, 'utf8') }),
  };
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(
        signal.aborted
          ? (signal.reason as Error)
          : new ConnectionError(endpoint.host, error.code ?? error.name, error),
      );
    const outgoing = (secure ? httpsRequest : httpRequest)(
      endpoint,
      {
        method,
        path: `${path}${queryString(query)}`,
        headers,
        agent: agents[secure ? 'https:' : 'http:'],
        signal,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', failed);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    const limit = setTimeout(
      () => outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      REQUEST_MS,
    );
    outgoing.on('close', () => clearTimeout(limit));
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

/** As SigV4 encodes it, which is stricter than `encodeURIComponent`. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function queryString(query: NonNullable<SignedRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeStrictly(name)}=${encodeStrictly(String(one))}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
