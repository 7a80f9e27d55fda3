/**
 * Whose an entry is, and who may take it (CR-20, CR-21): one table for both back ends, read top down. Pure, and over
 * facts: how an entry or a record is written is the business of the back ends, which render the verdict. Its last column is
 * `ownership-removal.ts`.
 *
 * Ownership belongs to the principal on the cluster. Where the cluster reads both places, an entry in the other one is
 * an existing entry too, because an access entry overrides the aws-auth entry of its principal (GT-50).
 *
 * | found for the principal                 | Create, replacement      | in-place Update         | Delete                       |
 * | --------------------------------------- | ------------------------ | ----------------------- | ---------------------------- |
 * | a record of ours that a later event     | refused                  | refused                 | refused                      |
 * | wrote, in either place (CR-24)          |                          |                         |                              |
 * | the provider's own, in either place, or | refused                  | refused                 | kept; a record of ours goes  |
 * | its role, or the one by which it        |                          |                         |                              |
 * | reaches this cluster, mapped or not     |                          |                         |                              |
 * | recorded as ours                        | ours                     | ours                    | remove, or give back         |
 * | same stack, other logical id            | rename; refused while    | rename in a rollback;   | stays; its link to us is     |
 * |                                         | the stack is created     | else refused            | dropped                      |
 * | another stack's record                  | `ExistingEntry`          | `ExistingEntry`         | stays; its link is dropped   |
 * | no record (or its owner is gone), here: |                          |                         |                              |
 * | ... equal, and known to have lived here | `ExistingEntry`          | heal                    | remove                       |
 * | ... a node's, and not what is asked for | refused                  | refused                 | stays                        |
 * | ... anything else                       | `ExistingEntry`          | `ExistingEntry`         | stays                        |
 * | the same, in the other place:           |                          |                         |                              |
 * | ... gives the same as ours              | left as it is            | left, unless this       | stays                        |
 * | ... a node's                            | refused                  | Update would part it    | stays                        |
 * | ... anything else                       | `ExistingEntry`          | from ours               | stays                        |
 *
 * At a Create, ours that an entry in the other place overrides counts as not there yet: it would give nobody anything. The
 * way back from an Update parts nothing: ours was there, over whatever the other place gives.
 *
 * `ExistingEntry`: FAIL refuses, REPLACE replaces, ADOPT adopts: here it keeps the entry for its owner, in the other
 * place it leaves it, overridden. Both need the guardrail `allowTakeover`. An entry that keeps another one for a third
 * owner is not adopted, because one record keeps one entry.
 */
import { type ExistingEntry } from './desired-access';
import { type Owner } from './owner';
import { dropPreviousOwner, isOvertaken, type OwnershipRecord } from './ownership-record';
import { type Protected, type Standing } from './sighting';

export interface PutFacts<Value> {
  /** Who asks. */
  readonly owner: Owner;
  /** When CloudFormation asked, in milliseconds since 1970; undefined where that is not known. */
  readonly requestedAt?: number | undefined;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** True for a replacement, whose way back has what was there before. Default: false. */
  readonly isReplacement?: boolean | undefined;
  readonly existingEntry: ExistingEntry;
  /** Whether the principal is the provider's own role, or the one by which it reaches this cluster. */
  readonly isProvidersRole?: boolean | undefined;
  /** Guardrail: whether an entry with, or without, a record of a stack that exists may be taken over. */
  readonly mayTakeOver: (hasRecord: boolean) => boolean;
  readonly here: Here<Value>;
  readonly there: There | undefined;
}

interface Here<Value> {
  readonly record: OwnershipRecord<Value> | undefined;
  readonly standing: Standing | undefined;
  readonly entry:
    | {
        readonly protects: Protected | undefined;
        /** Whether it gives what this resource is known to have asked for here. */
        readonly equalToKnown: boolean;
        /** Whether it is known, without a record, to be what this event or a rollback left. Default: false. */
        readonly isOwnTry?: boolean | undefined;
        readonly givesAsDesired: boolean;
      }
    | undefined;
}

