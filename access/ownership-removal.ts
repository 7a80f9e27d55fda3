/** What a Delete may do with an entry: the last column of the table of `ownership.ts`. Pure. */
import { type Owner, isSameOwner } from './owner';
import {
  dropPreviousOwner,
  type GivenBack,
  isOvertaken,
  type OwnershipRecord,
  previousOf,
} from './ownership-record';
import { factsOf } from './record-facts';
import { type Protected } from './sighting';

export interface RemoveFacts<Value> {
  readonly record: OwnershipRecord<Value> | undefined;
  readonly owner: Owner;
  /** Name of the permission set that the id names; undefined where it names a principal. */
  readonly set?: string | undefined;
  /** As of a put. */
  readonly requestedAt?: number | undefined;
  /** Of those to whom the record would give the entry back, the ones that CloudFormation no longer has. */
  readonly gone?: readonly Owner[] | undefined;
  /** Whether the entry gives what this resource is known to have asked for here. */
  readonly equalToKnown: boolean;
  readonly protects: Protected | undefined;
  /** False when the principal has no entry, or no longer has it. */
  readonly isThere: boolean;
}

export type RemoveVerdict<Value> =
  | { readonly kind: 'remove' | 'forget' | 'leave' | 'late' }
  /** Put back `previous`, under the record that it had, if any. */
  | { readonly kind: 'give back'; readonly previous: GivenBack<Value> }
  /** `record` is theirs; `left` what to write of it, undefined when it kept nothing for us. */
  | {
      readonly kind: 'owned by another';
      readonly record: OwnershipRecord<Value>;
      readonly left: OwnershipRecord<Value> | undefined;
    };

export function verdictOnRemove<Value>(facts: RemoveFacts<Value>): RemoveVerdict<Value> {
  const { record, owner, requestedAt, equalToKnown, protects, isThere } = facts;
  if (record && !isSameOwner(record.owner, owner)) {
    const left = dropPreviousOwner(record, owner);
    return { kind: 'owned by another', record, left: left === record ? undefined : left };
  }
  // A template that names the set where it named its role, or the reverse, has replaced one mapping by the other.
  if (record && factsOf(record).set !== facts.set) return { kind: 'leave' };
  if (isOvertaken(record?.at, requestedAt)) return { kind: 'late' };
  if (!record && !equalToKnown) return { kind: 'leave' };
  if (!isThere || protects === 'provider') return { kind: 'forget' };
  const previous = record && previousOf(record, facts.gone);
  return previous ? { kind: 'give back', previous } : { kind: 'remove' };
}
