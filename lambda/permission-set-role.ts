/** The role that a permission set has now, as IAM lists it. */
import { iamError } from '../access/aws/iam-refusal';
import { type IamApi, type IamRole } from '../access/aws/iam-api';
import { type DesiredAccess } from '../access/desired-access';
import { hasCode } from '../access/errors';
import { PERMISSION_SET_PATH, roleOfSet } from '../access/permission-set';
import { parsePrincipalArn } from '../access/principal';
import { propertyNames } from '../access/property-names';
import { type Deadline, fullJitter, retry } from '../access/retry';
import { type Invocation } from './invocation';

interface Wanted {
  readonly desired: DesiredAccess;
  readonly previous: DesiredAccess | undefined;
}

/** What is wanted, of the role itself. Throws ProviderError: unless the set has exactly one, or what IAM refused. */
export async function withFoundRole<W extends Wanted>(
  { edges, deadline, log }: Invocation,
  wanted: W,
): Promise<W> {
  const { desired, previous } = wanted;
  const { permissionSet, kind } = desired;
  if (!permissionSet) return wanted;
  const roles = await listPermissionSetRoles(edges.iam, deadline);
  const { arn } = roleOfSet(roles, permissionSet, propertyNames(kind).principal);
  log('INFO', 'found the role of the permission set', { set: permissionSet.name, arn });
  const principal = parsePrincipalArn(arn, 'PermissionSet');
  return {
    ...wanted,
    desired: { ...desired, principal },
    previous: previous && { ...previous, principal },
  };
}

/** The roles of all permission sets in the account. Throws ProviderError. */
export async function listPermissionSetRoles(
  iam: Pick<IamApi, 'listRoles'>,
  deadline: Deadline,
): Promise<readonly IamRole[]> {
  const list = async (): Promise<readonly IamRole[]> => {
    const answer = await iam.listRoles(PERMISSION_SET_PATH);
    if ('output' in answer) return answer.output;
    throw iamError(
      answer.failure,
      'iam:ListRoles',
      'allow it in the role’s policy, as a provider that is deployed with permissionSets: true has it, and see whether a service control policy denies it',
    );
  };
  return retry(deadline, list, (error, failures) =>
    hasCode(error, 'Throttling', 'ServiceUnavailable')
      ? fullJitter(failures, 250, 3_000, () => deadline.random())
      : undefined,
  );
}