/** The other place; undefined where the cluster reads none, or it could not be read. */
interface There {
  readonly owner: Owner | undefined;
  /** Of the record. */
  readonly at: number | undefined;
  readonly standing: Standing | undefined;
  /** Whether the record keeps an entry of an owner outside the stack. */
  readonly isAdopted: boolean;
  /** Whether an entry there decides at login, whatever is here. */
  readonly overrides: boolean;
  readonly entry:
    | {
        readonly protects: Protected | undefined;
        readonly givesAsDesired: boolean;
        /** Whether it gives what the entry here gives now, and this is no way back. */
        readonly givesAsNow: boolean;
      }
    | undefined;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly why:
    'late' | 'provider' | 'node' | 'exists' | 'sibling' | 'keeps another' | 'overridden' | 'guardrail';
  readonly at: 'here' | 'there';
  /** Of the record that names one. */
  readonly owner: Owner | undefined;
  /** Whether the record's owner is gone. */
  readonly isGone: boolean;
}

/**
 * What becomes of the entry in the other place once ours is in force: left, removed though another owner has it, or removed because
 * it is this resource's own.
 */
export type Fate = 'left' | 'replaced' | 'ours';

export type PutVerdict<Value> =
  | Refusal
  | {
      readonly kind: 'put';
      readonly record: PutRecord<Value>;
      readonly there: Fate;
    };

export type PutRecord<Value> =
  /** As it is recorded; or from another logical id of the stack. */
  | { readonly kind: 'ours' | 'rename'; readonly record: OwnershipRecord<Value> }
  /** Keep the entry, and the record that it has. */
  | { readonly kind: 'adopt'; readonly record: OwnershipRecord<Value> | undefined }
  /** Keep nothing: there is nothing, its record was lost, or it belongs to another owner and goes. */
  | { readonly kind: 'new' | 'heal' | 'replace' };

export function verdictOnPut<Value>(facts: PutFacts<Value>): PutVerdict<Value> {
  const { here, there, requestedAt } = facts;
  if (here.standing === 'self' && isOvertaken(here.record?.at, requestedAt))
    return refusedHere(facts, 'late');
  if (there?.standing === 'self' && isOvertaken(there.at, requestedAt)) return refusedThere(facts, 'late');
  if (facts.isProvidersRole || here.entry?.protects === 'provider') return refusedHere(facts, 'provider');
  if (there?.entry?.protects === 'provider') return refusedThere(facts, 'provider');
  const record = recordHere(facts);
  if (record.kind === 'refused') return record;
  const fate = fateThere(facts, record);
  return typeof fate === 'string' ? { kind: 'put', record, there: fate } : fate;
}

function recordHere<Value>(facts: PutFacts<Value>): PutRecord<Value> | Refusal {
  const { here, there, owner } = facts;
  const { record, standing, entry } = here;
  if (record && isOurs(standing)) {
    return { kind: 'ours', record: standing === 'moved' ? { ...record, owner } : record };
  }
  if (record && isSibling(standing)) {
    if (mayRename(standing, facts)) return { kind: 'rename', record };
    return refusedHere(facts, whyNotRenamed(standing));
  }
  if (!entry) return { kind: 'new' };
  if (standing === 'foreign') return takeOver(facts, record);
  // A record of ours anywhere excludes equality elsewhere; of what this event has made it is known.
  const mayBeOwn = entry.isOwnTry || !(facts.isNew || isOurs(there?.standing));
  if (entry.equalToKnown && mayBeOwn) return { kind: 'heal' };
  if (entry.protects === 'node' && !entry.givesAsDesired) return refusedHere(facts, 'node');
  return takeOver(facts, undefined);
}

function takeOver<Value>(
  facts: PutFacts<Value>,
  record: OwnershipRecord<Value> | undefined,
): PutRecord<Value> | Refusal {
  const { existingEntry, mayTakeOver, owner } = facts;
  if (existingEntry === 'FAIL') return refusedHere(facts, 'exists');
  if (!mayTakeOver(record !== undefined)) return refusedHere(facts, 'guardrail');
  if (existingEntry === 'REPLACE') return { kind: 'replace' };
  return record && keepsForThirdOwner(record, owner)
    ? refusedHere(facts, 'keeps another')
    : { kind: 'adopt', record };
}

