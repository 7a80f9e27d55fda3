/** The role that a permission set has now, as IAM lists it. */
import { listPermissionSetRoles } from '../../access/aws/permission-set-roles';
import { type DesiredAccess } from '../../access/desired-access';
import { roleOfSet } from '../../access/permission-set';
import { parsePrincipalArn, type Principal } from '../../access/principal';
import { propertyNames } from '../../access/property-names';
import { type Invocation } from '../invocation';

export interface OfRole {
  readonly desired: DesiredAccess;
  readonly previous: DesiredAccess | undefined;
}

/** What is wanted, of the role itself. Throws ProviderError: unless the set has exactly one, or what IAM refused. */
export async function withFoundRole<W extends OfRole>(
  { edges, deadline, log }: Invocation,
  wanted: W,
): Promise<W> {
  const { permissionSet, kind } = wanted.desired;
  if (!permissionSet) return wanted;
  const roles = await listPermissionSetRoles(edges.iam, deadline);
  const { arn } = roleOfSet(roles, permissionSet, propertyNames(kind).principal);
  log('INFO', 'found the role of the permission set', { set: permissionSet.name, arn });
  return ofRole(wanted, parsePrincipalArn(arn, 'PermissionSet'));
}

export function ofRole<W extends OfRole>(wanted: W, principal: Principal): W {
  const { desired, previous } = wanted;
  return {
    ...wanted,
    desired: { ...desired, principal },
    previous: previous && { ...previous, principal },
  };
}
