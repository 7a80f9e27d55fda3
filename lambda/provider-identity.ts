/** Who the function is, as its context and environment tell. Pure. */
import { ENVIRONMENT } from '../access/contract';
import { undefinedIfRefused } from '../access/errors';
import { canonicalArn, parsePrincipalArn } from '../access/principal';

/** The account and Region that the function runs in, which are all that it serves (CR-37). */
export interface ProviderIdentity {
  readonly accountId: string;
  readonly region: string;
  /** `principalKey` of the provider's own role; undefined where the environment does not name it. */
  readonly roleKey: string | undefined;
}

export function providerOf(
  { invokedFunctionArn }: { readonly invokedFunctionArn: string },
  roleArn: string | undefined,
): ProviderIdentity {
  const [, , , region = '', accountId = ''] = invokedFunctionArn.split(':');
  const role = roleArn && undefinedIfRefused(() => parsePrincipalArn(roleArn, ENVIRONMENT.roleArn));
  return { accountId, region, roleKey: role ? canonicalArn(role) : undefined };
}
