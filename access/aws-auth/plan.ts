/**
 * What to write to aws-auth, or why nothing may be written: current × intent → plan. Whose the entry is says
 * `ownership.ts`. Pure, so that running it again after a conflict is safe.
 */
import { OWNERS_ANNOTATION } from '../contract';
import {
  brokenRecord,
  readOwnership,
  withoutRecord,
  withRecord,
  writeOwnership,
  type OwnershipRecords,
} from './owners-annotation';
import { type LoadedMapping } from './reading/loaded';
import { readingOf, SectionReader } from './reading/section-reader';
import { claim, refuseProviderGroup } from './claim';
import { protectionOf } from './sighting';
import { lastAdministratorWarning } from './administrators';
import { entriesOf, entryInForce, inSectionOf, isSameMapping } from './reading/entries';
import { type AwsAuthData, type IdentityMapping } from './identity-mapping';
import { refuseUnreadable } from './editing/document-error';
import { insertion } from './editing/insert';
import { edited, withoutEntries } from './editing/proven-edit';
import { replacement } from './editing/replace';
import { restoration } from './editing/restore';
import { hasRemoved, withMark } from './last-delete';
import { checkReadable, checkSize } from './size';
import { overtakenEvent } from '../late-event';
import { type Fate } from '../ownership';
import { describeOwner, type Owner } from '../owner';
import { verdictOnRemove } from '../ownership-removal';
import { datedRecord, isAdopted } from '../ownership-record';
import { digestOf, withFacts } from '../record-facts';
import { type AwsAuth, type PutIntent, type RemoveIntent } from './intent';

export interface Plan {
  /** Undefined: nothing to write. */
  readonly write?: AwsAuth;
  /** Where there is nothing to write: what is there, under the date of this event. */
  readonly dated?: AwsAuth;
  /** The one entry before and after, for the log. */
  readonly before?: LoadedMapping;
  readonly after?: IdentityMapping;
  readonly adopted: boolean;
  readonly removed: boolean;
  readonly elsewhere?: Fate;
  /** Whether the principal had an entry, or a record, here. */
  readonly wasThere?: boolean;
  /** As of a back end's `RemoveOutcome`. */
  readonly hasPassed?: boolean;
  readonly holder?: Owner;
  /** What is worth a line in the log. */
  readonly note?: string;
  /** The same, for an administrator to look at. */
  readonly warning?: string;
  /** True when all that is written is the mark of a Delete that found nothing. */
  readonly isMark?: boolean;
}

/**
 * Throws ProviderError: AlreadyExists, InvalidRequest; or DocumentError where the text cannot be edited. `reader`: the
 * one of this invocation, for what the try before has read.
 */
export function planPut(current: AwsAuth, intent: PutIntent, reader = new SectionReader()): Plan {
  const records = readOwnership(current.annotations);
  checkReadable(current.data);
  const parsed = reader.readAll(current.data);
  const entries = entriesOf(readingOf(parsed), intent.key);
  const entry = entryInForce(entries);
  const record = records.get(intent.key);
  refuseProviderGroup(intent.mapping);
  const claimed = claim(parsed, entries, entry, record, intent);
  const { facts, surroundings, requestedAt } = intent;
  const stated = facts ? withFacts(claimed.record, facts) : claimed.record;
  const remaining = withRecord(records, intent.key, stated);
  const written = facts ? withFacts(stated, { wrote: digestOf(surroundings.desired) }) : stated;
  const dated = withRecord(records, intent.key, datedRecord(written, requestedAt));
  const { elsewhere } = claimed;
  if (!entry) {
    const { data } = edited(parsed, intent.mapping.section, insertion(intent.mapping), reader);
    const note = record ? { note: 'the recorded entry had gone from aws-auth' } : {};
    return write(
      current,
      data,
      remaining,
      { after: intent.mapping, adopted: false, elsewhere, ...note },
      dated,
    );
  }
  const mapping = inSectionOf(entry, intent.mapping);
  const { data } = isSameMapping(entry, mapping)
    ? parsed
    : edited(parsed, entry.section, replacement(entry.index, mapping), reader);
  const outcome = { before: entry, after: mapping, adopted: isAdopted(claimed.record), elsewhere };
  return write(current, data, remaining, outcome, dated);
}

