/**
 * The function's own validators, run when the stack is synthesised. What is not known yet (tokens) is replaced by
 * something valid, field by field, so that everything else is still checked. Guardrails are not checked here: they
 * belong to the deployed provider.
 */
import { Token } from 'aws-cdk-lib';
import { parseModeProperties } from '../lambda/cloudformation/mode-properties';
import { parseProperties } from '../lambda/cloudformation/properties';
import { type ResourceType } from '../access/contract';

/** Valid values of the required properties; optional ones that are tokens are left out. */
const STAND_INS: Readonly<Record<string, string>> = {
  ServiceToken: 'service-token',
  Cluster: 'cluster',
  ClusterName: 'cluster',
  RoleArn: 'arn:aws:iam::111122223333:role/stand-in',
  UserArn: 'arn:aws:iam::111122223333:user/stand-in',
  PrincipalArn: 'arn:aws:iam::111122223333:role/stand-in',
  PermissionSet: 'stand-in',
  AccountId: '111122223333',
  Mode: 'API_AND_CONFIG_MAP',
};

/** CloudFormation fills in plain ssm references before the function sees them; it fills in no others here. */
const FILLED_IN = /\{\{resolve:ssm:/;

function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && FILLED_IN.test(value));
}

/** Throws with one sentence naming the property, its value and the remedy; tokens pass. */
export function checkProperties(
  resourceType: ResourceType,
  properties: Readonly<Record<string, unknown>>,
): void {
  parseProperties(resourceType, known(properties));
}

/** The same of `Custom::EksAuthenticationMode`. */
export function checkModeProperties(properties: Readonly<Record<string, unknown>>): void {
  parseModeProperties(known(properties));
}

function known(properties: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(properties).flatMap(([name, value]) => {
    if (!isUnknown(value)) return [[name, withoutTokens(value, name)]];
    return name in STAND_INS ? [[name, STAND_INS[name]]] : [];
  });
  return Object.fromEntries(entries) as unknown;
}

/** `place` keeps stand-ins in one list different from each other; in small letters, it can be a namespace too. */
function withoutTokens(value: unknown, place: string): unknown {
  if (Array.isArray(value)) {
    if (Token.isUnresolved(value)) return [place.toLowerCase()];
    return value.map((item, index) => withoutTokens(item, `${place}-${index}`));
  }
  if (isUnknown(value)) return place.toLowerCase();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutTokens(item, `${place}-${key}`)]),
  );
}
