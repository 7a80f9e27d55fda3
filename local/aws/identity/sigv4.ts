/**
 * AWS Signature Version 4 from the server's side: recompute what the client must have signed. Written on
 * node:crypto, so that it is independent of the signer that the product uses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto';

/** The request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Percent-encoding kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a client claims with its signature. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `yyyyMMdd/region/service/aws4_request`. */
  readonly scope: string;
  readonly region: string;
  readonly service: string;
  /** `yyyyMMddTHHmmssZ`. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

/** Reads the Authorization header; undefined when there is none of this kind. */
export function claimFromHeaders(headers: Readonly<Record<string, string>>): SignatureClaim | undefined {
  const parts =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
      headers['authorization'] ?? '',
    );
  if (!parts) return undefined;
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  return claim(
    credential,
    headers['x-amz-date'] ?? '',
    signedHeaders,
    signature,
    headers['x-amz-security-token'],
  );
}

/** Reads a presigned query, whatever the case of its names; undefined when it carries no credential. */
export function claimFromQuery(query: URLSearchParams): SignatureClaim | undefined {
  const values = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const credential = values.get('x-amz-credential');
  if (credential === undefined) return undefined;
  return claim(
    credential,
    values.get('x-amz-date') ?? '',
    values.get('x-amz-signedheaders') ?? '',
    values.get('x-amz-signature') ?? '',
    values.get('x-amz-security-token'),
  );
}

function claim(
  credential: string,
  date: string,
  signedHeaders: string,
  signature: string,
  sessionToken: string | undefined,
): SignatureClaim | undefined {
  const [accessKeyId, ...scope] = credential.split('/');
  const [, region, service] = scope;
  if (!accessKeyId || !region || !service || scope.length !== 4) return undefined;
  return {
    accessKeyId,
    scope: scope.join('/'),
    region,
    service,
    date,
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    sessionToken,
  };
}

/** The signature that the owner of `secretAccessKey` would have put on the request. */
export function expectedSignature(
  request: SignedRequest,
  claim: SignatureClaim,
  secretAccessKey: string,
): string {
  const canonicalRequest = [
    request.method,
    uriEscape(request.path).replaceAll('%2F', '/'),
    canonicalQuery(request.query),
    ...claim.signedHeaders.map(
      (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`,
    ),
    '',
    claim.signedHeaders.join(';'),
    request.headers['x-amz-content-sha256'] ?? sha256(request.body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', claim.date, claim.scope, sha256(canonicalRequest)].join('\n');
  const key = claim.scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name.toLowerCase() !== 'x-amz-signature')
    .map(([name, value]) => `${uriEscape(name)}=${uriEscape(value)}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('&');
}

/** RFC 3986: everything but the unreserved characters is escaped. */
function uriEscape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
