/**
 * What to write to aws-auth, or why nothing may be written: current × intent → plan. Pure, so that running it again
 * after a conflict is safe.
 *
 * | the principal's entry | Create, Update                          | Delete                              |
 * | --------------------- | --------------------------------------- | ----------------------------------- |
 * | none                  | insert, record                          | drop the record                     |
 * | recorded as ours      | replace                                 | remove, or put the previous one back |
 * | same stack, other id  | replace, remember whose it was (rename) | nothing: ownership has passed        |
 * | no record, but equal  | Create: somebody else's; Update: heal   | remove (healed)                     |
 * | somebody else's       | FAIL / ADOPT / REPLACE                  | nothing                             |
 */
import { PROVIDER_GROUP } from '../contract';
import { ProviderError } from '../errors';
import {
  describeOwner,
  isAdopted,
  isSameOwner,
  readOwnership,
  recordOf,
  withoutPreviousOwner,
  withoutRecord,
  withRecord,
  writeOwnership,
  type OwnershipRecord,
  type OwnershipRecords,
} from '../ownership';
import { type ExistingEntry, type Owner } from '../resource';
import { readAwsAuth, type AwsAuthReading, type LoadedMapping } from './authenticator';
import { entryText } from './document';
import { entriesOf, entryInForce, isNodeMapping, isSameMapping } from './entries';
import { type AwsAuthData, type IdentityMapping } from './identity-mapping';
import { insertProven, removeProven, replaceProven, restoreProven } from './proven-edit';
import { checkSize } from './size';

/** The ConfigMap as far as plans look at it; a missing one has neither. */
export interface AwsAuth {
  readonly data: AwsAuthData;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PutIntent {
  /** Canonical ARN or account id: the key of ownership records. */
  readonly key: string;
  readonly mapping: IdentityMapping;
  readonly owner: Owner;
  readonly existingEntry: ExistingEntry;
  /** False for an Update that keeps the principal: then an entry equal to the old or new properties is ours. */
  readonly isCreate: boolean;
  /** What the properties before this Update asked for. */
  readonly previous?: IdentityMapping;
}

export interface RemoveIntent {
  readonly key: string;
  readonly owner: Owner;
  /** What the properties asked for; an entry equal to it counts as ours when the record was wiped. */
  readonly lastKnown?: IdentityMapping;
}

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
  /** The same, for somebody to look at. */
  readonly warning?: string;
}

/** Throws ProviderError: AlreadyExists, InvalidRequest; or DocumentError where the text cannot be edited. */
export function planPut(current: AwsAuth, intent: PutIntent): Plan {
  const records = readOwnership(current.annotations);
  const entry = entryInForce(readAwsAuth(current.data), intent.key);
  const record = records.get(intent.key);
  refuseProviderGroup(intent.mapping);
  if (!entry) {
    const data = insertProven(current.data, intent.mapping);
    return write(current, data, withRecord(records, intent.key, { owner: intent.owner }), {
      after: intent.mapping,
      adopted: false,
      ...(record ? { note: 'the recorded entry had gone from aws-auth' } : {}),
    });
  }
  const claimed = claim(current, entry, record, intent);
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
  const entry = entryInForce(reading, intent.key);
  const record = records.get(intent.key) ?? healed(entry, intent);
  const nothing = (note: string): Plan => ({ adopted: false, removed: false, note });
  if (!record) return nothing(entry ? 'the entry is not this resource’s' : 'the entry was not found');
  if (!isSameOwner(record.owner, intent.owner)) {
    const settled = withoutPreviousOwner(record, intent.owner);
    const plan = write(current, current.data, withRecord(records, intent.key, settled), { adopted: false });
    return { ...plan, removed: false, note: `the entry belongs to ${describeOwner(record.owner)}` };
  }
  if (!entry) {
    const plan = write(current, current.data, withoutRecord(records, intent.key), { adopted: false });
    return { ...plan, removed: false, note: 'the entry was not found' };
  }
  const { previous } = record;
  const given = previous && recordOf(previous);
  const remaining = given ? withRecord(records, intent.key, given) : withoutRecord(records, intent.key);
  const data = previous
    ? restoreProven(current.data, entry.section, entry.index, previous.text)
    : removeAll(current.data, reading, intent.key);
  return {
    ...write(current, data, remaining, { before: entry, adopted: false }),
    removed: true,
    ...(hasAdministrator(current.data) && !hasAdministrator(data) ? { warning: NO_ADMINISTRATOR } : {}),
  };
}

