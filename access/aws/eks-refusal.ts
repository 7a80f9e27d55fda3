/**
 * Refusals of the EKS API as errors of ours. By name and text: the service sends what its model does not declare
 * (GT-67), and only the text tells the three kinds of 404 apart (GT-95).
 */
import { type ErrorCode, ProviderError, UnknownPrincipal } from '../errors';
import { type EksOperation } from './eks-api';
import { isSdkFailure, readFailure, type SdkFailure } from './sdk-failure';

export interface EksCall {
  readonly operation: EksOperation;
  readonly cluster: string;
  readonly principalArn?: string;
  readonly policyArn?: string;
}

/** What happened, as the caller of the store must know it. */
export type EksFault = 'no entry' | 'no entry yet' | 'no access entries' | 'failed';

export interface TranslatedError {
  readonly fault: EksFault;
  readonly error: ProviderError;
}

/** Never the request, no more of the service's text than one line, and none of it where it is about credentials. */
export function translateEksError(vendor: SdkFailure, call: EksCall): TranslatedError {
  const { name, message: text, status, requestId, isThrottling, retryAfterMs } = readFailure(vendor);
  const said = text.replace(/\s+/g, ' ').trim().slice(0, 400);
  const where = requestId === undefined ? call.operation : `${call.operation}, request id ${requestId}`;
  const made = (code: ErrorCode, message: string, fault: EksFault = 'failed'): TranslatedError => ({
    fault,
    error: new ProviderError(code, `${message} (${where})`, {
      cause: vendor,
      mayHaveActed: code === 'ServiceUnavailable' && !/^(Describe|List)/.test(call.operation),
      retryAfterMs,
    }),
  });
  const principal = call.principalArn ?? 'the principal';

  if (name === 'ResourceNotFoundException' || name === 'NotFoundException') {
    if (/policyArn could not be found/i.test(said) && call.operation !== 'DisassociateAccessPolicy') {
      return made(
        'InvalidRequest',
        `AccessPolicies has ${call.policyArn ?? 'a policy'}, which EKS does not know in this Region: aws eks list-access-policies shows the names`,
      );
    }
    if (/no cluster found/i.test(said)) return made('NotFound', `cluster ${call.cluster} does not exist`);
    if (call.operation === 'AssociateAccessPolicy') {
      return made(
        'NotStabilized',
        `EKS does not show the access entry of ${principal} that was just made`,
        'no entry yet',
      );
    }
    return made(
      'NotFound',
      `${principal} has no such access entry or policy on cluster ${call.cluster}`,
      'no entry',
    );
  }
  if (/invalid principal/i.test(said)) {
    const message = `EKS does not find ${principal}: the role or user must exist, and its ARN must have its path, as IAM shows it (role/team/NAME; IAM Identity Center: role/aws-reserved/sso.amazonaws.com/…) (${where})`;
    return { fault: 'failed', error: new UnknownPrincipal(message, { cause: vendor }) };
  }
  if (/authentication mode must be set/i.test(said)) {
    return made(
      'InvalidRequest',
      `cluster ${call.cluster} is in authentication mode CONFIG_MAP and has no access entries`,
      'no access entries',
    );
  }
  // A version, its rollback, the authentication mode: EKS refuses by either of two names while any update runs (GT-105).
  if (/currently has update|in progress|is currently (?:UPDATING|CREATING|PENDING)/i.test(said)) {
    return made('ResourceConflict', `cluster ${call.cluster} is being updated: ${said}`);
  }
  if (name === 'ResourceInUseException') {
    return call.operation === 'CreateAccessEntry'
      ? made('AlreadyExists', `${principal} already has an access entry on cluster ${call.cluster}`)
      : made('ResourceConflict', `the access entry of ${principal} is being changed by another caller`);
  }
  if (name === 'ResourceLimitExceededException') {
    const most =
      call.operation === 'AssociateAccessPolicy'
        ? `the access entry of ${principal} takes no more access policies (20 at most)`
        : `cluster ${call.cluster} takes no more access entries (3,000 at most)`;
    return made('InvalidRequest', `${most}: ${said}`);
  }
  if (
    isThrottling === true ||
    status === 429 ||
    /throttl|too ?many ?requests|limit ?exceeded|slow ?down/i.test(name)
  ) {
    return made('Throttling', 'EKS throttles this account: deploy fewer stacks at once');
  }
  if (status === 401 || status === 403 || isAboutCredentials(name)) {
    return made('AccessDenied', deniedSentence({ name, said, isOurs: vendor.$fault === undefined }, call));
  }
  // Whatever else the service calls an error of the request is one, and trying again is no use.
  if (status >= 400 && status < 500 && status !== 408)
    return made('InvalidRequest', `EKS refused ${principal}: ${said}`);
  return made('ServiceUnavailable', `EKS failed or could not be reached: ${said}`);
}

/**
 * What IAM says of a missing right names the right and who lacks it. What is said of credentials and signatures may
 * quote the request that was signed, session token included, and is never passed on (CR-43).
 */
function deniedSentence(
  // `isOurs`: not what the service said, but our words for an answer that cannot be read.
  { name, said, isOurs }: { readonly name: string; readonly said: string; readonly isOurs: boolean },
  { operation, cluster }: EksCall,
): string {
  if (isOurs || /^User: .* is not authorized to perform/.test(said))
    return `the provider's role may not do eks:${operation} on cluster ${cluster}: ${said}`;
  if (/^AccessDenied/.test(name))
    return `the provider's role may not do eks:${operation} on cluster ${cluster}: allow it in the role's policy, and see whether a service control policy or a VPC endpoint policy denies it`;
  const error = /^\w{1,64}$/.test(name) ? name : 'an error without a name';
  return `EKS did not accept the credentials of the provider's role for eks:${operation} on cluster ${cluster} (${error}): they are missing, expired, or not signed as EKS wants; run the stack operation again, and see that the function's role exists`;
}

function isAboutCredentials(name: string): boolean {
  return /^(AccessDenied|Unrecognized|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|IncompleteSignature|MissingAuthenticationToken|CredentialsProviderError)/.test(
    name,
  );
}

/**
 * What the service refused, and answers that did not come or cannot be read; a fault of the program is neither, and is
 * let through.
 */
export const isEksFailure: (error: unknown) => error is SdkFailure = isSdkFailure;