/** Throws LateEvent, and what makes the document or the annotation impossible to edit. `reader`: as of `planPut`. */
export function planRemove(current: AwsAuth, intent: RemoveIntent, reader = new SectionReader()): Plan {
  const records = readOwnership(current.annotations);
  checkReadable(current.data);
  const parsed = reader.readAll(current.data);
  const entries = entriesOf(readingOf(parsed), intent.key);
  const entry = entryInForce(entries);
  const record = records.get(intent.key);
  const protects = intent.isProvidersRole ? 'provider' : protectionOf(entries);
  const verdict = intent.isReplaced
    ? ({ kind: entry && !protects ? 'remove' : 'leave' } as const)
    : verdictOnRemove({
        record,
        owner: intent.owner,
        set: intent.set,
        requestedAt: intent.requestedAt,
        gone: intent.gone,
        equalToKnown: entry !== undefined && matchesLastKnown(entry, intent),
        protects,
        isThere: entry !== undefined,
      });
  const wasThere = entry !== undefined || record !== undefined;
  const nothing = (note: string): Plan => ({ adopted: false, removed: false, wasThere, note });
  if (verdict.kind === 'late') throw overtakenEvent();
  const markedAs = (note: string): Plan => {
    const marked = intent.leavesMark && withMark(current, intent.leavesMark);
    return { ...nothing(note), ...(marked && { write: marked, isMark: true }) };
  };
  if (verdict.kind === 'leave' && !entry && hasRemoved(current, intent.marksRemoval))
    return { ...nothing('this Delete has removed the entry'), hasPassed: true };
  if (verdict.kind === 'leave')
    return markedAs(entry ? 'the entry is not this resource’s' : 'the entry was not found');
  if (verdict.kind === 'owned by another') {
    const note = `the entry belongs to ${describeOwner(verdict.record.owner)}`;
    if (!verdict.left) return { ...markedAs(note), holder: verdict.record.owner };
    const remaining = withRecord(records, intent.key, verdict.left);
    return write(current, current.data, remaining, { adopted: false, wasThere, hasPassed: true, note });
  }
  if (!entry || verdict.kind === 'forget') {
    // The recorded entry may be in a section that cannot be read: once that is fixed it would be in force again, and no
    // stack would ever remove it.
    if (!entry) Object.values(parsed.sections).forEach(refuseUnreadable);
    const plan = write(current, current.data, withoutRecord(records, intent.key), {
      adopted: false,
      wasThere,
    });
    return entry
      ? { ...plan, note: PROVIDER_KEPT, warning: PROVIDER_KEPT }
      : { ...plan, note: 'the entry was not found' };
  }
  const previous = verdict.kind === 'give back' ? verdict.previous : undefined;
  const remaining = withRecord(records, intent.key, previous?.record);
  const before = previous ? entryToRemove(entries, entry, intent) : entry;
  const after = previous
    ? edited(parsed, before.section, restoration(before.index, previous.value), reader)
    : // Removes every duplicate, so that no shadowed entry becomes active (GT-21).
      withoutEntries(parsed, entries, reader);
  // Another tool has written another principal into the record, or nobody.
  if (previous && entriesOf(readingOf(after), intent.key).length < entries.length) throw brokenRecord();
  const plan = write(current, after.data, remaining, { before, adopted: false, wasThere });
  const marked = intent.marksRemoval && plan.write && withMark(plan.write, intent.marksRemoval, true);
  return {
    ...plan,
    ...(marked && { write: marked }),
    removed: true,
    ...lastAdministratorWarning(parsed, after),
  };
}

/** Another tool has made the entry the provider's own since: without it the provider could fix nothing any more. */
const PROVIDER_KEPT = 'the entry is now the provider’s own mapping and was kept: no stack owns it any more';

/** The one in force, unless another tool has put it over the one that is still as the resource asked for it. */
function entryToRemove(
  entries: readonly LoadedMapping[],
  inForce: LoadedMapping,
  intent: RemoveIntent,
): LoadedMapping {
  // Of the same section: what is put back was taken from there, and says the other one's key wrong.
  const candidates = entries.filter(({ section }) => section === inForce.section);
  return candidates.findLast((entry) => matchesLastKnown(entry, intent)) ?? inForce;
}

function matchesLastKnown(entry: LoadedMapping, { lastKnown }: RemoveIntent): boolean {
  return lastKnown !== undefined && isSameMapping(entry, inSectionOf(entry, lastKnown));
}

/** `dated`: the records as they are written if anything is; their dates and digests alone are no reason to write. */
function write(
  current: AwsAuth,
  data: AwsAuthData,
  records: OwnershipRecords,
  outcome: Omit<Plan, 'write' | 'removed'>,
  dated = records,
): Plan {
  const undated = writeOwnership(current.annotations, records);
  // Every other annotation is as it was, in whatever order the API server gives them.
  const isRecorded = undated[OWNERS_ANNOTATION] === current.annotations[OWNERS_ANNOTATION];
  const annotations = dated === records ? undated : writeOwnership(current.annotations, dated);
  if (data === current.data && isRecorded)
    return { ...outcome, removed: false, dated: { data, annotations } };
  checkSize(data, annotations);
  return { ...outcome, removed: false, write: { data, annotations } };
}
