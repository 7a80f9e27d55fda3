/** Why an entry that is there may not be taken: one sentence for the stack author. Pure. */
import { type ExistingEntry } from './desired-access';
import { ProviderError } from './errors';
import { overtakenEvent } from './late-event';
import { takeoverRefusal } from './guardrails/takeover';
import { describeOwner } from './owner';
import { type Refusal } from './ownership';
import { type Elsewhere } from './sighting';

/** What the sentence is about. */
export interface Subject {
  /** ARN of the principal, or `account 111122223333`. */
  readonly principal: string;
  /** How the place itself says that the principal has an entry: `… is already mapped in aws-auth (mapRoles)`. */
  readonly has: string;
  /** How to take it over, in the place's words. */
  readonly remedy: string;
  /** ` by X`, `, owned by X`; undefined: no record names an owner. */
  readonly ownedBy: (owner: string | undefined) => string;
  readonly existingEntry: ExistingEntry;
  readonly elsewhere: Elsewhere;
}

/** AlreadyExists, or AccessDenied for what no stack may touch or the guardrails do not allow. */
export function ownershipRefusal(refusal: Refusal, subject: Subject): ProviderError {
  const { principal, existingEntry } = subject;
  const { has, whose, remedy } = refusal.at === 'here' ? here(refusal, subject) : there(refusal, subject);
  switch (refusal.why) {
    case 'late':
      return overtakenEvent();
    case 'provider':
      return denied(
        `${principal} is how the provider itself reaches this cluster: no stack may take it over`,
      );
    case 'node':
      return denied(
        `${principal} lets nodes join the cluster and was not made by a stack: no stack may take it over`,
      );
    case 'guardrail':
      return takeoverRefusal(existingEntry, `the entry of ${principal}${whose}`);
    case 'sibling':
      return exists(
        `${has}${whose}: two resources of one stack cannot map the same principal on one cluster, remove one of them`,
      );
    case 'overridden':
      return exists(
        `${has}${whose}, which overrides this mapping, so that ExistingEntry: ADOPT would change nothing: remove it there, or set ExistingEntry to REPLACE`,
      );
    case 'keeps another':
      return exists(
        `${has}${whose}, which took it over itself and keeps what was there before, so that ExistingEntry: ADOPT could not put both back: ` +
          'delete that mapping first, or set ExistingEntry to REPLACE, after which neither is put back',
      );
    case 'exists':
      return exists(`${has}${whose}: ${remedy}`);
  }
}

interface Clauses {
  readonly has: string;
  readonly whose: string;
  readonly remedy: string;
}

function here(refusal: Refusal, { has, remedy, ownedBy }: Subject): Clauses {
  return { has, whose: ownedBy(describe(refusal)), remedy };
}

function there(refusal: Refusal, { principal, elsewhere }: Subject): Clauses {
  const sighting = elsewhere.state === 'seen' ? elsewhere.sighting : undefined;
  const isEntry = sighting?.place === 'API';
  const gives = sighting?.entry?.gives ?? '';
  return {
    has: `${principal} ${isEntry ? 'already has an access entry' : 'is already mapped in aws-auth'} with ${gives}`,
    whose: ` by ${describe(refusal) ?? UNKNOWN_OWNER}`,
    remedy: isEntry
      ? 'it overrides whatever aws-auth says; remove it there, or set ExistingEntry to REPLACE'
      : 'an access entry would override it; remove it there, or set ExistingEntry to ADOPT (it comes back when this mapping goes) or REPLACE (it is removed)',
  };
}

export const UNKNOWN_OWNER = 'an unknown owner (no ownership record)';

function describe({ owner, isGone }: Refusal): string | undefined {
  if (!owner) return undefined;
  return `${describeOwner(owner)}${isGone ? ', which CloudFormation says no longer exists' : ''}`;
}

function exists(message: string): ProviderError {
  return new ProviderError('AlreadyExists', message);
}

function denied(message: string): ProviderError {
  return new ProviderError('AccessDenied', message);
}
