/** The properties that name a permission set of IAM Identity Center in the place of a role's ARN. Pure. */
import { partsOfArn } from '../../access/arn';
import { type DesiredAccess } from '../../access/desired-access';
import { invalidRequest, ProviderError } from '../../access/errors';
import { nodeTypeOf } from '../../access/node-identity';
import { principalOfSet } from '../../access/permission-set';
import { propertyNames } from '../../access/property-names';

/** The account that a stack is in, which is the provider's own (CR-37). */
export interface Home {
  readonly accountId: string;
  readonly partition: string;
}

/** Where it is not known, and does not matter. */
export const NO_HOME: Home = { accountId: '', partition: 'aws' };

/** `stackId`: the ARN of the stack. */
export function homeOf(stackId: string): Home {
  const { partition, accountId } = partsOfArn(stackId);
  return { accountId, partition };
}

interface Asked {
  readonly PermissionSet?: string;
  readonly AccountId?: string;
}

/** Undefined where no set is named. Throws ProviderError InvalidRequest for AccountId alone. */
export function setAsked(
  { PermissionSet: name, AccountId }: Asked,
  home: Home,
): Pick<DesiredAccess, 'principal' | 'permissionSet'> | undefined {
  if (name === undefined) {
    if (AccountId === undefined) return undefined;
    throw invalidRequest(
      `AccountId is ${JSON.stringify(AccountId)}, and it goes with PermissionSet alone: remove it`,
    );
  }
  const permissionSet = { name, accountId: AccountId ?? home.accountId, partition: home.partition };
  return { permissionSet, principal: principalOfSet(permissionSet) };
}

/** Throws ProviderError InvalidRequest for a set whose role would join the cluster as a node. */
export function checkPermissionSet({ permissionSet, type, userName, groups }: DesiredAccess): void {
  if (!permissionSet) return;
  const nodeType = type === undefined || type === 'STANDARD' ? nodeTypeOf(userName, groups) : type;
  if (nodeType === undefined) return;
  throw invalidRequest(
    `Type is ${nodeType}, and the role of a permission set is no node's: remove Type and the node's user name and groups, or name the node role by its ARN`,
  );
}

/**
 * Whether the provider may look for the set at all: asked before the first call. Throws ProviderError: InvalidRequest
 * for a set of another account, AccessDenied where the provider was not deployed for it.
 */
export function refuseUnfindable(
  { permissionSet, kind }: DesiredAccess,
  { accountId, findsPermissionSets }: { readonly accountId: string; readonly findsPermissionSets: boolean },
): void {
  if (!permissionSet) return;
  const arn = propertyNames(kind).principal;
  if (permissionSet.accountId !== accountId)
    throw invalidRequest(
      `AccountId is ${JSON.stringify(permissionSet.accountId)}, and the provider can look for roles in its own account ${accountId} alone: write the ARN of the role in ${arn}, as IAM of account ${permissionSet.accountId} shows it (role/aws-reserved/sso.amazonaws.com/…)`,
    );
  if (!findsPermissionSets)
    throw new ProviderError(
      'AccessDenied',
      `PermissionSet is ${JSON.stringify(permissionSet.name)}, and this provider does not look for permission sets; its owner can allow it with permissionSets: true (in the plain template PermissionSets=true). Without that, write the ARN of the role in ${arn}`,
    );
}
