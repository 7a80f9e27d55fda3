/**
 * Readings of the sections of aws-auth, the last few remembered. An edit and its proof ask for the same few texts
 * several times, a try after a conflict for nearly the same ones, and a text of 1 MiB takes its time. Readings never
 * change, so that handing out the same one twice cannot be told from reading twice.
 */
import { type AwsAuthData, type Section } from '../identity-mapping';
import { type AwsAuthReading, type SectionReading } from './loaded';
import { parseSection, type ParsedSection } from './parse-section';

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
  return recall(section, text).reading;
}

/** As `parseSection`. */
export function recall(section: Section, text: string | undefined): ParsedSection {
  let nearest: ParsedSection | undefined;
  for (const [place, memory] of recent.entries()) {
    const known = memory.deref();
    if (known?.section !== section) continue;
    if (known.text === text) {
      recent.unshift(...recent.splice(place, 1));
      return known.parsed;
    }
    nearest ??= known.parsed;
  }
  const memory = { section, text, parsed: parseSection(section, text, nearest) };
  recent.unshift(new WeakRef(memory));
  recent.length = Math.min(recent.length, REMEMBERED);
  kept[section] = isLight(memory.parsed) ? memory : undefined;
  return memory.parsed;
}

interface Memory {
  readonly section: Section;
  readonly text: string | undefined;
  readonly parsed: ParsedSection;
}

/** The last asked for comes first. Weak, because the nodes of five thousand entries weigh many times their text. */
const recent: WeakRef<Memory>[] = [];

/** The sections of one try: before an edit, and the one that changes also after it. */
const REMEMBERED = 4;

/** Of each section the last one read, so that it outlives a collection; only where no nodes hang on it. */
const kept: Partial<Record<Section, Memory | undefined>> = {};

function isLight({ document }: ParsedSection): boolean {
  return document?.root?.kind === 'sequence' && document.root.items.alike !== undefined;
}
