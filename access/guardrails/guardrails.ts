/**
 * What templates may ask of this provider, fixed when it is deployed; everything that is dangerous is denied unless
 * its key allows it (CR-38). Pure.
 *
 * The provider is a privilege broker: without guardrails everyone who may deploy a stack could become cluster admin.
 * What was asked and what will be written are both checked, so that no translation gets around them. Never for a Delete.
 */
import { checkPolicy } from './access-policies';
import { type JudgedAccess, judgedAccessOf } from './judged-access';
import { checkRight } from './rights';
import { checkGroup, checkUserName } from './given-names';
import { matchesPattern } from './pattern';
import { type Placement } from '../placement';
import { propertyNames } from '../property-names';
import { refusal } from './refusal';
import { type AuthenticationMode, type DesiredAccess } from '../desired-access';
import { type Guardrails } from '../../schemas/generated/types';

export { type Guardrails };
export { parseGuardrails } from './parse-guardrails';

/** Everything at once. Throws ProviderError AccessDenied, naming the key to set and who can set it. */
export function checkGuardrails(
  desired: DesiredAccess,
  placement: Pick<Placement, 'effective'>,
  guardrails: Guardrails,
  provider: { readonly accountId: string },
): void {
  checkReach(desired, guardrails, provider);
  checkAccess(judgedAccessOf(desired, placement), guardrails);
}

/**
 * Whether the template may ask about this cluster and this principal at all: it needs nothing but the template, so it
 * is asked before the first call. Throws ProviderError AccessDenied.
 */
export function checkReach(
  { cluster, principal, permissionSet, kind }: DesiredAccess,
  guardrails: Guardrails,
  provider: { readonly accountId: string },
): void {
  const names = propertyNames(kind);
  const { principalAccounts = [provider.accountId] } = guardrails;
  checkCluster(cluster, names.cluster, guardrails);
  const { accountId } = principal;
  if (!principalAccounts.includes('*') && !principalAccounts.includes(accountId))
    throw refusal(
      `${permissionSet ? 'PermissionSet' : names.principal} is of account ${accountId}`,
      'principalAccounts',
    );
}

/** Whether templates may ask about this cluster; `property` names it. Throws ProviderError AccessDenied. */
export function checkCluster(cluster: string, property: string, { clusters = ['*'] }: Guardrails): void {
  if (!clusters.some((pattern) => matchesPattern(pattern, cluster)))
    throw refusal(`${property} is ${JSON.stringify(cluster)}`, 'clusters');
}

/** Whether a template may change the mode of a cluster; asked before the write. Throws ProviderError AccessDenied. */
export function checkModeChange(mode: AuthenticationMode, { allowModeChange = false }: Guardrails): void {
  if (!allowModeChange) throw refusal(`Mode is ${mode}`, 'allowModeChange');
}

/** Whether the mapping may give what it would give; asked before the first write. Throws ProviderError AccessDenied. */
export function checkAccess(access: JudgedAccess, guardrails: Guardrails): void {
  const { nodeType, userNames, groups, policies, rights } = access;
  if (nodeType !== undefined && !guardrails.allowNodes) throw refusal(`Type is ${nodeType}`, 'allowNodes');
  for (const userName of userNames) checkUserName(userName, access, guardrails);
  for (const group of groups) checkGroup(group, access, guardrails);
  // First the words of the template: a right may come to an access policy.
  for (const right of rights) checkRight(right, guardrails);
  for (const policy of policies) checkPolicy(policy, nodeType, guardrails);
}
