/** Why the role by which a cluster is reached could not be assumed, in our words and codes. Pure. */
import { isThrottled, quotableName, type ReadFailure } from '../aws/sdk-failure';
import { ProviderError } from '../errors';
import { type ClusterRole } from '../guardrails/cluster-roles';
import { trustStatement } from '../guardrails/role-trust';
import { NoRights } from './kubernetes-refusal';

/** Who wants to be whom, and for which cluster. */
export interface Assuming {
  readonly clusterName: string;
  readonly region: string;
  readonly role: ClusterRole;
  /** The provider's own; undefined where the environment does not name it. */
  readonly providerArn: string | undefined;
}

/** Never the external id, and no more of the service's text than what it says of a missing right. */
export function assumeRoleError(failure: ReadFailure, assuming: Assuming): ProviderError {
  const { name, message, status } = failure;
  const { role, clusterName, region } = assuming;
  const what = `the provider could not assume ${role.arn}, by which it reaches cluster ${clusterName} (clusterRoles)`;
  const error = quotableName(failure);
  if (status === 0)
    return new ProviderError(
      'ServiceUnavailable',
      `${what}: ${message}; a function in a VPC needs a route to STS (VPC endpoint com.amazonaws.${region}.sts)`,
    );
  if (isThrottled(failure))
    return new ProviderError(
      'Throttling',
      `${what}: STS throttles this account, deploy fewer stacks at once`,
    );
  if (/^AccessDenied/.test(name)) return new NoRights(`${what}: ${remedyOf(assuming)}${saidOf(message)}`);
  if (name === 'RegionDisabledException')
    return new ProviderError(
      'InvalidRequest',
      `${what}: STS is not active in ${region} for this account, activate it in the account settings of IAM`,
    );
  if (status === 401 || status === 403)
    return new ProviderError(
      'AccessDenied',
      `${what}: STS did not accept the credentials of the provider's role (${error}); run the stack operation again, and see that the function's role exists`,
    );
  // What is said of a request may quote it.
  if (status >= 400 && status < 500 && status !== 408)
    return new ProviderError('InvalidRequest', `${what}: STS refused the request (${error})`);
  return new ProviderError('ServiceUnavailable', `${what}: STS failed (${error})`);
}

function remedyOf({ role, providerArn = 'ARN_OF_THE_PROVIDER_ROLE' }: Assuming): string {
  const isAsked = role.externalId !== undefined;
  const trust = trustStatement(providerArn, isAsked ? 'EXTERNAL_ID' : undefined);
  const note = isAsked
    ? ', where EXTERNAL_ID is the externalId that clusterRoles gives for this cluster'
    : '; if it asks for an sts:ExternalId, the owner of the provider gives it in clusterRoles';
  return `add to the trust policy of that role ${trust}${note}; and see that the role exists and that the provider's role may do sts:AssumeRole on it`;
}

function saidOf(message: string): string {
  const said = message.replace(/\s+/g, ' ').trim().slice(0, 400);
  return /^User: \S+ is not authorized to perform: sts:AssumeRole\b/.test(said) ? ` (STS said: ${said})` : '';
}
