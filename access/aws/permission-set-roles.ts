/** The roles of permission sets, as IAM lists them. */
import { hasCode } from '../errors';
import { PERMISSION_SET_PATH } from '../permission-set';
import { type Deadline, fullJitter, retry } from '../retry';
import { type IamApi, type IamRole } from './iam-api';
import { iamError } from './iam-refusal';

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
