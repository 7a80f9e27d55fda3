/**
 * What templates may ask of this provider, fixed when it is deployed (CR-38). Pure.
 *
 * The provider is a privilege broker: whoever may invoke it could otherwise make themselves cluster admin. What was
 * asked and what will be written are both checked, so that no translation is a way around. Never for a Delete.
 */
import { closest } from '../closest';
import { ENVIRONMENT, PROVIDER_GROUP } from '../contract';
import { invalidRequest, ProviderError } from '../errors';
import { type Grant, grantOf, policyName } from './effective-access';
import { NODE_GROUPS } from '../node-identity';
import { couldBecome, couldBeginWith, matchesPattern } from './pattern';
import { type Placement } from '../placement';
import { type PropertyNames } from '../property-names';
import { type DesiredAccess } from '../desired-access';
import { RESERVED_PREFIXES } from '../reserved-prefixes';
import { PROPERTY_NAMES } from '../../schemas/generated/property-names';
import { type Guardrails } from '../../schemas/generated/types';
import { guardrails as isGuardrails } from '../../schemas/generated/validators';

export { type Guardrails };

/**
 * `json` is the value of EKS_ACCESS_GUARDRAILS; undefined (not set) means `{}`. Throws ProviderError InvalidRequest,
 * naming the variable and the key, for what does not parse: a misspelt key must not silently allow.
 */
export function parseGuardrails(json: string | undefined): Guardrails {
  if (json === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new ProviderError('InvalidRequest', broken('it is not JSON'), { cause });
  }
  if (!isGuardrails(value)) throw invalidRequest(broken(firstFault(isGuardrails.errors?.[0])));
  const guardrails = value as Guardrails;
  const pattern = guardrails.accessPolicies?.find((item) => /[:/]/.test(policyName(item)));
  if (pattern !== undefined) {
    throw invalidRequest(
      broken(`accessPolicies has ${JSON.stringify(pattern)}, which is neither a policy name nor its ARN`),
    );
  }
  return guardrails;
}

function broken(why: string): string {
  return `${ENVIRONMENT.guardrails} of the provider is unusable: ${why}; whoever deploys the provider must mend it (schemas/guardrails.schema.json)`;
}

interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The validators are generated without their messages. */
function firstFault(fault: SchemaFault | undefined): string {
  const key = fault?.instancePath.split('/').slice(1).join('.');
  if (fault?.keyword === 'additionalProperties') {
    const unknown = String(fault.params['additionalProperty']);
    const suggestion = closest(unknown, PROPERTY_NAMES['Guardrails'] ?? []);
    return `unknown key ${JSON.stringify(unknown)}${suggestion ? `, did you mean ${suggestion}?` : ''}`;
  }
  if (!fault || !key) return 'it is not a JSON object';
  const wanted = fault.params[fault.keyword] ?? fault.params['limit'];
  return `${key} must ${fault.keyword === 'type' ? 'be of type' : `have ${fault.keyword}`} ${String(wanted)}`;
}

/** Throws ProviderError AccessDenied, naming the key to set and who can set it. */
export function checkGuardrails(
  desired: DesiredAccess,
  placement: Pick<Placement, 'effective'>,
  guardrails: Guardrails,
  provider: { readonly accountId: string },
): void {
  const grant = grantOf(desired, placement);
  const { names } = grant;
  const clusters = guardrails.clusters ?? ['*'];
  if (!clusters.some((pattern) => matchesPattern(pattern, desired.cluster))) {
    throw denied(`${names.cluster} is ${JSON.stringify(desired.cluster)}`, 'clusters');
  }
  const accounts = guardrails.principalAccounts ?? [provider.accountId];
  const { accountId } = desired.principal;
  if (!accounts.includes('*') && !accounts.includes(accountId)) {
    throw denied(`${names.principal} is of account ${accountId}`, 'principalAccounts');
  }
  if (grant.nodeType !== undefined && !guardrails.allowNodes)
    throw denied(`Type is ${grant.nodeType}`, 'allowNodes');
  for (const userName of grant.userNames) checkUserName(userName, names, guardrails);
  for (const group of grant.groups) checkGroup(group, names, guardrails);
  for (const policy of grant.policies) checkPolicy(policy, guardrails);
}

function denied(what: string, key: keyof Guardrails): ProviderError {
  return new ProviderError(
    'AccessDenied',
    `${what}, which this provider does not allow: whoever deploys the provider can allow it with ${key} in ${ENVIRONMENT.guardrails}`,
  );
}

/**
 * Names that Kubernetes, EKS and the nodes call themselves by: whoever has one has that component's rights, and
 * some of them are cluster admin (system:serviceaccount:…, eks:addon-manager).
 */
function checkUserName(userName: string, names: PropertyNames, guardrails: Guardrails): void {
  if (!RESERVED_PREFIXES.some((prefix) => couldBeginWith(userName, prefix))) return;
  const isNode = userName.toLowerCase().startsWith('system:node:');
  const key = isNode ? 'allowNodes' : 'allowClusterAdmin';
  if (!guardrails[key]) throw denied(`${names.userName} is ${JSON.stringify(userName)}`, key);
}

function checkGroup(group: string, names: PropertyNames, guardrails: Guardrails): void {
  const what = `${names.groups} has ${JSON.stringify(group)}`;
  // Whoever is in it may edit aws-auth, and with it make anybody cluster admin.
  if (group === PROVIDER_GROUP) {
    throw new ProviderError('AccessDenied', `${what}, which is the group of the provider alone: remove it`);
  }
  if (couldBecome(group, PROVIDER_GROUP) && !guardrails.allowClusterAdmin)
    throw denied(what, 'allowClusterAdmin');
  if (couldBeginWith(group, 'system:') && couldBecome(group, 'system:masters')) {
    if (!guardrails.allowClusterAdmin) throw denied(what, 'allowClusterAdmin');
    return;
  }
  const isNodeGroup = NODE_GROUPS.includes(group.toLowerCase());
  if (isNodeGroup && guardrails.allowNodes) return;
  const { groups } = guardrails;
  if (groups?.some((pattern) => matchesPattern(pattern, group))) return;
  if (isNodeGroup) throw denied(what, 'allowNodes');
  if (groups || couldBeginWith(group, 'system:')) throw denied(what, 'groups');
}

function checkPolicy(policy: Grant['policies'][number], guardrails: Guardrails): void {
  const name = policy.name.toLowerCase();
  const what = `AccessPolicies has ${policy.name}`;
  const isClusterAdmin = name === 'amazoneksclusteradminpolicy';
  if (isClusterAdmin || (name === 'amazoneksadminpolicy' && policy.isClusterWide)) {
    if (!guardrails.allowClusterAdmin) {
      throw denied(isClusterAdmin ? what : `${what} for the whole cluster`, 'allowClusterAdmin');
    }
    return;
  }
  const allowed = guardrails.accessPolicies;
  if (allowed && !allowed.some((pattern) => matchesPattern(policyName(pattern), policy.name))) {
    throw denied(what, 'accessPolicies');
  }
}
