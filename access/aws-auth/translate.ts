/** What the template asks for, as an entry of aws-auth. Pure. */
import { invalidRequest } from '../errors';
import { checkNodeProperties, NODE_IDENTITIES } from '../node-identity';
import { awsAuthArn, defaultUserName } from '../principal';
import { type DesiredAccess } from '../desired-access';
import { type IdentityMapping } from './identity-mapping';

/**
 * The identity mapping that says `desired`. Throws ProviderError InvalidRequest for what aws-auth cannot say:
 * access policies, `Custom::EksAccessEntry`, node types that exist as access entries only.
 */
export function toIdentityMapping(desired: DesiredAccess): IdentityMapping {
  const { principal, type } = desired;
  if (principal.type === 'account') return { section: 'mapAccounts', accountId: principal.accountId };
  if (desired.kind === 'access-entry') {
    throw invalidRequest(
      `${desired.resourceType} is always an access entry: for aws-auth use Custom::EksMapRolesEntry or Custom::EksMapUsersEntry`,
    );
  }
  const [policy] = desired.accessPolicies;
  if (policy) {
    throw invalidRequest(
      `AccessPolicies has ${JSON.stringify(policy.policy)}, but this mapping lives in aws-auth, which has no access policies: ` +
        'give a group in Groups and bind it with RBAC, or move the cluster to authentication mode API_AND_CONFIG_MAP',
    );
  }
  const section = desired.kind === 'role' ? 'mapRoles' : 'mapUsers';
  if (type !== undefined && type !== 'STANDARD') {
    checkNodeProperties(desired, type);
    const identity = NODE_IDENTITIES[type];
    if (!identity) {
      throw invalidRequest(
        `Type is ${type}, which exists as an access entry only, but this mapping lives in aws-auth: ` +
          'move the cluster to authentication mode API_AND_CONFIG_MAP, or use another Type',
      );
    }
    return { section, arn: awsAuthArn(principal), username: identity.userName, groups: identity.groups };
  }
  // The default is written out: left out, the user name would be empty (GT-13).
  const username = desired.userName ?? defaultUserName(principal);
  return { section, arn: awsAuthArn(principal), username, groups: desired.groups };
}
