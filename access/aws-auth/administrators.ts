/** Whether a write leaves aws-auth without an administrator (GT-51). Pure. */
import { type ParsedAwsAuth } from './reading/section-reader';

/** No lock-out, because the creator's mapping is in no map; but an administrator should know. */
const NO_ADMINISTRATOR =
  'no principal is in system:masters through aws-auth any more: only the creator of the cluster is left as its administrator';

/** Empty while one is left, or when there was none. */
export function lastAdministratorWarning(
  before: ParsedAwsAuth,
  after: ParsedAwsAuth,
): { readonly warning?: string } {
  return hasAdministrator(before) && !hasAdministrator(after) ? { warning: NO_ADMINISTRATOR } : {};
}

function hasAdministrator({ sections: { mapRoles, mapUsers } }: ParsedAwsAuth): boolean {
  return [...mapRoles.reading.entries, ...mapUsers.reading.entries].some(
    (entry) => entry.section !== 'mapAccounts' && entry.groups.includes('system:masters'),
  );
}
