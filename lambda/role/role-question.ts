/** The question of an event whether its role was deleted and made again. */
import { type DesiredAccess } from '../../access/desired-access';
import { type RoleOfName } from '../../access/role-of-name';
import { type Invocation } from '../invocation';
import { askForRole, asksForRoles, isOwnRole } from './role-of-name';

/** Asked once. Undefined where IAM may not or cannot be asked. */
export function roleQuestion(
  { deadline, edgesWithin, healRecreatedRoles, log, provider }: Invocation,
  { principal }: DesiredAccess,
): (() => Promise<RoleOfName | undefined>) | undefined {
  if (!asksForRoles(healRecreatedRoles) || !isOwnRole(principal, provider)) return undefined;
  let asked: Promise<RoleOfName | undefined> | undefined;
  const ask = async (): Promise<RoleOfName | undefined> => {
    const answer = await askForRole(principal.name, deadline, (limited) => edgesWithin(limited).iam);
    if ('role' in answer) return answer.role;
    log('INFO', 'whether the role was deleted and made again is not known', { reason: answer.unknown });
    return undefined;
  };
  return () => (asked ??= ask());
}
