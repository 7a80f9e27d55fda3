/** The values of one entry where they are written, and changes of them. Pure. */
import { contentEnd, type Splice } from '../../aws-auth/editing/layout';
import { isQuotable, quote } from '../../aws-auth/editing/quote';
import { pairInForce } from '../../aws-auth/editing/replace-values';
import { type LoadedPrincipal } from '../../aws-auth/reading/loaded';
import { type YamlNode } from '../../go-yaml/node';
import { type Fix, type Stretch } from '../finding';
import { type View } from '../view';
import { type WrittenEntry, type WrittenSection } from '../written';

/** An entry that the authenticator loads, with its section. */
export interface LoadedEntry {
  readonly place: WrittenSection;
  readonly text: string;
  readonly entry: WrittenEntry;
  readonly loaded: LoadedPrincipal;
}

/** Undefined for what is dropped or lost, and for a whole account. */
export function loadedEntryOf(place: WrittenSection, entry: WrittenEntry): LoadedEntry | undefined {
  const { loaded } = entry;
  if (loaded === undefined || loaded.section === 'mapAccounts') return undefined;
  return { place, text: place.seen.text, entry, loaded };
}

/** What rules look at, made once for all of them. */
export interface RuleView extends View {
  /**
   * Entries of mapRoles and mapUsers that are loaded and that no other one hides: what is wrong in a hidden one does
   * nothing. None in mode API, which reads none.
   */
  readonly visible: readonly LoadedEntry[];
  /** Only those that let their principal in. */
  readonly counting: readonly LoadedEntry[];
}

export function ruleViewOf(view: View): RuleView {
  const visible: LoadedEntry[] = [];
  const counting: LoadedEntry[] = [];
  for (const place of view.written.sections)
    for (const entry of place.entries) {
      const found = loadedEntryOf(place, entry);
      const known = view.standing.get(entry);
      if (found === undefined || known?.reason?.isReplaced) continue;
      if (known?.reason?.rule === 'ignored-in-mode-api') continue;
      visible.push(found);
      if (known?.standing !== 'not in force') counting.push(found);
    }
  return { ...view, visible, counting };
}

type Field = 'arn' | 'username' | 'groups';

/** Undefined where the entry has no such key, or has it by a merge key. */
export function valueOf({ entry, loaded }: LoadedEntry, field: Field): YamlNode | undefined {
  const { item } = entry;
  return item?.kind === 'mapping' ? pairInForce(item, field, loaded.section)?.[1] : undefined;
}

export function stretchOf({ entry, text }: LoadedEntry, node: YamlNode | undefined): Stretch {
  const { section } = entry;
  if (node === undefined) return { section, start: entry.start, end: entry.end };
  return { section, start: node.start, end: Math.max(node.start, contentEnd(text, node)) };
}

/** The value in quotes instead of the node; undefined where it cannot be quoted or is not written in the entry. */
export function rewritten(
  found: LoadedEntry,
  node: YamlNode | undefined,
  value: string,
  givesAccess: boolean,
): Fix | undefined {
  if (node === undefined || !isQuotable(value)) return undefined;
  return replaced(found, node, quote(value), givesAccess);
}

/** `text` instead of the node. */
export function replaced(
  found: LoadedEntry,
  node: YamlNode,
  text: string,
  givesAccess: boolean,
): Fix | undefined {
  const { start, end } = stretchOf(found, node);
  if (node.anchor !== undefined || node.kind === 'alias') return undefined;
  const splice: Splice = { start, end, text: start === end ? ` ${text}` : text };
  return { text, splices: [splice], givesAccess };
}

/** `["a", "b"]`; undefined where one of them cannot be quoted. */
export function flowList(values: readonly string[]): string | undefined {
  return values.every(isQuotable) ? `[${values.map(quote).join(', ')}]` : undefined;
}
