/** Entries for one principal beside each other (GT-21, GT-22, GT-25, GT-26). */
import { layoutOf } from '../../aws-auth/editing/layout';
import { likeliestRemoval } from '../../aws-auth/editing/remove';
import { type Fix } from '../finding';
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { type LoadedMapping, type LoadedPrincipal } from '../../aws-auth/reading/loaded';
import { whoOf } from '../who';
import { type View } from '../view';
import { ignoredFrom, listOf, type WrittenEntry, type WrittenSection } from '../written';
import { type Draft } from './draft';
import { type LoadedEntry, loadedEntryOf, stretchOf, valueOf } from './values';

export function* duplicateRules(view: View): Generator<Draft> {
  for (const place of view.written.sections)
    for (const entry of place.entries) {
      const found = loadedEntryOf(place, entry);
      if (found === undefined) continue;
      const { standing, by } = view.standing.get(entry) ?? {};
      if (standing === 'at random') yield atRandom(view, found);
      if (by !== undefined && isDifferent(found.loaded, by.loaded)) yield shadowed(view, found, by);
    }
}

/** Where both say the same, nobody misses anything. */
function isDifferent(a: LoadedPrincipal, b: LoadedMapping | undefined): boolean {
  if (b === undefined || b.section === 'mapAccounts') return false;
  return a.username !== b.username || [...a.groups].sort().join('\n') !== [...b.groups].sort().join('\n');
}

function shadowed(view: View, found: LoadedEntry, by: WrittenEntry): Draft {
  const { entry } = found;
  const line = view.lineOf(by);
  const isSameSection = entry.section === by.section;
  const losesNodes = isNodeMapping(found.loaded) && by.loaded !== undefined && !isNodeMapping(by.loaded);
  return {
    rule: 'duplicate-shadowed',
    entry,
    at: stretchOf(found, valueOf(found, 'arn')),
    sentence: `${whoOf(entry.principal)} is mapped again on line ${line}; ${isSameSection ? 'the last one wins' : `${by.section} is looked up before ${entry.section}`}, groups are not added up.`,
    effect: losesNodes
      ? `Its nodes do not become ready: they log in as line ${line} says. People need a role of their own.`
      : `${whoOf(by.principal)} logs in as line ${line} says. To tell people apart, write {{SessionName}} in one user name.`,
    fix: losesNodes || isAllThatIsRead(found.place) ? undefined : removed(found.place, entry),
  };
}

/** Without its only entry the authenticator would read what is ignored after it, and let in those whom that names. */
function isAllThatIsRead({ parsed }: WrittenSection): boolean {
  return listOf(parsed)?.items.length === 1 && ignoredFrom(parsed) !== undefined;
}

/** The entry with its lines; the duplicate that counts stays. */
export function removed({ parsed }: WrittenSection, { index }: WrittenEntry): Fix {
  const splice = likeliestRemoval(layoutOf(parsed), index);
  return { text: '', splices: [splice], givesAccess: false };
}

function atRandom(view: View, found: LoadedEntry): Draft {
  const { entry } = found;
  const others = found.place.entries
    .filter((other) => other !== entry && other.principal.toLowerCase() === entry.principal.toLowerCase())
    .map((other) => view.lineOf(other));
  return {
    rule: 'user-case-duplicates',
    entry,
    at: stretchOf(found, valueOf(found, 'arn')),
    sentence: `${whoOf(entry.principal)} is mapped in other letter case on line ${others.join(', ')}: either counts, at random at each login.`,
    effect: 'The user changes user name and groups from one request to the next: keep one of the entries.',
  };
}
