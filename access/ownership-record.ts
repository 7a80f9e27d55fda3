/**
 * What is written down about an entry: who owns it, and what goes back to whom (CR-20, CR-21). The same for both back
 * ends, each of which has its own way to write it. Flat: what is kept has kept nothing itself, so that no record can
 * grow for ever. Pure.
 */
import { type Owner, isSameOwner } from './owner';

/** Of the format. A record of another version is refused and never rewritten. */
export const RECORD_VERSION = 1;

/** Fields of a record that this provider does not know, from a newer one of the same format: kept as they are. */
export type MoreFields = Readonly<Record<string, unknown>>;

/** An entry as it was before it was taken over, with the record that it had then; without owner it had none. */
export interface PreviousEntry<Value> {
  /** In aws-auth the entry's bytes, of an access entry all that EKS can be told. */
  readonly value: Value;
  readonly owner?: Owner | undefined;
  /** `at` of that record. */
  readonly at?: number | undefined;
  readonly more?: MoreFields | undefined;
}

export interface OwnershipRecord<Value> {
  readonly owner: Owner;
  /**
   * When CloudFormation asked for the event that wrote last, in milliseconds since 1970. Written only with a write that is
   * made anyway. An older event of this owner was overtaken on its way (CR-24).
   */
  readonly at?: number | undefined;
  readonly more?: MoreFields | undefined;
  /** What this stack met of another owner when it took the entry over (ADOPT), once; Delete puts it back. */
  readonly found?: PreviousEntry<Value> | undefined;
  /**
   * What the previous logical id of the same stack had before a rename. A Delete of the new id that comes before that
   * of the old one is a rollback, and gives it back; the Delete of the old one ends the rename.
   */
  readonly renamedFrom?: (PreviousEntry<Value> & { readonly owner: Owner }) | undefined;
}

/** A record that keeps nothing; of one that was this owner's already, what a newer provider wrote stays. */
export function newRecord<Value>(owner: Owner, record?: OwnershipRecord<Value>): OwnershipRecord<Value> {
  const own = record && isSameOwner(record.owner, owner) ? record : undefined;
  return { owner, at: own?.at, more: own?.more };
}

/** Milliseconds by which an event may be older than the record: CloudFormation dates requests in whole seconds. */
export const SKEW_MS = 2_000;
// 15 days: the queue of undelivered events keeps them for 14, so that a record further ahead was spoilt by another tool.
const SPOILT_MS = 1_296_000_000;

/** Milliseconds by which the record is newer than the event; less than nothing where either date is not known. */
function ahead(at = 0, requestedAt = Infinity): number {
  const ms = at - requestedAt;
  return ms < SPOILT_MS ? ms : -Infinity;
}

/** Whether a later event of the same owner has written already: never by a date that is not known. */
export function isOvertaken(at: number | undefined, requestedAt: number | undefined): boolean {
  return ahead(at, requestedAt) > SKEW_MS;
}

/** The record as an event of this date writes it; the date never goes back, unless it is spoilt. */
export function datedRecord<Value>(
  record: OwnershipRecord<Value>,
  requestedAt: number | undefined,
): OwnershipRecord<Value> {
  if (requestedAt === undefined || ahead(record.at, requestedAt) >= 0) return record;
  return { ...record, at: requestedAt };
}

/** The record under which ADOPT takes an entry. */
export function recordKeeping<Value>(
  value: Value,
  record: OwnershipRecord<Value> | undefined,
  owner: Owner,
): OwnershipRecord<Value> {
  return { owner, found: { value, owner: record?.owner, at: record?.at, more: record?.more } };
}

/** The record after a rename; what the stack had found, which is never its own, stays found. */
export function takeOverWithinStack<Value>(
  value: Value,
  record: OwnershipRecord<Value>,
  owner: Owner,
): OwnershipRecord<Value> {
  return {
    owner,
    found: record.found,
    renamedFrom: { value, owner: record.owner, at: record.at, more: record.more },
  };
}

/** The record without what it keeps for `leaver`, who gives it up; the same object when it keeps nothing for them. */
export function dropPreviousOwner<Value>(
  record: OwnershipRecord<Value>,
  leaver: Owner,
): OwnershipRecord<Value> {
  const { found, renamedFrom } = record;
  const dropsFound = found?.owner !== undefined && isSameOwner(found.owner, leaver);
  const dropsRename = renamedFrom !== undefined && isSameOwner(renamedFrom.owner, leaver);
  if (!dropsFound && !dropsRename) return record;
  return {
    ...record,
    found: dropsFound ? undefined : found,
    renamedFrom: dropsRename ? undefined : renamedFrom,
  };
}

export interface GivenBack<Value> {
  readonly value: Value;
  readonly record: OwnershipRecord<Value> | undefined;
}

/**
 * What goes back when the owner gives the entry up, and the record that it then has; undefined when nothing is kept, or
 * its owner is one of `gone`: what nobody has any more is not brought back.
 */
export function previousOf<Value>(
  record: OwnershipRecord<Value>,
  gone: readonly Owner[] = [],
): GivenBack<Value> | undefined {
  const { found, renamedFrom } = dropPreviousOwner(record, record.owner);
  const isGone = (owner: Owner): boolean => gone.some((other) => isSameOwner(other, owner));
  if (renamedFrom && !isGone(renamedFrom.owner)) {
    const { value, owner, at, more } = renamedFrom;
    return { value, record: { owner, at, more, found } };
  }
  if (!found || (found.owner && isGone(found.owner))) return undefined;
  const { value, owner, at, more } = found;
  return { value, record: owner && { owner, at, more } };
}

/** The owners to whom something may go back: who they are to CloudFormation decides whether it does. */
export function keptOwners({ owner, found, renamedFrom }: OwnershipRecord<unknown>): readonly Owner[] {
  const owners = [renamedFrom?.owner, found?.owner];
  return owners.filter((kept) => kept !== undefined && !isSameOwner(kept, owner)) as readonly Owner[];
}

/** Whether the record names the owner, be it as the one to whom something is given back. */
export function concerns({ owner, found, renamedFrom }: OwnershipRecord<unknown>, asked: Owner): boolean {
  return [owner, found?.owner, renamedFrom?.owner].some((one) => one && isSameOwner(one, asked));
}

/** Whether an entry of an owner outside the stack is kept to be put back. */
export function isAdopted({ found }: OwnershipRecord<unknown>): boolean {
  return found !== undefined;
}
