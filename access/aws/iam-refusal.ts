/** Refusals of IAM as errors of ours. Pure. */
import { ProviderError } from '../errors';
import { isThrottled, quotableName, type ReadFailure } from './sdk-failure';

/** `action`: as IAM's policies name it; `remedy`: what lets the provider do it. No more of IAM's text than what it says of a missing right. */
export function iamError(failure: ReadFailure, action: string, remedy: string): ProviderError {
  const { name, message, status, requestId } = failure;
  const where = requestId === undefined ? action : `${action}, request id ${requestId}`;
  const error = quotableName(failure);
  if (status === 0)
    return new ProviderError(
      'ServiceUnavailable',
      `IAM was not reached: ${message}; a function in a VPC needs a route to the public endpoint of IAM (${where})`,
    );
  if (isThrottled(failure))
    return new ProviderError(
      'Throttling',
      `IAM throttles this account: deploy fewer stacks at once (${where})`,
    );
  if (/^AccessDenied/.test(name)) {
    const said = message.replace(/\s+/g, ' ').trim().slice(0, 400);
    const quoted = /^User: \S+ is not authorized to perform: iam:/.test(said) ? ` (IAM said: ${said})` : '';
    return new ProviderError(
      'AccessDenied',
      `the provider's role may not do ${action}: ${remedy}${quoted} (${where})`,
    );
  }
  if (status === 401 || status === 403)
    return new ProviderError(
      'AccessDenied',
      `IAM did not accept the credentials of the provider's role (${error}): run the stack operation again, and see that the function's role exists (${where})`,
    );
  // What is said of a request may quote it.
  if (status >= 400 && status < 500 && status !== 408)
    return new ProviderError('InvalidRequest', `IAM refused the request (${error}; ${where})`);
  return new ProviderError('ServiceUnavailable', `IAM failed (${error}; ${where})`);
}
