/**
 * Whose an entry is, and who may take it (CR-20, CR-21): one table for both back ends, read top down. Pure, and over
 * facts: how an entry or a record is written is the business of the back ends, which render the verdict.
 *
 * | the principal's entry                  | Create, replacement | in-place Update | Delete                             |
 * | -------------------------------------- | ------------------- | --------------- | ---------------------------------- |
 * | none                                   | (put)               | (put)           | forget a record of ours            |
 * | the provider's own                     | refused             | refused         | kept; forget a record of ours      |
 * | recorded as ours                       | ours                | ours            | remove, or give back what it keeps |
 * | recorded: same stack, other logical id | rename              | rename          | stays; drop what it keeps for us   |
 * | recorded: another stack                | `ExistingEntry`     | `ExistingEntry` | stays; drop what it keeps for us   |
 * | no record, equal to what is ours       | see below           | heal            | remove                             |
 * | no record, lets nodes join             | refused             | refused         | stays                              |
 * | no record                              | `ExistingEntry`     | `ExistingEntry` | stays                              |
 *
 * `ExistingEntry`: FAIL refuses, REPLACE replaces, ADOPT adopts: it keeps the entry for its owner. An entry that keeps
 * another one for a third owner is not adopted, because one record keeps one entry.
 */
import { type ExistingEntry } from './desired-access';
import { type Owner, isSameOwner } from './owner';
import { dropPreviousOwner, type GivenBack, type OwnershipRecord, previousOf } from './ownership-record';

interface Facts<Value> {
  readonly record: OwnershipRecord<Value> | undefined;
  /** Who asks. */
  readonly owner: Owner;
  /** Whether the entry gives what this resource is known to have asked for. */
  readonly equalToKnown: boolean;
  /** Whether it is how the provider reaches the cluster, or how nodes join it. */
  readonly untouchable: 'provider' | 'node' | undefined;
}

export interface PutFacts<Value> extends Facts<Value> {
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  readonly existingEntry: ExistingEntry;
}

export interface RemoveFacts<Value> extends Facts<Value> {
  /** False when the principal has no entry, or no longer has it. */
  readonly isThere: boolean;
}

export type Refusal =
  | { readonly kind: 'refused'; readonly why: 'provider' | 'node' }
  /** `owner` is undefined where no record names one. */
  | { readonly kind: 'refused'; readonly why: 'exists'; readonly owner: Owner | undefined }
  /** ADOPT of what `owner` has taken over itself. */
  | { readonly kind: 'refused'; readonly why: 'keeps another'; readonly owner: Owner };

/** The end of the sentence, the same for both back ends. */
export const WHY_REFUSED = {
  provider: 'is how the provider itself reaches this cluster: no stack may take it over',
  node: 'lets nodes join the cluster and was not made by a stack: no stack may take it over',
  'keeps another':
    'which took it over itself and keeps what was there before, so that ExistingEntry: ADOPT could not put both back: ' +
    'delete that mapping first, or set ExistingEntry to REPLACE, after which neither is put back',
} as const;

export type PutVerdict<Value> =
  | Refusal
  /** As it is recorded; or from another logical id of the stack. */
  | { readonly kind: 'ours' | 'rename'; readonly record: OwnershipRecord<Value> }
  /** Keep the entry, and the record that it has. */
  | { readonly kind: 'adopt'; readonly record: OwnershipRecord<Value> | undefined }
  /** Keep nothing: its record was lost; or it belongs to another owner, and goes. */
  | { readonly kind: 'heal' | 'replace' };

/** Of an entry that is there. */
export function verdictOnPut<Value>(facts: PutFacts<Value>): PutVerdict<Value> {
  const { record, owner, equalToKnown, untouchable, isNew, existingEntry } = facts;
  if (untouchable === 'provider') return { kind: 'refused', why: 'provider' };
  if (record && isSameOwner(record.owner, owner)) return { kind: 'ours', record };
  if (record?.owner.stackId === owner.stackId) return { kind: 'rename', record };
  if (!record && equalToKnown && !isNew) return { kind: 'heal' };
  if (!record && untouchable === 'node') return { kind: 'refused', why: 'node' };
  switch (existingEntry) {
    case 'FAIL':
      return { kind: 'refused', why: 'exists', owner: record?.owner };
    case 'REPLACE':
      return { kind: 'replace' };
    case 'ADOPT':
      return record && keepsForThirdOwner(record, owner)
        ? { kind: 'refused', why: 'keeps another', owner: record.owner }
        : { kind: 'adopt', record };
  }
}

export type RemoveVerdict<Value> =
  | { readonly kind: 'remove' | 'forget' | 'leave' }
  /** Put back `previous`, under the record that it had, if any. */
  | { readonly kind: 'give back'; readonly previous: GivenBack<Value> }
  /** `record` is theirs; `left` what to write of it, undefined when it kept nothing for us. */
  | {
      readonly kind: 'owned by another';
      readonly record: OwnershipRecord<Value>;
      readonly left: OwnershipRecord<Value> | undefined;
    };

export function verdictOnRemove<Value>(facts: RemoveFacts<Value>): RemoveVerdict<Value> {
  const { record, owner, equalToKnown, untouchable, isThere } = facts;
  if (record && !isSameOwner(record.owner, owner)) {
    const left = dropPreviousOwner(record, owner);
    return { kind: 'owned by another', record, left: left === record ? undefined : left };
  }
  if (!record && !equalToKnown) return { kind: 'leave' };
  if (!isThere || untouchable === 'provider') return { kind: 'forget' };
  const previous = record && previousOf(record);
  return previous ? { kind: 'give back', previous } : { kind: 'remove' };
}

/** What a record keeps for the one who asks is theirs to give up. */
function keepsForThirdOwner<Value>(record: OwnershipRecord<Value>, owner: Owner): boolean {
  const { found, renamedFrom } = dropPreviousOwner(record, owner);
  return found !== undefined || renamedFrom !== undefined;
}
