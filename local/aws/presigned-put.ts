/**
 * Presigned PUT URLs of the documented shape, and what S3 refuses of a request to one (CR-2, custom-resources section
 * 1.2). Pure.
 */
import { createHmac } from 'node:crypto';
import { type LocalRequest } from './server/loopback-server';

/** What the path of a ResponseURL names. */
export interface AnswerKey {
  readonly stackId: string;
  readonly logicalResourceId: string;
  readonly requestId: string;
}

/** Seconds; longer than the longest wait (CR section 1.2). */
export const VALIDITY = 7200;

interface Presigning extends AnswerKey {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly region: string;
  readonly secret: Buffer;
  /** Another one for each URL, so that two for one request differ. */
  readonly count: number;
}

/** Path and query. */
export function presignedPath(presigning: Presigning): string {
  const { stackId, logicalResourceId, requestId, now, region, secret, count } = presigning;
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const object = encodeURIComponent(`${stackId}|${logicalResourceId}|${requestId}`);
  const credential = encodeURIComponent(`AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/${region}/s3/aws4_request`);
  const signature = createHmac('sha256', secret).update(`${object}|${date}|${count}`).digest('hex');
  return (
    `/${object}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-SignedHeaders=host` +
    `&X-Amz-Expires=${VALIDITY}&X-Amz-Credential=${credential}&X-Amz-Signature=${signature}`
  );
}

/** An error as S3 answers it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const ACCESS_DENIED: Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' };
const mismatch = 'The request signature we calculated does not match the signature you provided.';

/** Why S3 refuses the request; undefined: it is stored. `expires`: of the URL, undefined for one never made. */
export function refusalOf(
  request: LocalRequest,
  expires: number | undefined,
  now: number,
): Refusal | undefined {
  const { method, headers } = request;
  if (expires === undefined)
    return request.query.has('X-Amz-Signature')
      ? { status: 403, code: 'SignatureDoesNotMatch', message: mismatch }
      : ACCESS_DENIED;
  if (method !== 'PUT') return { status: 403, code: 'SignatureDoesNotMatch', message: mismatch };
  if (now > expires) return { status: 403, code: 'AccessDenied', message: 'Request has expired' };
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

export function errorXml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
