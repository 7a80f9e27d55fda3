/**
 * The bearer token of the Kubernetes API: a presigned GetCallerIdentity URL, made here without a request.
 * GT-41 to GT-45; https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html
 */
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsCredentialIdentity } from '@aws-sdk/types';

/** Real life is 15 minutes from X-Amz-Date whatever Expires says (GT-44); a minute is kept for clocks that differ. */
const LIFE_MS = 14 * 60_000;

interface CachedToken {
  readonly accessKeyId: string;
  readonly validUntil: number;
  readonly token: string;
}

/** Per cluster; a token outlives the invocation but never the credentials that signed it (CR-32). */
const tokens = new Map<string, CachedToken>();

export interface TokenRequest {
  readonly clusterName: string;
  readonly region: string;
  /** DNS suffix of the partition: `amazonaws.com`, `amazonaws.com.cn`, … */
  readonly dnsSuffix: string;
  readonly credentials: AwsCredentialIdentity;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A token that is valid for at least another five minutes. */
export async function bearerToken(request: TokenRequest): Promise<string> {
  const cacheKey = `${request.region}/${request.clusterName}`;
  const cached = tokens.get(cacheKey);
  if (
    cached &&
    cached.accessKeyId === request.credentials.accessKeyId &&
    cached.validUntil - request.now > 5 * 60_000
  ) {
    return cached.token;
  }
  const token = await presignToken(request);
  tokens.set(cacheKey, {
    accessKeyId: request.credentials.accessKeyId,
    validUntil: request.now + LIFE_MS,
    token,
  });
  return token;
}

export function forgetToken(region: string, clusterName: string): void {
  tokens.delete(`${region}/${clusterName}`);
}

export async function presignToken({
  clusterName,
  region,
  dnsSuffix,
  credentials,
  now,
}: TokenRequest): Promise<string> {
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  // Always the plain regional host: the authenticator replays the URL and accepts only its partition's (GT-45).
  const host = `sts.${region}.${dnsSuffix}`;
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      // Signed as a header and not hoisted: the server replays it with its own cluster name (GT-43).
      headers: { host, 'x-k8s-aws-id': clusterName },
    },
    {
      expiresIn: 60,
      signingDate: new Date(now),
      unhoistableHeaders: new Set(['x-k8s-aws-id']),
      // Otherwise the signer adds X-Amz-Content-Sha256, which the authenticator refuses in the query (GT-42).
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    },
  );
  const query = Object.entries(signed.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  const url = `https://${host}/?${query}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
