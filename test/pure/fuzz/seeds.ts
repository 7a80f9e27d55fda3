/** Sections that people really wrote, and those that were tried on the real authenticator. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECTIONS, type Section } from '../../../access/aws-auth/identity-mapping';
import { corpus, corpusData } from '../access/aws-auth/reading/corpus';

export interface SectionText {
  readonly section: Section;
  readonly text: string;
}

const FIXTURES = join(__dirname, '../../fixtures');
const VECTORS = ['authenticator-vectors', 'authenticator-extra-vectors', 'authenticator-dialect-vectors'];

/** Long ones would take the time of a thousand short ones. */
const MAX_LENGTH = 2_000;

export function seedTexts(): readonly SectionText[] {
  const found: SectionText[] = corpus.flatMap((file) => {
    const data = corpusData(file);
    return SECTIONS.flatMap((section) =>
      data[section] === undefined ? [] : [{ section, text: data[section] }],
    );
  });
  for (const name of VECTORS) {
    collect(JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')), found);
  }
  const known = new Set<string>();
  return found.filter(({ section, text }) => {
    const key = section + text;
    if (text.length > MAX_LENGTH || known.has(key)) return false;
    known.add(key);
    return true;
  });
}

/** Every string that is under the name of a section, and every `text` with its `section`. */
function collect(value: unknown, found: SectionText[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { section: name, text } = value as { readonly section?: unknown; readonly text?: unknown };
  const named = SECTIONS.find((section) => section === name);
  if (named !== undefined && typeof text === 'string') found.push({ section: named, text });
  for (const [key, item] of Object.entries(value)) {
    const section = SECTIONS.find((known) => known === key);
    if (section !== undefined && typeof item === 'string') found.push({ section, text: item });
    else collect(item, found);
  }
}
