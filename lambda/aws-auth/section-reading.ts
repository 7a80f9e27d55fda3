/**
 * What aws-iam-authenticator loads from aws-auth, entry by entry: the rules of its `ParseMap` and `Validate`
 * (GT-1 to GT-20), found by reading and running it. Entries keep their place, so that an editor can find them.
 */
import { type SsoMatcher, decodeEntry, isValidSso } from './entry-decoding';
import { readYaml } from './go-yaml-reader';
import { resolveScalar } from './go-yaml-scalar';
import { DecodeBudget, decodeString, decodeValue } from './go-yaml-value';
import { type AwsAuthData, type Section } from './identity-mapping';
import { type TextPlace, placeOf } from './text-place';
import { YamlError } from './yaml-source';
import { type YamlDocument, type YamlNode } from './yaml-tree';

export interface LoadedPrincipal {
  readonly section: 'mapRoles' | 'mapUsers';
  /** Position in the YAML list, every item counted. */
  readonly index: number;
  /** Empty when `sso` is there. */
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly sso?: SsoMatcher;
}

export interface LoadedAccount {
  readonly section: 'mapAccounts';
  readonly index: number;
  readonly accountId: string;
}

export type LoadedMapping = LoadedPrincipal | LoadedAccount;

export interface DroppedEntry {
  readonly section: Section;
  readonly index: number;
  /** `not-a-mapping` for mapRoles and mapUsers, `not-a-scalar` for mapAccounts. */
  readonly reason: 'no-arn' | 'arn-and-sso' | 'bad-sso' | 'not-a-mapping' | 'not-a-scalar';
}

export interface Notice {
  readonly index: number;
  readonly field: string;
  /** Continues the field's name: `is a number, not a string: put it in quotes`. */
  readonly problem: string;
}

export interface TextError extends TextPlace {
  readonly message: string;
}

export interface SectionReading {
  readonly section: Section;
  /**
   * `absent`: no such key. `ok`: all entries load. `empty`: nothing in it, which is no error. `partial`: something
   * loads, something does not. `lost`: nothing loads because of an error.
   */
  readonly state: 'absent' | 'ok' | 'empty' | 'partial' | 'lost';
  /** In the order of the text, duplicates included. */
  readonly entries: readonly LoadedMapping[];
  readonly dropped: readonly DroppedEntry[];
  /** Why the text as a whole, or its rest, does not load. */
  readonly error?: TextError;
  /** Values of a wrong type, which read as empty (GT-13). */
  readonly notices: readonly Notice[];
}

export type AwsAuthReading = Readonly<Record<Section, SectionReading>>;

export function readAwsAuth(data: AwsAuthData): AwsAuthReading {
  const textOf = (section: Section): string | undefined => (Object.hasOwn(data, section) ? data[section] : undefined);
  return {
    mapRoles: readSection('mapRoles', textOf('mapRoles')),
    mapUsers: readSection('mapUsers', textOf('mapUsers')),
    mapAccounts: readSection('mapAccounts', textOf('mapAccounts')),
  };
}

export function readSection(section: Section, text: string | undefined): SectionReading {
  return parseSection(section, text).reading;
}

export interface ParsedSection {
  readonly reading: SectionReading;
  /** Undefined for what the authenticator skips or cannot parse. */
  readonly document?: YamlDocument;
}

/** The reading with the nodes it came from, for an editor. */
export function parseSection(section: Section, text: string | undefined): ParsedSection {
  const known = recent.find((candidate) => candidate.section === section && candidate.text === text);
  if (known !== undefined) return known.parsed;
  const parsed = parse(section, text);
  recent.unshift({ section, text, parsed });
  recent.length = Math.min(recent.length, REMEMBERED);
  return parsed;
}

/**
 * An edit and its proof ask for the same few texts several times, and a text of 1 MiB takes its time. Readings never
 * change, so that handing out the same one twice cannot be told from reading twice.
 */
const REMEMBERED = 4;
const recent: { readonly section: Section; readonly text: string | undefined; readonly parsed: ParsedSection }[] = [];

function parse(section: Section, text: string | undefined): ParsedSection {
  const nothing = { section, entries: [], dropped: [], notices: [] };
  if (text === undefined) return { reading: { ...nothing, state: 'absent' } };
  if (isSkipped(text)) return { reading: { ...nothing, state: 'empty' } };
  const lost = (offset: number, message: string): SectionReading => ({
    ...nothing,
    state: 'lost',
    error: { ...placeOf(text, offset), message },
  });
  const json = section === 'mapAccounts' ? -1 : jsonObjectAt(text);
  if (json >= 0) {
    return { reading: lost(json, 'a text that begins with "{" is read as a JSON object, and a list is wanted') };
  }
  try {
    const document = readYaml(text);
    const { root } = document;
    if (root === undefined) return { document, reading: { ...nothing, state: 'empty' } };
    const reading = section === 'mapAccounts' ? readAccounts(root, text) : readPrincipals(section, root, lost);
    return { document, reading };
  } catch (error) {
    if (error instanceof YamlError) return { reading: lost(error.offset, error.message) };
    throw error;
  }
}

