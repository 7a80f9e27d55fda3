/**
 * Whether a role was deleted and made again under its name, asked of IAM: where the owner of the provider has allowed it
 * (`healRecreatedRoles`), and of the provider's own account alone, because no other can be asked.
 */
import { type IamApi } from '../../access/aws/iam-api';
import { type RoleOfName } from '../../access/role-of-name';
import { ProviderError } from '../../access/errors';
import { type Principal, type PrincipalArn } from '../../access/principal';
import { type Deadline } from '../../access/retry';
import { within } from '../within';

/** How long the question may hold up what it is asked for, in milliseconds. */
const QUESTION_MS = 3_000;

/** Switch `healRecreatedRoles` as the environment has it. */
export function asksForRoles(healRecreatedRoles: string | undefined): boolean {
  return healRecreatedRoles === 'true' || healRecreatedRoles === 'report';
}

/** Whether IAM can be asked about the principal. */
export function isOwnRole(
  principal: Principal,
  provider: { readonly accountId: string },
): principal is PrincipalArn {
  return principal.type === 'role' && principal.accountId === provider.accountId;
}

/** `role`: undefined where there is none of this name. `unknown`: IAM does not tell, and why. */
export type RoleAnswer = { readonly role: RoleOfName | undefined } | { readonly unknown: string };

/** Rejects once the deadline has come, and with nothing else but a fault of the program. */
export async function askForRole(
  name: string,
  deadline: Deadline,
  iamWithin: (limited: Deadline) => Pick<IamApi, 'getRole'>,
): Promise<RoleAnswer> {
  try {
    const answer = await within(deadline, QUESTION_MS, (limited) => iamWithin(limited).getRole(name));
    if ('output' in answer) return { role: { arn: answer.output.arn, madeAt: answer.output.createDate } };
    const { name: error, status } = answer.failure;
    if (/^NoSuchEntity/.test(error)) return { role: undefined };
    return { unknown: `iam:GetRole was answered ${error} (${status})` };
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    return { unknown: error.message };
  }
}
