/** From the list of a section to what the authenticator loads of it, item by item (GT-12, GT-13, GT-17 to GT-20). */
import { type DecodedEntry, type SsoMatcher, decodeEntry, isValidSso } from './decode-entry';
import { decodeItems, decodeStrings, decodeValue, isNull } from '../../go-yaml/decode';
import {
  type DroppedEntry,
  type LoadedAccount,
  type LoadedMapping,
  type Notice,
  type SectionReading,
} from './loaded';
import { positionOf } from './position';
import { type YamlNode } from '../../go-yaml/node';
import { YamlError } from '../../go-yaml/read';

type Entry = Omit<DecodedEntry, 'problems'>;

/**
 * Throws YamlError where the section is lost. `known`: what was loaded of the list that `root.items.alike` speaks of;
 * only where all of it was loaded.
 */
export function readPrincipals(
  section: 'mapRoles' | 'mapUsers',
  root: YamlNode,
  known: readonly LoadedMapping[],
): SectionReading {
  const reading = {
    section,
    entries: [] as LoadedMapping[],
    dropped: [] as DroppedEntry[],
    notices: [] as Notice[],
  };
  if (root.kind !== 'sequence') {
    if (decodeValue(root).type === 'null') return { ...reading, state: 'empty' };
    throw new YamlError(`${section} has to be a list of entries, each beginning with "-"`, root.start);
  }
  const arnField = section === 'mapRoles' ? 'rolearn' : 'userarn';
  reading.entries = known.slice(0, root.items.alike ?? 0);
  const isContinued = reading.entries.length > 0;
  let index = reading.entries.length;
  for (const item of decodeItems(root, index)) {
    const { problems, ...decoded } = decodeEntry(arnField, item);
    const entry = isContinued ? detached(decoded) : decoded;
    for (const problem of problems) reading.notices.push({ index, ...problem });
    const reason = item.type === 'object' ? whyDropped(entry) : 'not-a-mapping';
    if (reason === undefined) reading.entries.push({ section, index, ...entry });
    else reading.dropped.push({ section, index, reason });
    index += 1;
  }
  return { ...reading, state: stateOf(reading) };
}

/**
 * The same with strings of their own. V8 keeps a stretch of a text as a reference to the text: entries that were read
 * from many texts, each the continuation of the one before, would hold all of those. What JSON is parsed to is new.
 */
function detached(entry: Entry): Entry {
  return JSON.parse(JSON.stringify(entry)) as Entry;
}

/** GT-19, GT-27. */
function whyDropped(entry: {
  readonly arn: string;
  readonly sso?: SsoMatcher;
}): DroppedEntry['reason'] | undefined {
  if (entry.sso === undefined) return entry.arn === '' ? 'no-arn' : undefined;
  if (entry.arn !== '') return 'arn-and-sso';
  return isValidSso(entry.sso) ? undefined : 'bad-sso';
}

/** GT-32, GT-33. Throws YamlError where the section is lost. */
export function readAccounts(root: YamlNode, text: string): SectionReading {
  const section = 'mapAccounts';
  const entries: LoadedAccount[] = [];
  const dropped: DroppedEntry[] = [];
  const reading = { section, entries, dropped, notices: [] as Notice[] } as const;
  if (isNull(root)) return { ...reading, state: 'empty' };
  if (root.kind !== 'sequence')
    throw new YamlError('mapAccounts has to be a list of account ids', root.start);
  const { values, error } = decodeStrings(root);
  values.forEach((accountId, index) => {
    if (accountId === undefined) dropped.push({ section, index, reason: 'not-a-scalar' });
    else entries.push({ section, index, accountId });
  });
  if (error === undefined) return { ...reading, state: stateOf(reading) };
  // The Go slice has its full length by then: what was not reached is in it as empty strings.
  for (let index = entries.length; index < root.items.length; index += 1) {
    entries.push({ section, index, accountId: '' });
  }
  return {
    ...reading,
    state: 'partial',
    error: { ...positionOf(text, error.offset), message: error.message },
  };
}

function stateOf({
  entries,
  dropped,
  notices,
}: Pick<SectionReading, 'entries' | 'dropped' | 'notices'>): SectionReading['state'] {
  const isFlawless = dropped.length === 0 && notices.length === 0;
  if (entries.length === 0) return isFlawless ? 'empty' : 'lost';
  return isFlawless ? 'ok' : 'partial';
}
