/**
 * Refusals of the EKS API as errors of ours. By name and text: the service sends what its model does not declare
 * (GT-67), and only the text tells the three kinds of 404 apart (GT-95).
 */
import { type ErrorCode, ProviderError, UnknownPrincipal } from '../errors';
import { propertyNames } from '../property-names';
import { type EksOperation } from './eks-api';
import { deniedSentence, isAboutCredentials } from './eks-denied';
import { type RefusedCall, refusedValue } from './eks-refused-value';
import { isSdkFailure, isThrottled, readFailure, type SdkFailure } from './sdk-failure';

export interface EksCall extends RefusedCall {
  readonly operation: EksOperation;
}

/** What happened, as the caller of the store must know it. */
export type EksFault = 'no entry' | 'no entry yet' | 'no access entries' | 'failed';

export interface TranslatedError {
  readonly fault: EksFault;
  readonly error: ProviderError;
}

/** Never the request, no more of the service's text than one line, and none of it where it is about credentials. */
export function translateEksError(vendor: SdkFailure, call: EksCall): TranslatedError {
  const failure = readFailure(vendor);
  const { name, message: text, status, requestId, retryAfterMs } = failure;
  const { operation, cluster, principalArn: principal = 'the principal' } = call;
  const said = text.replace(/\s+/g, ' ').trim().slice(0, 400);
  const where = requestId === undefined ? operation : `${operation}, request id ${requestId}`;
  const made = (code: ErrorCode, message: string, fault: EksFault = 'failed'): TranslatedError => ({
    fault,
    error: new ProviderError(code, `${message} (${where})`, {
      cause: vendor,
      mayHaveActed: code === 'ServiceUnavailable' && !/^(Describe|List)/.test(operation),
      retryAfterMs,
    }),
  });

  if (name === 'ResourceNotFoundException' || name === 'NotFoundException') {
    if (/policyArn could not be found/i.test(said) && operation !== 'DisassociateAccessPolicy') {
      return made(
        'InvalidRequest',
        `AccessPolicies has ${call.asked?.policy?.policyArn ?? 'a policy'}, which EKS does not know in this Region: aws eks list-access-policies shows the names`,
      );
    }
    if (/no cluster found/i.test(said))
      return made('NotFound', `cluster ${cluster} does not exist: see that nothing deletes it meanwhile`);
    if (operation === 'AssociateAccessPolicy') {
      return made(
        'NotStabilized',
        `EKS does not show the access entry of ${principal} on cluster ${cluster} that was just made: run the stack operation again`,
        'no entry yet',
      );
    }
    return made(
      'NotFound',
      `${principal} has no such access entry or policy on cluster ${cluster}`,
      'no entry',
    );
  }
  if (/invalid principal/i.test(said)) {
    const property = propertyNames(call.kind ?? 'role').principal;
    const message = `${property} is ${principal}, which EKS does not find: the role or user must exist, and its ARN must have its path, as IAM shows it (role/team/NAME; IAM Identity Center: role/aws-reserved/sso.amazonaws.com/…) (${where})`;
    return { fault: 'failed', error: new UnknownPrincipal(message, { cause: vendor }) };
  }
  if (/authentication mode must be set/i.test(said)) {
    return made(
      'InvalidRequest',
      `cluster ${cluster} is in authentication mode CONFIG_MAP and has no access entries: run the stack operation again, which then looks at its mode`,
      'no access entries',
    );
  }
  // A version, its rollback, the authentication mode: EKS refuses by either of two names while any update runs (GT-105).
  if (/currently has update|in progress|is currently (?:UPDATING|CREATING|PENDING)/i.test(said)) {
    return made(
      'ResourceConflict',
      `cluster ${cluster} is being updated: run the stack operation again once it is ACTIVE; EKS says: ${said}`,
    );
  }
  if (name === 'ResourceInUseException') {
    return operation === 'CreateAccessEntry'
      ? made('AlreadyExists', `${principal} already has an access entry on cluster ${cluster}`)
      : made(
          'ResourceConflict',
          `the access entry of ${principal} on cluster ${cluster} is being changed by another caller: run the stack operation again`,
        );
  }
  if (name === 'ResourceLimitExceededException' && operation === 'AssociateAccessPolicy') {
    return made(
      'InvalidRequest',
      `the access entry of ${principal} on cluster ${cluster} takes no more access policies, of which EKS allows 20: remove some from AccessPolicies; EKS says: ${said}`,
    );
  }
  if (name === 'ResourceLimitExceededException' && operation === 'CreateAccessEntry') {
    return made(
      'InvalidRequest',
      `cluster ${cluster} takes no more access entries, of which EKS allows 3,000, so ${principal} gets none: remove some (aws eks list-access-entries), or map it in aws-auth while the cluster reads that; EKS says: ${said}`,
    );
  }
  if (isThrottled(failure)) {
    return made('Throttling', `EKS throttles eks:${operation} in this account: deploy fewer stacks at once`);
  }
  if (status === 401 || status === 403 || isAboutCredentials(name)) {
    return made('AccessDenied', deniedSentence({ name, said, isOurs: vendor.$fault === undefined }, call));
  }
  // Whatever else the service calls an error of the request is one, and trying again is no use.
  if (status >= 400 && status < 500 && status !== 408)
    return made('InvalidRequest', refusedValue(said, call));
  return made(
    'ServiceUnavailable',
    `EKS failed or could not be reached: ${said}; run the stack operation again`,
  );
}

/**
 * What the service refused, and answers that did not come or cannot be read; a fault of the program is neither, and is
 * let through.
 */
export const isEksFailure: (error: unknown) => error is SdkFailure = isSdkFailure;
