/** What the template asks for, as an entry of aws-auth. Pure. */
import { NODE_IDENTITIES } from '../node-identity';
import { checkNodeProperties } from '../node-properties';
import { awsAuthArn, defaultUserName } from '../principal';
import { type DesiredAccess } from '../desired-access';
import { withGroupsAlone } from '../rights/translate';
import { type IdentityMapping } from './identity-mapping';

/** `unsupported`: one clause for the stack author, with what to write instead. */
export type IdentityMappingTranslation =
  { readonly mapping: IdentityMapping } | { readonly unsupported: string };

/** Throws ProviderError InvalidRequest for what is wrong in every place: a node with a user name of its own. */
export function toIdentityMapping(desired: DesiredAccess): IdentityMappingTranslation {
  const { principal, type } = desired;
  if (principal.type === 'account')
    return { mapping: { section: 'mapAccounts', accountId: principal.accountId } };
  if (desired.kind === 'access-entry') {
    return unsupported(
      `${desired.resourceType} is always an access entry: for aws-auth use Custom::EksMapRolesEntry or Custom::EksMapUsersEntry`,
    );
  }
  const section = desired.kind === 'role' ? 'mapRoles' : 'mapUsers';
  const arn = awsAuthArn(principal);
  if (type === undefined || type === 'STANDARD') {
    const translated = withGroupsAlone(desired);
    if ('unsupported' in translated) return translated;
    const { groups } = translated.desired;
    // The default is written out: left out, the user name would be empty (GT-13).
    const username = desired.userName ?? defaultUserName(principal);
    return { mapping: { section, arn, username, groups } };
  }
  checkNodeProperties(desired, type);
  const [policy] = desired.accessPolicies;
  if (policy)
    return unsupported(
      `AccessPolicies has ${JSON.stringify(policy.policy)}, but in aws-auth a mapping of Type ${type} has the groups of its nodes alone: remove it, or use another role`,
    );
  const identity = NODE_IDENTITIES[type];
  if (identity) return { mapping: { section, arn, username: identity.userName, groups: identity.groups } };
  return unsupported(
    `Type is ${type}, which exists as an access entry only, but this mapping lives in aws-auth: ` +
      'move the cluster to authentication mode API_AND_CONFIG_MAP, or use another Type',
  );
}

function unsupported(why: string): IdentityMappingTranslation {
  return { unsupported: why };
}
