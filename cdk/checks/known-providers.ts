/** Providers that are made in the same App: what they allow is known when their mappings are synthesised. */
import { Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { RESERVED_GROUP_PREFIXES } from '../../access/guardrails/given-names';
import { type Guardrails } from '../../access/guardrails/guardrails';
import { type FollowMode } from '../follow-mode';
import { type EksAccessGuardrails } from '../guardrails';
import { isLater } from './later';

export interface KnownProvider {
  readonly guardrails: EksAccessGuardrails;
  readonly permissionSets: boolean;
  readonly followMode: FollowMode;
  readonly inVpc: boolean;
}

const known = new WeakMap<IConstruct, KnownProvider>();

export function rememberProvider(construct: IConstruct, provider: KnownProvider): void {
  known.set(construct, provider);
}

/** Undefined for a provider that was deployed elsewhere. */
export function knownProvider(construct: IConstruct): KnownProvider | undefined {
  return known.get(construct);
}

/** What allows everything that a list could come to whose items are not known. */
const ANYTHING: Readonly<Partial<Record<keyof Guardrails, readonly string[]>>> = {
  clusters: ['*'],
  principalAccounts: ['*'],
  groups: ['*', ...RESERVED_GROUP_PREFIXES.map((prefix) => `${prefix}*`)],
  userNames: ['*', 'arn:*', ...RESERVED_GROUP_PREFIXES.map((prefix) => `${prefix}*`)],
  accessPolicies: ['*'],
  rights: ['*'],
};

/** The guardrails, where a list that has tokens allows all. */
export function knownGuardrails(guardrails: EksAccessGuardrails): Guardrails {
  const entries = Object.entries(guardrails) as [keyof Guardrails, unknown][];
  const isOpen = (value: unknown): boolean =>
    Token.isUnresolved(value) || (Array.isArray(value) && value.some((item) => isLater(item)));
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, isOpen(value) ? ANYTHING[key] : value]),
  );
}
