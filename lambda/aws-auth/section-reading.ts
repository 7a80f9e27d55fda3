/**
 * What aws-iam-authenticator loads from aws-auth, section by section: the rules of its `ParseMap` and `Validate`
 * (GT-1 to GT-20), found by reading and running it. Entries keep their place, so that an editor can find them.
 */
import { readYaml } from './go-yaml-reader';
import { type AwsAuthData, type Section } from './identity-mapping';
import { readAccounts, readPrincipals } from './list-reading';
import { type AwsAuthReading, type SectionReading } from './loaded';
import { placeOf } from './text-place';
import { type YamlDocument } from './yaml-node';
import { YamlError } from './yaml-source';

export function readAwsAuth(data: AwsAuthData): AwsAuthReading {
  const textOf = (section: Section): string | undefined =>
    Object.hasOwn(data, section) ? data[section] : undefined;
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
  for (const memory of recent) {
    const known = memory.deref();
    if (known?.section === section && known.text === text) return known.parsed;
  }
  const parsed = parse(section, text);
  recent.unshift(new WeakRef({ section, text, parsed }));
  recent.length = Math.min(recent.length, REMEMBERED);
  return parsed;
}

/**
 * An edit and its proof ask for the same few texts several times, and a text of 1 MiB takes its time. Readings never
 * change, so that handing out the same one twice cannot be told from reading twice. Weak, because the nodes of such a
 * text take many times its size.
 */
const REMEMBERED = 4;
const recent: WeakRef<{
  readonly section: Section;
  readonly text: string | undefined;
  readonly parsed: ParsedSection;
}>[] = [];

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
    return {
      reading: lost(json, 'a text that begins with "{" is read as a JSON object, and a list is wanted'),
    };
  }
  try {
    const document = readYaml(text);
    const { root } = document;
    if (root === undefined) return { document, reading: { ...nothing, state: 'empty' } };
    const reading = section === 'mapAccounts' ? readAccounts(root, text) : readPrincipals(section, root);
    return { document, reading };
  } catch (error) {
    if (error instanceof YamlError) return { reading: lost(error.offset, error.message) };
    throw error;
  }
}

// Go's unicode.IsSpace; JavaScript's \s differs by NEL and the byte order mark.
const GO_SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const LEADING_SPACE = new RegExp(`^${GO_SPACE}`);
const EMPTY_QUOTES = new RegExp(`^(?:\`\`|""|'')${GO_SPACE}$`);

function withoutLeadingSpace(text: string): string {
  return text.slice(LEADING_SPACE.exec(text)?.[0].length ?? 0);
}

/** GT-6: what `strings.TrimSpace` leaves of these is skipped without an error. */
function isSkipped(text: string): boolean {
  const rest = withoutLeadingSpace(text);
  return rest === '' || EMPTY_QUOTES.test(rest);
}

/** GT-8: where the object begins, or -1. */
function jsonObjectAt(text: string): number {
  const rest = withoutLeadingSpace(text);
  return rest.startsWith('{') ? text.length - rest.length : -1;
}