/** GT-51: no lock-out, because the creator's mapping is in no map; but somebody should know. */
const NO_ADMINISTRATOR =
  'nobody is in system:masters through aws-auth any more: only the creator of the cluster is left as its administrator';

function hasAdministrator(data: AwsAuthData): boolean {
  const { mapRoles, mapUsers } = readAwsAuth(data);
  return [...mapRoles.entries, ...mapUsers.entries].some(
    (entry) => entry.section !== 'mapAccounts' && entry.groups.includes('system:masters'),
  );
}

/** The record under which this put may change the entry, or AlreadyExists. */
function claim(
  current: AwsAuth,
  entry: LoadedMapping,
  record: OwnershipRecord | undefined,
  { owner, mapping, isCreate, previous, existingEntry }: PutIntent,
): OwnershipRecord {
  if (record && isSameOwner(record.owner, owner)) return record;
  const text = entryText(entry.section, current.data[entry.section] ?? '', entry.index);
  const taken = { owner, previous: { ...record, text } };
  if (record?.owner.stackId === owner.stackId) return taken;
  const equal = [previous, mapping].some((known) => known && isSameMapping(entry, inSectionOf(entry, known)));
  if (!record && !isCreate && equal) return { owner };
  refuseProtected(entry, record);
  switch (existingEntry) {
    case 'ADOPT':
      return taken;
    case 'REPLACE':
      return { owner };
    case 'FAIL':
      throw new ProviderError(
        'AlreadyExists',
        `${describe(entry)} is already mapped in aws-auth (${entry.section})${
          record ? ` by ${describeOwner(record.owner)}` : ', by somebody who left no record'
        }: remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over`,
      );
  }
}

/** A wiped record is healed: an entry equal to the resource's own properties counts as its own. */
function healed(
  entry: LoadedMapping | undefined,
  { owner, lastKnown }: RemoveIntent,
): OwnershipRecord | undefined {
  return entry && lastKnown && isSameMapping(entry, inSectionOf(entry, lastKnown)) ? { owner } : undefined;
}

/** Every twin goes, so that no shadowed one comes alive (GT-21), last first, so that positions stay true. */
function removeAll(data: AwsAuthData, reading: AwsAuthReading, key: string): AwsAuthData {
  return [...entriesOf(reading, key)]
    .sort((a, b) => b.index - a.index)
    .reduce((edited, { section, index }) => removeProven(edited, section, index), data);
}

/** An entry is edited where it stands: either section maps either kind of principal (GT-26). */
function inSectionOf(entry: LoadedMapping, mapping: IdentityMapping): IdentityMapping {
  if (mapping.section === 'mapAccounts' || entry.section === 'mapAccounts') return mapping;
  return { ...mapping, section: entry.section };
}

function refuseProtected(entry: LoadedMapping, record: OwnershipRecord | undefined): void {
  if (entry.section === 'mapAccounts') return;
  if (entry.groups.includes(PROVIDER_GROUP)) {
    throw new ProviderError(
      'AccessDenied',
      `${describe(entry)} is how the provider itself reaches this cluster: no stack may take it over`,
    );
  }
  if (!record && isNodeMapping(entry)) {
    throw new ProviderError(
      'AccessDenied',
      `${describe(entry)} lets nodes join the cluster and was not made by a stack: no stack may take it over`,
    );
  }
}

function refuseProviderGroup(mapping: IdentityMapping): void {
  if (mapping.section !== 'mapAccounts' && mapping.groups.includes(PROVIDER_GROUP)) {
    throw new ProviderError(
      'AccessDenied',
      `Groups has "${PROVIDER_GROUP}", which may edit aws-auth and with it make anybody cluster admin: it is for the provider alone`,
    );
  }
}

function describe(entry: LoadedMapping): string {
  return entry.section === 'mapAccounts' ? `account ${entry.accountId}` : entry.arn;
}

function write(
  current: AwsAuth,
  data: AwsAuthData,
  records: OwnershipRecords,
  outcome: Omit<Plan, 'write' | 'removed'>,
): Plan {
  const annotations = writeOwnership(current.annotations, records);
  const unchanged =
    data === current.data && JSON.stringify(annotations) === JSON.stringify(current.annotations);
  if (unchanged) return { ...outcome, removed: false };
  checkSize(data, annotations);
  return { ...outcome, removed: false, write: { data, annotations } };
}