/** GT-6: what `strings.TrimSpace` leaves of these is skipped without an error. */
function isSkipped(text: string): boolean {
  return ['', '``', '""', "''"].includes(text.replace(GO_SPACE_AROUND, ''));
}

// Go's unicode.IsSpace; JavaScript's \s differs by NEL and the byte order mark.
const GO_SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const GO_SPACE_AROUND = new RegExp(`^${GO_SPACE}+|(?<!${GO_SPACE})${GO_SPACE}+$`, 'g');
const JSON_OBJECT = new RegExp(`^${GO_SPACE}*\\{`);

/** GT-8. */
function jsonObjectAt(text: string): number {
  const match = JSON_OBJECT.exec(text);
  return match ? match[0].length - 1 : -1;
}

function readPrincipals(
  section: 'mapRoles' | 'mapUsers',
  root: YamlNode,
  lost: (offset: number, message: string) => SectionReading,
): SectionReading {
  const value = decodeValue(root);
  const reading = { section, entries: [] as LoadedPrincipal[], dropped: [] as DroppedEntry[], notices: [] as Notice[] };
  if (value.type === 'null') return { ...reading, state: 'empty' };
  if (value.type !== 'array') return lost(root.start, `${section} has to be a list of entries, each beginning with "-"`);
  const arnField = section === 'mapRoles' ? 'rolearn' : 'userarn';
  value.items.forEach((item, index) => {
    const { problems, ...entry } = decodeEntry(arnField, item);
    for (const problem of problems) reading.notices.push({ index, ...problem });
    const reason = item.type === 'object' ? whyDropped(entry) : 'not-a-mapping';
    if (reason === undefined) reading.entries.push({ section, index, ...entry });
    else reading.dropped.push({ section, index, reason });
  });
  return { ...reading, state: stateOf(reading) };
}

/** GT-19, GT-27. */
function whyDropped(entry: { readonly arn: string; readonly sso?: SsoMatcher }): DroppedEntry['reason'] | undefined {
  if (entry.sso === undefined) return entry.arn === '' ? 'no-arn' : undefined;
  if (entry.arn !== '') return 'arn-and-sso';
  return isValidSso(entry.sso) ? undefined : 'bad-sso';
}

/** GT-32, GT-33. */
function readAccounts(root: YamlNode, text: string): SectionReading {
  const section = 'mapAccounts';
  const entries: LoadedAccount[] = [];
  const dropped: DroppedEntry[] = [];
  const reading = { section, entries, dropped, notices: [] as Notice[] } as const;
  if (root.kind === 'scalar' && resolveScalar(root).type === 'null') return { ...reading, state: 'empty' };
  if (root.kind !== 'sequence') throw new YamlError('mapAccounts has to be a list of account ids', root.start);
  const budget = new DecodeBudget();
  budget.spend(root);
  budget.spend(root);
  try {
    root.items.forEach((item, index) => {
      const accountId = decodeAccount(item, budget);
      if (accountId === undefined) dropped.push({ section, index, reason: 'not-a-scalar' });
      else entries.push({ section, index, accountId });
    });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    // The Go slice has its full length by then: what was not reached is in it as empty strings.
    for (let index = entries.length; index < root.items.length; index += 1) {
      entries.push({ section, index, accountId: '' });
    }
    return { ...reading, state: 'partial', error: { ...placeOf(text, error.offset), message: error.message } };
  }
  return { ...reading, state: stateOf(reading) };
}

function decodeAccount(item: YamlNode, budget: DecodeBudget): string | undefined {
  budget.spend(item);
  if (item.kind === 'alias') return budget.follow(item, (target) => decodeAccount(target, budget));
  return item.kind === 'scalar' ? decodeString(item) : undefined;
}

function stateOf({ entries, dropped, notices }: Pick<SectionReading, 'entries' | 'dropped' | 'notices'>): SectionReading['state'] {
  const isFlawless = dropped.length === 0 && notices.length === 0;
  if (entries.length === 0) return isFlawless ? 'empty' : 'lost';
  return isFlawless ? 'ok' : 'partial';
}
