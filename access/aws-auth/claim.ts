/** Under which record a stack may change an entry of aws-auth that is already there, or why not (CR-20, CR-21). Pure. */
import { PROVIDER_GROUP } from '../contract';
import { ProviderError } from '../errors';
import { describeOwner } from '../owner';
import { type Refusal, verdictOnPut, WHY_REFUSED } from '../ownership';
import { newRecord, recordKeeping, takeOverWithinStack } from '../ownership-record';
import { type EntryRecord } from './owners-annotation';
import { type LoadedMapping } from './reading/login';
import { type ParsedAwsAuth } from './reading/section-reader';
import { entryText } from './editing/entry-text';
import { inSectionOf, isNodeMapping, isProviderMapping, isSameMapping } from './reading/entries';
import { type IdentityMapping } from './identity-mapping';
import { type PutIntent } from './intent';

/**
 * `entries` are all of the principal, `entry` the one in force. Throws ProviderError AlreadyExists, or AccessDenied
 * for what no stack may touch.
 */
export function claim(
  { sections }: ParsedAwsAuth,
  entries: readonly LoadedMapping[],
  entry: LoadedMapping,
  record: EntryRecord | undefined,
  { owner, mapping, isNew, previous, existingEntry }: PutIntent,
): EntryRecord {
  const known = previous ? [previous, mapping] : [mapping];
  const verdict = verdictOnPut({
    record,
    owner,
    equalToKnown: known.some((asked) => isSameMapping(entry, inSectionOf(entry, asked))),
    untouchable: untouchableAmong(entries)?.as,
    isNew,
    existingEntry,
  });
  const text = (): string => entryText(sections[entry.section], entry.index);
  switch (verdict.kind) {
    case 'ours':
      return verdict.record;
    case 'rename':
      return takeOverWithinStack(text(), verdict.record, owner);
    case 'adopt':
      return recordKeeping(text(), verdict.record, owner);
    case 'heal':
    case 'replace':
      return newRecord(owner);
    case 'refused':
      throw refusal(verdict, untouchableAmong(entries)?.entry ?? entry);
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

function untouchableAmong(
  entries: readonly LoadedMapping[],
): { readonly as: 'provider' | 'node'; readonly entry: LoadedMapping } | undefined {
  const provider = entries.find(isProviderMapping);
  if (provider) return { as: 'provider', entry: provider };
  const node = entries.find(isNodeMapping);
  return node && { as: 'node', entry: node };
}

function refusal(verdict: Refusal, entry: LoadedMapping): ProviderError {
  const mapped = `${describe(entry)} is already mapped in aws-auth (${entry.section})`;
  switch (verdict.why) {
    case 'provider':
    case 'node':
      return new ProviderError('AccessDenied', `${describe(entry)} ${WHY_REFUSED[verdict.why]}`);
    case 'exists': {
      const owner = verdict.owner ? describeOwner(verdict.owner) : 'an unknown owner (no ownership record)';
      return new ProviderError(
        'AlreadyExists',
        `${mapped} by ${owner}: remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over`,
      );
    }
    case 'keeps another':
      return new ProviderError(
        'AlreadyExists',
        `${mapped} by ${describeOwner(verdict.owner)}, ${WHY_REFUSED[verdict.why]}`,
      );
  }
}

function describe(entry: LoadedMapping): string {
  return entry.section === 'mapAccounts' ? `account ${entry.accountId}` : entry.arn;
}
