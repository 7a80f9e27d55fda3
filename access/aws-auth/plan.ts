/**
 * What to write to aws-auth, or why nothing may be written: current × intent → plan. Whose the entry is says
 * `ownership.ts`. Pure, so that running it again after a conflict is safe.
 */
import { OWNERS_ANNOTATION } from '../contract';
import {
  readOwnership,
  withoutRecord,
  withRecord,
  writeOwnership,
  type OwnershipRecords,
} from './owners-annotation';
import { readAwsAuth, type AwsAuthReading, type LoadedMapping } from './reading/login';
import { claim, refuseProviderGroup } from './claim';
import { entriesOf, entryInForce, inSectionOf, isProviderMapping, isSameMapping } from './reading/entries';
import { type AwsAuthData, type IdentityMapping } from './identity-mapping';
import { readReadable } from './editing/proof';
import { insertProven, removeProven, replaceProven, restoreProven } from './editing/proven-edit';
import { checkSize } from './size';
import { describeOwner } from '../owner';
import { verdictOnRemove } from '../ownership';
import { isAdopted, newRecord } from '../ownership-record';
import { type AwsAuth, type PutIntent, type RemoveIntent } from './intent';

export interface Plan {
  /** Undefined: nothing to write. */
  readonly write?: AwsAuth;
  /** The one entry before and after, for the log. */
  readonly before?: LoadedMapping;
  readonly after?: IdentityMapping;
  readonly adopted: boolean;
  readonly removed: boolean;
  /** What is worth a line in the log. */
  readonly note?: string;
  /** The same, for the provider's owner to look at. */
  readonly warning?: string;
}

/** Throws ProviderError: AlreadyExists, InvalidRequest; or DocumentError where the text cannot be edited. */
export function planPut(current: AwsAuth, intent: PutIntent): Plan {
  const records = readOwnership(current.annotations);
  const reading = readAwsAuth(current.data);
  const entries = entriesOf(reading, intent.key);
  const entry = entryInForce(entries);
  const record = records.get(intent.key);
  refuseProviderGroup(intent.mapping);
  if (!entry) {
    const data = insertProven(current.data, intent.mapping);
    return write(current, data, withRecord(records, intent.key, newRecord(intent.owner, record)), {
      after: intent.mapping,
      adopted: false,
      ...(record ? { note: 'the recorded entry had gone from aws-auth' } : {}),
    });
  }
  const claimed = claim(current.data, entries, entry, record, intent);
  const mapping = inSectionOf(entry, intent.mapping);
  const changed = !isSameMapping(entry, mapping);
  const data = changed ? replaceProven(current.data, entry.section, entry.index, mapping) : current.data;
  return write(current, data, withRecord(records, intent.key, claimed), {
    before: entry,
    after: mapping,
    adopted: isAdopted(claimed),
  });
}

/** Throws only what makes the document or the annotation impossible to edit. */
export function planRemove(current: AwsAuth, intent: RemoveIntent): Plan {
  const records = readOwnership(current.annotations);
  const reading = readAwsAuth(current.data);
  const entries = entriesOf(reading, intent.key);
  const entry = entryInForce(entries);
  const verdict = verdictOnRemove({
    record: records.get(intent.key),
    owner: intent.owner,
    equalToKnown: entry !== undefined && matchesLastKnown(entry, intent),
    untouchable: entries.some(isProviderMapping) ? 'provider' : undefined,
    isThere: entry !== undefined,
  });
  const nothing = (note: string): Plan => ({ adopted: false, removed: false, note });
  if (verdict.kind === 'leave') {
    return nothing(entry ? 'the entry is not this resource’s' : 'the entry was not found');
  }
  if (verdict.kind === 'owned by another') {
    const note = `the entry belongs to ${describeOwner(verdict.record.owner)}`;
    if (!verdict.left) return nothing(note);
    const remaining = withRecord(records, intent.key, verdict.left);
    return write(current, current.data, remaining, { adopted: false, note });
  }
  if (!entry || verdict.kind === 'forget') {
    if (!entry) refuseLost(current.data, reading);
    const plan = write(current, current.data, withoutRecord(records, intent.key), { adopted: false });
    return entry
      ? { ...plan, note: PROVIDER_KEPT, warning: PROVIDER_KEPT }
      : { ...plan, note: 'the entry was not found' };
  }
  const previous = verdict.kind === 'give back' ? verdict.previous : undefined;
  const remaining = withRecord(records, intent.key, previous?.record);
  const before = previous ? entryToRemove(entries, entry, intent) : entry;
  const data = previous
    ? restoreProven(current.data, before.section, before.index, previous.value)
    : removeAll(current.data, entries);
  return {
    ...write(current, data, remaining, { before, adopted: false }),
    removed: true,
    ...(hasAdministrator(current.data) && !hasAdministrator(data) ? { warning: NO_ADMINISTRATOR } : {}),
  };
}

/** Another tool has made the entry the provider's own since: without it the provider could fix nothing any more. */
const PROVIDER_KEPT = 'the entry is now the provider’s own mapping and was kept: no stack owns it any more';

/** GT-51: no lock-out, because the creator's mapping is in no map; but the provider's owner should know. */
const NO_ADMINISTRATOR =
  'nobody is in system:masters through aws-auth any more: only the creator of the cluster is left as its administrator';

function hasAdministrator(data: AwsAuthData): boolean {
  const { mapRoles, mapUsers } = readAwsAuth(data);
  return [...mapRoles.entries, ...mapUsers.entries].some(
    (entry) => entry.section !== 'mapAccounts' && entry.groups.includes('system:masters'),
  );
}

/**
 * Throws DocumentError where the recorded entry may be in a section that cannot be read: once the section is fixed it
 * would be active again, and no stack would own it.
 */
function refuseLost(data: AwsAuthData, reading: AwsAuthReading): void {
  for (const { section } of Object.values(reading)) readReadable(section, data[section]);
}

/** The one in force, unless another tool has put it over the one that is still as the resource asked for it. */
function entryToRemove(
  entries: readonly LoadedMapping[],
  inForce: LoadedMapping,
  intent: RemoveIntent,
): LoadedMapping {
  return [...entries, inForce].findLast((entry) => matchesLastKnown(entry, intent)) ?? inForce;
}

function matchesLastKnown(entry: LoadedMapping, { lastKnown }: RemoveIntent): boolean {
  return lastKnown !== undefined && isSameMapping(entry, inSectionOf(entry, lastKnown));
}

/** Removes every duplicate, so that no shadowed entry becomes active (GT-21); last first, so that positions stay true. */
function removeAll(data: AwsAuthData, entries: readonly LoadedMapping[]): AwsAuthData {
  return [...entries]
    .sort((a, b) => b.index - a.index)
    .reduce((edited, { section, index }) => removeProven(edited, section, index), data);
}

function write(
  current: AwsAuth,
  data: AwsAuthData,
  records: OwnershipRecords,
  outcome: Omit<Plan, 'write' | 'removed'>,
): Plan {
  const annotations = writeOwnership(current.annotations, records);
  // Every other annotation is as it was, in whatever order the API server gives them.
  const isRecorded = annotations[OWNERS_ANNOTATION] === current.annotations[OWNERS_ANNOTATION];
  if (data === current.data && isRecorded) return { ...outcome, removed: false };
  checkSize(data, annotations);
  return { ...outcome, removed: false, write: { data, annotations } };
}