function fateThere<Value>(facts: PutFacts<Value>, record: PutRecord<Value>): Fate | Refusal {
  const { here, there, existingEntry, mayTakeOver, isNew, isReplacement } = facts;
  const entry = there?.entry;
  if (!there || !entry) return 'left';
  if (isOurs(there.standing)) return fateOfOurs(facts, there);
  if (isSibling(there.standing)) {
    return mayRename(there.standing, facts) ? 'left' : refusedThere(facts, whyNotRenamed(there.standing));
  }
  const hasRecord = there.standing === 'foreign';
  // What ours overrides already is left; what gave the same as ours until now is not to be parted from it.
  // The new name of a mapping that is overridden comes to nothing.
  const isRenamed = record.kind === 'rename' && !(isNew && there.overrides);
  const isOwned = record.kind === 'ours' || record.kind === 'heal' || isRenamed;
  // A Create that finds its own has not been answered, or its clean-up failed: overridden, it would give nobody anything. The
  // way back from a replacement goes on all the same; REPLACE has yet to do what it asks for.
  const mayReplace = existingEntry === 'REPLACE' && mayTakeOver(hasRecord);
  const isUnfinished = isNew && there.overrides && (isReplacement !== true || mayReplace);
  const isPresent = here.entry && isOwned && !isUnfinished;
  if (isPresent && (entry.givesAsDesired || !entry.givesAsNow)) return 'left';
  if (!hasRecord && entry.givesAsDesired) return 'left';
  if (!hasRecord && entry.protects === 'node') return refusedThere(facts, 'node');
  if (existingEntry === 'FAIL') return refusedThere(facts, 'exists');
  if (!mayTakeOver(hasRecord)) return refusedThere(facts, 'guardrail');
  if (existingEntry === 'REPLACE') return 'replaced';
  return there.overrides ? refusedThere(facts, 'overridden') : 'left';
}

/** Ours gives back what it has found when it leaves the other place, which then overrides the mapping here. */
function fateOfOurs<Value>(facts: PutFacts<Value>, { overrides, isAdopted }: There): Fate | Refusal {
  if (!overrides || !isAdopted) return 'ours';
  const goes = facts.existingEntry === 'REPLACE' && facts.mayTakeOver(true);
  return goes ? 'replaced' : refusedThere(facts, 'overridden');
}

/** Whether the record is this resource's own. */
export function isOurs(standing: Standing | undefined): boolean {
  return standing === 'self' || standing === 'moved';
}

type Sibling = Extract<Standing, `sibling${string}`>;

function isSibling(standing: Standing | undefined): standing is Sibling {
  return standing?.startsWith('sibling') ?? false;
}

function mayRename(standing: Sibling, { isNew }: { readonly isNew: boolean }): boolean {
  if (standing === 'sibling of a late event') return false;
  return isNew ? standing !== 'sibling of a new stack' : standing === 'sibling in a rollback';
}

function whyNotRenamed(standing: Sibling): Refusal['why'] {
  return standing === 'sibling of a late event' ? 'late' : 'sibling';
}

function refusedHere<Value>({ here }: PutFacts<Value>, why: Refusal['why']): Refusal {
  return { kind: 'refused', why, at: 'here', owner: here.record?.owner, isGone: here.standing === 'gone' };
}

function refusedThere<Value>({ there }: PutFacts<Value>, why: Refusal['why']): Refusal {
  return { kind: 'refused', why, at: 'there', owner: there?.owner, isGone: there?.standing === 'gone' };
}

/** What a record keeps for the one who asks is theirs to give up. */
function keepsForThirdOwner<Value>(record: OwnershipRecord<Value>, owner: Owner): boolean {
  const { found, renamedFrom } = dropPreviousOwner(record, owner);
  return found !== undefined || renamedFrom !== undefined;
}
