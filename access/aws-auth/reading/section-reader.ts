/**
 * The sections of aws-auth, each text parsed once. A try after a conflict meets nearly the same texts: a section that
 * has not changed is not parsed again, and one that has is read on from where it differs.
 */
import { type AwsAuthData, type Section } from '../identity-mapping';
import { type AwsAuthReading, type SectionReading } from './loaded';
import { parseSection, type ParsedSection } from './parse-section';

/** `data` of the ConfigMap with what was parsed of it. */
export interface ParsedAwsAuth {
  readonly data: AwsAuthData;
  readonly sections: Readonly<Record<Section, ParsedSection>>;
}

/** Made once for each invocation. Remembers of each section the last text that it has read. */
export class SectionReader {
  private readonly last: Partial<Record<Section, ParsedSection | undefined>> = {};

  /**
   * `parse` gives the same for the same text, whatever was known. `mayGoOn` is called before each parse, which is where
   * the time of a plan goes, and throws when that is over: no timer fires while a plan computes.
   */
  constructor(
    private readonly parse: typeof parseSection = parseSection,
    private readonly mayGoOn: () => void = () => undefined,
  ) {}

  /** As `parseSection`. */
  read(section: Section, text: string | undefined): ParsedSection {
    const known = this.last[section];
    if (known !== undefined && known.text === text) return known;
    this.mayGoOn();
    const parsed = this.parse(section, text, known);
    this.last[section] = isLight(parsed) ? parsed : undefined;
    return parsed;
  }

  readAll(data: AwsAuthData): ParsedAwsAuth {
    const read = (section: Section): ParsedSection =>
      this.read(section, Object.hasOwn(data, section) ? data[section] : undefined);
    return {
      data,
      sections: { mapRoles: read('mapRoles'), mapUsers: read('mapUsers'), mapAccounts: read('mapAccounts') },
    };
  }
}

export function readingOf({ sections }: ParsedAwsAuth): AwsAuthReading {
  return {
    mapRoles: sections.mapRoles.reading,
    mapUsers: sections.mapUsers.reading,
    mapAccounts: sections.mapAccounts.reading,
  };
}

export function readAwsAuth(data: AwsAuthData): AwsAuthReading {
  return readingOf(new SectionReader().readAll(data));
}

export function readSection(section: Section, text: string | undefined): SectionReading {
  return parseSection(section, text).reading;
}

/**
 * In UTF-16 units. The nodes of a text weigh many times as much as the text: those of a long one would fill the
 * memory of the function while it waits for its next try.
 */
const SHORT_TEXT = 16_384;

/** Worth remembering: no nodes, nodes that are made when they are asked for, or few. */
function isLight({ text = '', document }: ParsedSection): boolean {
  const root = document?.root;
  if (root === undefined || text.length <= SHORT_TEXT) return true;
  return root.kind === 'sequence' && root.items.alike !== undefined;
}
