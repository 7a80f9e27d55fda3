/** Under which record a stack may change an entry that is already there, or why not (CR-20, CR-21). Pure. */
import { PROVIDER_GROUP } from '../contract';
import { ProviderError } from '../errors';
import { withoutPreviousOwner, type OwnershipRecord } from './owners-annotation';
import { type LoadedMapping } from './reading/login';
import { entryText } from './editing/edit';
import { inSectionOf, isNodeMapping, isProviderMapping, isSameMapping } from './reading/entries';
import { type AwsAuthData, type IdentityMapping } from './identity-mapping';
import { describeOwner, isSameOwner } from '../owner';
import { type PutIntent } from './intent';

/**
 * `entries` are all of the principal, `entry` the one in force. Throws ProviderError AlreadyExists, or AccessDenied
 * for what no stack may touch.
 */
export function claim(
  data: AwsAuthData,
  entries: readonly LoadedMapping[],
  entry: LoadedMapping,
  record: OwnershipRecord | undefined,
  { owner, mapping, isNew, previous, existingEntry }: PutIntent,
): OwnershipRecord {
  refuseProvider(entries);
  if (record && isSameOwner(record.owner, owner)) return record;
  const text = entryText(entry.section, data[entry.section] ?? '', entry.index);
  // Who takes an entry back has no use for what it said the time before; and the chain could grow for ever.
  const taken = withoutPreviousOwner({ owner, previous: { ...record, text } }, owner);
  if (record?.owner.stackId === owner.stackId) return taken;
  const equal = [previous, mapping].some((known) => known && isSameMapping(entry, inSectionOf(entry, known)));
  if (!record && !isNew && equal) return { owner };
  if (!record) refuseNodes(entries);
  switch (existingEntry) {
    case 'ADOPT':
      return taken;
    case 'REPLACE':
      return { owner };
    case 'FAIL':
      throw new ProviderError(
        'AlreadyExists',
        `${describe(entry)} is already mapped in aws-auth (${entry.section})${
          record ? ` by ${describeOwner(record.owner)}` : ' by an unknown owner (no ownership record)'
        }: remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over`,
      );
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

function refuseProvider(entries: readonly LoadedMapping[]): void {
  const own = entries.find(isProviderMapping);
  if (own === undefined) return;
  throw new ProviderError(
    'AccessDenied',
    `${describe(own)} is how the provider itself reaches this cluster: no stack may take it over`,
  );
}

function refuseNodes(entries: readonly LoadedMapping[]): void {
  const node = entries.find(isNodeMapping);
  if (node === undefined) return;
  throw new ProviderError(
    'AccessDenied',
    `${describe(node)} lets nodes join the cluster and was not made by a stack: no stack may take it over`,
  );
}

function describe(entry: LoadedMapping): string {
  return entry.section === 'mapAccounts' ? `account ${entry.accountId}` : entry.arn;
}
