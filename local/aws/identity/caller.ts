/** Who signed a request to one of the local AWS endpoints. */
import { type CallerIdentity, type LocalIam } from './iam';
import { claimFromHeaders, expectedSignature, type SignatureClaim, type SignedRequest } from './sigv4';

/** `code` in the words of AWS's common errors; all of them are answered with HTTP 403. */
export type CallerResult =
  | { readonly caller: CallerIdentity }
  | {
      readonly code:
        'MissingAuthenticationToken' | 'UnrecognizedClient' | 'InvalidSignature' | 'ExpiredToken';
      readonly message: string;
    };

const unknownToken = {
  code: 'UnrecognizedClient',
  message: 'The security token included in the request is invalid.',
} as const;
const expired = {
  code: 'ExpiredToken',
  message: 'The security token included in the request is expired',
} as const;
const missing = { code: 'MissingAuthenticationToken', message: 'Missing Authentication Token' } as const;
const badSignature = {
  code: 'InvalidSignature',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
} as const;

/** Checks the key, the session token, its end and the signature; `claim` by default from the Authorization header. */
export function identifyCaller(
  iam: LocalIam,
  request: SignedRequest,
  claim: SignatureClaim | undefined = claimFromHeaders(request.headers),
): CallerResult {
  if (!claim) return missing;
  const caller = iam.identify(claim.accessKeyId);
  if (!caller && iam.unknownCaller) return { caller: iam.unknownCaller };
  if (!caller || (claim.sessionToken ?? '') !== (caller.sessionToken ?? '')) return unknownToken;
  if (caller.endsAt !== undefined && caller.endsAt <= iam.now()) return expired;
  if (!claim.signedHeaders.includes('host')) return badSignature;
  if (expectedSignature(request, claim, caller.secretAccessKey) !== claim.signature) return badSignature;
  return { caller };
}
