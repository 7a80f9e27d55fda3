/** Names of access policies, held against those that AWS had documented when this version was released. */
import { closest } from '../../access/closest';
import { ACCESS_POLICY_TABLE } from '../../access/guardrails/access-policy-table';

const KNOWN = Object.keys(ACCESS_POLICY_TABLE);

/**
 * What is wrong with a policy's bare name: one clause with the name that was probably meant. Undefined for a name that
 * is known, or like no other; and for a whole ARN, which says that a newer policy is meant.
 */
export function misspelling(name: string): string | undefined {
  if (!/^[A-Za-z]+$/.test(name) || KNOWN.includes(name)) return undefined;
  const meant = closest(name, KNOWN);
  if (meant === undefined) return undefined;
  return `which is no access policy that this version knows: did you mean ${meant}? (a policy of that name that is newer: write its whole ARN)`;
}
