/**
 * A role that was deleted and made again under its name: EKS binds an access entry to the unique id that the role had, so
 * the entry looks as it did and lets nobody in (GT-79). The id is shown nowhere, but the dates are. Pure.
 */
import { type RoleOfName } from '../role-of-name';
import { type CurrentAccessEntry } from './access-entry';

/**
 * Whether the role is younger than its entry, which then belongs to one that was deleted. Undefined: IAM was not asked, or
 * does not tell. Under another path it is another role for EKS, and no entry for this ARN could be made (GT-75).
 */
export function isBoundToDeletedRole(
  { principalArn, createdAt }: Pick<CurrentAccessEntry, 'principalArn' | 'createdAt'>,
  role: RoleOfName | undefined,
): boolean {
  return role !== undefined && role.arn === principalArn && role.madeAt > createdAt.getTime();
}
