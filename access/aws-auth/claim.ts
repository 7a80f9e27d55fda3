/**
 * Under which record a stack may write an entry of aws-auth, or why not (CR-20, CR-21). Whose the entry is says
 * `ownership.ts`; here it becomes bytes. Pure.
 */
import { PROVIDER_GROUP } from '../contract';
import { ProviderError } from '../errors';
import { type Fate, type PutVerdict, verdictOnPut } from '../ownership';
import { newRecord, recordKeeping, takeOverWithinStack } from '../ownership-record';
import { ownershipRefusal, UNKNOWN_OWNER } from '../ownership-refusal';
import { thereOf } from '../surroundings';
import { entryText } from './editing/entry-text';
import { type IdentityMapping } from './identity-mapping';
import { type PutIntent } from './intent';
import { type EntryRecord } from './owners-annotation';
import { inSectionOf, isProviderMapping, isSameMapping } from './reading/entries';
import { type LoadedMapping } from './reading/login';
import { type ParsedAwsAuth } from './reading/section-reader';
import { protectionOf, sightingOf } from './sighting';

export interface Claim {
  readonly record: EntryRecord;
  readonly elsewhere: Fate;
}

/**
 * `entries` are all of the principal, `entry` the one in force. Throws LateEvent; ProviderError AlreadyExists, or AccessDenied
 * for what no stack may touch or the guardrails do not allow.
 */
export function claim(
  parsed: ParsedAwsAuth,
  entries: readonly LoadedMapping[],
  entry: LoadedMapping | undefined,
  record: EntryRecord | undefined,
  intent: PutIntent,
): Claim {
  const { owner, requestedAt, previous, hadEnded, isNew, isReplacement, existingEntry, surroundings } =
    intent;
  const known = hadEnded ? undefined : previous;
  const sighting = sightingOf(entries, record);
  const verdict = verdictOnPut({
    owner,
    requestedAt,
    isNew,
    isReplacement,
    existingEntry,
    isProvidersRole: surroundings.isProvidersRole,
    mayTakeOver: surroundings.mayTakeOver,
    here: {
      record,
      standing: surroundings.standing,
      entry: entry && {
        protects: protectionOf(entries),
        equalToKnown: known !== undefined && isSameMapping(entry, inSectionOf(entry, known)),
        givesAsDesired: isSameMapping(entry, inSectionOf(entry, intent.mapping)),
      },
    },
    there: thereOf(surroundings, sighting.entry?.identity),
  });
  if (verdict.kind === 'refused')
    throw ownershipRefusal(verdict, subjectOf(intent, entries.find(isProviderMapping) ?? entry));
  return { record: recordOf(verdict.record, parsed, entry, intent), elsewhere: verdict.there };
}

function recordOf(
  verdict: Extract<PutVerdict<string>, { kind: 'put' }>['record'],
  { sections }: ParsedAwsAuth,
  entry: LoadedMapping | undefined,
  { owner }: PutIntent,
): EntryRecord {
  const text = entry && entryText(sections[entry.section], entry.index);
  switch (verdict.kind) {
    case 'ours':
      return entry ? verdict.record : newRecord(owner, verdict.record);
    case 'rename':
    case 'adopt':
      if (text === undefined) return newRecord(owner);
      return verdict.kind === 'rename'
        ? takeOverWithinStack(text, verdict.record, owner)
        : recordKeeping(text, verdict.record, owner);
    case 'new':
    case 'heal':
    case 'replace':
      return newRecord(owner);
  }
}

/** Throws ProviderError AccessDenied for a mapping that would make its principal the provider. */
export function refuseProviderGroup(mapping: IdentityMapping): void {
  if (!isProviderMapping(mapping)) return;
  throw new ProviderError(
    'AccessDenied',
    `Groups has "${PROVIDER_GROUP}", which may edit aws-auth and with it make anybody cluster admin: it is for the provider alone`,
  );
}

function subjectOf(
  { mapping, existingEntry, surroundings }: PutIntent,
  entry: LoadedMapping | undefined,
): Parameters<typeof ownershipRefusal>[1] {
  const principal = describe(entry ?? mapping);
  return {
    principal,
    has: `${principal} is already mapped in aws-auth (${(entry ?? mapping).section})`,
    ownedBy: (owner) => ` by ${owner ?? UNKNOWN_OWNER}`,
    remedy: 'remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over',
    existingEntry,
    elsewhere: surroundings.elsewhere,
  };
}

function describe(entry: LoadedMapping | IdentityMapping): string {
  return entry.section === 'mapAccounts' ? `account ${entry.accountId}` : entry.arn;
}
