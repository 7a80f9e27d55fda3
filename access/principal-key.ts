/** One key for every spelling of a principal, of those too that are no ARN. Pure. */
import { foldCase } from './aws-auth/reading/decode-entry';

/** Equal for every spelling of one role, user or account: without path, letter case does not count. */
export function principalKeyOf(principal: string): string {
  return foldCase(principal.trim())
    .replace(/^(arn:[^:]*):sts::(\d{12}):assumed-role\/([^/]+)(?:\/.*)?$/s, '$1:iam::$2:role/$3')
    .replace(/^(arn:[^:]*:iam::\d{12}:(?:role|user))\/.*\/([^/]+)$/s, '$1/$2');
}
