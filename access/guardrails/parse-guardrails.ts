/** EKS_ACCESS_GUARDRAILS as text, and what is wrong with it (CR-38). Pure. */
import { closest } from '../closest';
import { ENVIRONMENT } from '../contract';
import { invalidRequest, ProviderError } from '../errors';
import { isPolicyEntry } from './access-policies';
import { invalidGuardrails } from './refusal';
import { isRightsEntry } from './rights';
import { RIGHTS } from '../rights/catalogue';
import { type Guardrails } from '../../schemas/generated/types';
import { guardrails as isGuardrails, type SchemaError } from '../../schemas/generated/validators';

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
    throw new ProviderError('InvalidRequest', invalid('it is not JSON'), { cause });
  }
  const fault = faultOf(value);
  if (fault !== undefined) throw invalidRequest(invalid(fault));
  return value as Guardrails;
}

function invalid(why: string): string {
  return invalidGuardrails(`${ENVIRONMENT.guardrails} of the provider`, why);
}

/** The first thing that is wrong with a value as guardrails, as a clause that names the key; undefined: nothing. */
export function faultOf(value: unknown): string | undefined {
  if (!isGuardrails(value)) return schemaFault(isGuardrails.errors?.[0], value);
  const { accessPolicies = [], rights = [] } = value as Guardrails;
  const unknown = rights.find((entry) => !isRightsEntry(entry));
  if (unknown !== undefined)
    return `rights has ${JSON.stringify(unknown)}, which is neither NAME nor NAME@NAMESPACES with one of ${RIGHTS.join(', ')}, or a pattern of them, and a namespace or pattern such as dev-*`;
  const stranger = accessPolicies.find((entry) => !isPolicyEntry(entry));
  if (stranger === undefined) return undefined;
  return `accessPolicies has ${JSON.stringify(stranger)}, which is neither NAME nor NAME@NAMESPACES with the name or ARN of an EKS access policy (aws eks list-access-policies) and a namespace or pattern such as dev-*`;
}

/** What each key takes, for a value that is something else. */
const WANTED: Readonly<Record<keyof Guardrails, string>> = {
  clusters: 'a list of cluster names or patterns',
  principalAccounts: 'a list of 12-digit account ids, or ["*"]',
  groups: 'a list of Kubernetes groups or patterns',
  userNames: 'a list of Kubernetes user names or patterns',
  accessPolicies: 'a list of access policies or patterns, each NAME or NAME@NAMESPACES',
  rights: 'a list of named rights or patterns, each NAME or NAME@NAMESPACES',
  allowNodes: 'true or false',
  allowClusterAdmin: 'true or false',
  allowTakeover: '"none", "unrecorded" or "any"',
  allowModeChange: 'true or false',
};

/** The validators are generated without their messages. */
function schemaFault(fault: SchemaError | undefined, value: unknown): string {
  if (fault?.keyword === 'additionalProperties') {
    const unknown = String((fault.params as Readonly<Record<string, unknown>>)['additionalProperty']);
    const keys = Object.keys(WANTED);
    const suggestion = closest(unknown, keys);
    return `unknown key ${JSON.stringify(unknown)}, ${suggestion ? `did you mean ${suggestion}?` : `the keys are ${keys.join(', ')}`}`;
  }
  const [, key, index] = fault?.instancePath.split('/') ?? [];
  if (!fault || !key) return 'it is not a JSON object';
  const given = (value as Readonly<Record<string, unknown>>)[key];
  const item: unknown = index === undefined ? given : (given as readonly unknown[])[Number(index)];
  const where = index === undefined ? `${key} is` : `${key} has`;
  return `${where} ${JSON.stringify(item)}, and ${key} must be ${WANTED[key as keyof Guardrails]}`;
}
