/** The form of the Edit tab as one mapping that is wanted or to go. Pure. */
import { awsAuthArn, canonicalArn, defaultUserName, parsePrincipalArn } from '../../access/principal';
import { type IdentityMapping } from '../../access/aws-auth/identity-mapping';
import { invalidRequest } from '../../access/errors';

export interface EditForm {
  readonly intent: 'put' | 'remove';
  /** ARN of a role or user, or an account id. */
  readonly principal: string;
  /** Empty: the default, which is the session's ARN of a role and the ARN of a user (GT-81). */
  readonly userName: string;
  /** Separated by commas or blanks. */
  readonly groups: string;
}

export interface EditRequest {
  /** Canonical ARN, or account id. */
  readonly key: string;
  /** Undefined: its entries go. */
  readonly mapping: IdentityMapping | undefined;
}

/** Throws ProviderError InvalidRequest, which names what is wrong with the form. */
export function editRequest({ intent, principal, userName, groups }: EditForm): EditRequest {
  const who = principal.trim();
  if (who === '')
    throw invalidRequest('the principal is missing: write the ARN of a role or user, or an account id');
  const isRemoval = intent === 'remove';
  if (/^\d{12}$/.test(who))
    return { key: who, mapping: isRemoval ? undefined : { section: 'mapAccounts', accountId: who } };
  const parsed = parsePrincipalArn(who, 'the principal');
  const key = canonicalArn(parsed);
  if (isRemoval) return { key, mapping: undefined };
  const arn = awsAuthArn(parsed);
  const section = parsed.type === 'role' ? 'mapRoles' : 'mapUsers';
  const username = userName.trim() === '' ? defaultUserName(parsed) : userName.trim();
  const names = groups.split(/[\s,]+/).filter((group) => group !== '');
  return { key, mapping: { section, arn, username, groups: [...new Set(names)] } };
}
