/**
 * What aws-iam-authenticator loads from one section of aws-auth: the rules of its `ParseMap` and `Validate` (GT-1 to
 * GT-20), found by reading and running it. Entries keep their index, so that an editor can find them. Pure.
 */
import { readYaml } from '../../go-yaml/read';
import { type Section } from '../identity-mapping';
import { readAccounts, readPrincipals } from './load-list';
import { type SectionReading } from './loaded';
import { positionOf } from './position';
import { type YamlDocument } from '../../go-yaml/node';
import { YamlError } from '../../go-yaml/read';

export interface ParsedSection {
  /** As it is in the ConfigMap; undefined where that has no such key. */
  readonly text: string | undefined;
  readonly reading: SectionReading;
  /** Undefined for what the authenticator skips or cannot parse. */
  readonly document?: YamlDocument | undefined;
}

/**
 * The reading with the nodes it came from, for an editor. `known`: any other text of the same section that was parsed
 * before; what both begin with is not parsed again, and the result is the same.
 */
export function parseSection(
  section: Section,
  text: string | undefined,
  known?: ParsedSection,
): ParsedSection {
  return { text, ...parseText(section, text, known) };
}

function parseText(
  section: Section,
  text: string | undefined,
  known: ParsedSection | undefined,
): Omit<ParsedSection, 'text'> {
  const nothing = { section, entries: [], dropped: [], notices: [] };
  if (text === undefined) return { reading: { ...nothing, state: 'absent' } };
  if (isSkipped(text)) return { reading: { ...nothing, state: 'empty' } };
  const lost = (offset: number, message: string): SectionReading => ({
    ...nothing,
    state: 'lost',
    error: { ...positionOf(text, offset), message },
  });
  const json = section === 'mapAccounts' ? -1 : jsonObjectAt(text);
  if (json >= 0) {
    return {
      reading: lost(json, 'a text that begins with "{" is read as a JSON object, and a list is wanted'),
    };
  }
  try {
    const knownRoot = known?.document?.root;
    const document = readYaml(text, knownRoot?.kind === 'sequence' ? knownRoot : undefined);
    const { root } = document;
    if (root === undefined) return { document, reading: { ...nothing, state: 'empty' } };
    const loaded = known?.reading.state === 'ok' ? known.reading.entries : [];
    const reading =
      section === 'mapAccounts' ? readAccounts(root, text) : readPrincipals(section, root, loaded);
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
  return text.replace(LEADING_SPACE, '');
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
