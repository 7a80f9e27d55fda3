/** What the tests of the Kubernetes API talk with: tokens made by the SDK's own signer, requests by node:https. */
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { type LocalCluster } from '../../../../../local/aws/control-plane';
import { type Credentials } from '../../../../../local/aws/identity/iam';

export class Sha256 {
  private readonly hash;
  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string | Buffer);
  }
  update(data: unknown): void {
    this.hash.update(data as string);
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }
}

export interface TokenOptions {
  readonly credentials: Credentials;
  readonly cluster: string;
  /** Default: now. */
  readonly signingDate?: Date;
  /** Default us-east-1. */
  readonly signingRegion?: string;
  /** `127.0.0.1:PORT` of a local STS to sign for, as the AWS CLI does where AWS_ENDPOINT_URL_STS names one. */
  readonly localSts?: string;
  /** Changes the presigned URL after it was signed. */
  readonly tamper?: (url: string) => string;
}

/** A bearer token as `aws eks get-token` makes it. */
export async function bearerToken({
  credentials,
  cluster,
  signingDate,
  signingRegion,
  localSts,
  tamper,
}: TokenOptions): Promise<string> {
  const host = localSts ?? 'sts.us-east-1.amazonaws.com';
  const protocol = localSts === undefined ? 'https:' : 'http:';
  const signer = new SignatureV4({
    service: 'sts',
    region: signingRegion ?? 'us-east-1',
    credentials,
    sha256: Sha256,
  });
  const unsigned = new HttpRequest({
    protocol,
    hostname: host,
    path: '/',
    headers: { host, 'x-k8s-aws-id': cluster },
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
  });
  const signed = await signer.presign(unsigned, {
    expiresIn: 60,
    unhoistableHeaders: new Set(['x-k8s-aws-id']),
    ...(signingDate ? { signingDate } : {}),
  });
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  const url = `${protocol}//${host}/?${query.join('&')}`;
  return `k8s-aws-v1.${Buffer.from(tamper ? tamper(url) : url).toString('base64url')}`;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly kind?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly details?: { readonly causes?: readonly { readonly reason: string; readonly field: string }[] };
    readonly metadata?: { readonly resourceVersion?: string; readonly uid?: string };
    readonly data?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
}

export interface Asked {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON. */
  readonly body?: unknown;
}

/** One request over TLS, checked against the cluster's own authority. */
export async function ask(
  cluster: LocalCluster,
  method: string,
  path: string,
  { token, headers, body }: Asked = {},
): Promise<Answer> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      `${cluster.endpoint}${path}`,
      {
        method,
        ca: cluster.certificateAuthority,
        agent: false,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(text
            ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
            : {}),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            body: (answer.startsWith('{') ? JSON.parse(answer) : { text: answer }) as Answer['body'],
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}
