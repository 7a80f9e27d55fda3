/** Entries that are dropped alone, and keys that the authenticator does not know (GT-10 to GT-12, GT-19). */
import { closest } from '../../closest';
import { foldCase } from '../../aws-auth/reading/decode-entry';
import { type ScalarNode, type YamlNode } from '../../go-yaml/node';
import { type Fix } from '../finding';
import { ignoredPairs } from '../ignored-pairs';
import { listOf, whoOf } from '../who';
import { type View } from '../view';
import { type WrittenEntry, type WrittenSection } from '../written';
import { type Draft } from './draft';

type Reason = NonNullable<WrittenEntry['dropped']>;

const KNOWN = {
  mapRoles: ['rolearn', 'username', 'groups', 'userid', 'sso'],
  mapUsers: ['userarn', 'username', 'groups', 'userid'],
} as const;

export function* entryTextRules(view: View): Generator<Draft> {
  if (view.cluster.mode === 'API') return;
  for (const place of view.written.sections)
    for (const entry of place.entries) {
      if (entry.dropped !== undefined) yield dropped(place, entry, entry.dropped);
      else if (
        entry.loaded !== undefined &&
        !isPlain(place, entry) &&
        !view.standing.get(entry)?.reason?.isReplaced
      ) {
        yield* misspelt(place, entry);
        yield* twice(place, entry);
      }
    }
}

/** Most entries: each key is one that is known, as it is spelt, and there once. */
function isPlain({ section }: WrittenSection, { item }: WrittenEntry): boolean {
  if (section === 'mapAccounts' || item?.kind !== 'mapping') return true;
  const seen = new Set<string>();
  for (const [key] of item.pairs) {
    if (key.kind !== 'scalar' || !KNOWN[section].some((known) => known === key.value)) return false;
    seen.add(key.value);
  }
  return seen.size === item.pairs.length;
}

function dropped({ section, seen, parsed }: WrittenSection, entry: WrittenEntry, reason: Reason): Draft {
  const notice = parsed.reading.notices.find(
    ({ index, field }) => index === entry.index && field.endsWith('arn'),
  );
  const key = section === 'mapAccounts' ? undefined : meantKeys(section, entry.item)[0];
  const arn = section === 'mapUsers' ? 'userarn' : 'rolearn';
  const sentences = {
    'no-arn':
      notice === undefined
        ? `This entry has no ${arn}, so it is dropped.`
        : `This entry is dropped: ${arn} ${notice.problem.replace(/:.*/s, '')}.`,
    'arn-and-sso': 'This entry has both rolearn and sso, of which one is allowed, so it is dropped.',
    'bad-sso':
      'The sso matcher is dropped: accountID has 12 digits, permissionSetName at most 32 characters.',
    'not-a-mapping': 'This list item is dropped: an entry is keys and values, beginning with a dash.',
    'not-a-scalar': 'This list item is dropped: an account id is one word in quotes.',
  };
  const misspelling = reason === 'no-arn' ? key : undefined;
  return {
    rule: 'entry-invalid',
    entry,
    at: misspelling && stretchOfKey(section, misspelling.key),
    sentence:
      misspelling === undefined
        ? sentences[reason]
        : `This entry is dropped: ${misspelling.key.value} is not a key of ${section}, ${misspelling.meant} is.`,
    effect: `${entry.principal === '' ? 'It maps nobody' : `${whoOf(entry.principal)} cannot log in by it`}.`,
    fix: misspelling && renamed(seen.text, misspelling),
  };
}

function* misspelt({ section, seen }: WrittenSection, entry: WrittenEntry): Generator<Draft> {
  if (section === 'mapAccounts') return;
  for (const misspelling of meantKeys(section, entry.item)) {
    const { key, meant } = misspelling;
    yield {
      rule: 'entry-key-spelling',
      entry,
      at: stretchOfKey(section, key),
      sentence: `The authenticator does not know the key ${JSON.stringify(key.value)} and ignores it: write ${meant}.`,
      effect: `${whoOf(entry.principal)} logs in without what this line says.`,
      fix: renamed(seen.text, misspelling),
    };
  }
}

/** Two people, or two groups, in one entry. */
function* twice({ section }: WrittenSection, entry: WrittenEntry): Generator<Draft> {
  for (const field of ['arn', 'username', 'groups'] as const)
    for (const { key, value, counting } of ignoredPairs(entry, field))
      yield {
        rule: 'entry-key-twice',
        entry,
        at: { section, start: key.start, end: value.end },
        sentence: `This entry has ${counting.value} more than once, and this one does not count.`,
        effect:
          field === 'arn' && value.kind === 'scalar'
            ? `${whoOf(value.value)} cannot log in by it.`
            : `${whoOf(entry.principal)} logs in without ${wordsOf(value)}.`,
      };
}

/** `"dev"`, `"a" and "b"`; of what is neither a word nor a list nothing but that it is there. */
function wordsOf(value: YamlNode): string {
  const items = value.kind === 'sequence' ? [...value.items] : [value];
  const words = items.flatMap((each) =>
    each.kind === 'scalar' && each.value !== '' ? [JSON.stringify(each.value)] : [],
  );
  return words.length === 0 ? 'what it says' : listOf(words);
}

interface Misspelling {
  readonly key: ScalarNode;
  readonly meant: string;
}

/** Unknown keys next to a known one that the entry lacks. */
function meantKeys(section: 'mapRoles' | 'mapUsers', item: YamlNode | undefined): readonly Misspelling[] {
  if (item?.kind !== 'mapping') return [];
  const keys = item.pairs.flatMap(([key]) => (key.kind === 'scalar' ? [key] : []));
  const names = keys.map(({ value }) => foldCase(value));
  const missing = KNOWN[section].filter(
    (known) => !names.includes(known) && known !== 'userid' && known !== 'sso',
  );
  return keys.flatMap((key) => {
    const name = foldCase(key.value).replaceAll(/[_\s-]/g, '');
    if ((KNOWN[section] as readonly string[]).includes(foldCase(key.value))) return [];
    const other = section === 'mapRoles' && name === 'userarn' ? 'rolearn' : undefined;
    const meant =
      other ?? (name === 'rolearn' && section === 'mapUsers' ? 'userarn' : closest(name, missing));
    return meant !== undefined && missing.some((each) => each === meant) ? [{ key, meant }] : [];
  });
}

function stretchOfKey(section: 'mapRoles' | 'mapUsers' | 'mapAccounts', { start, end }: ScalarNode) {
  return { section, start, end };
}

function renamed(text: string, { key, meant }: Misspelling): Fix {
  const mark = /^["']/.exec(text.slice(key.content, key.end))?.[0] ?? '';
  const name = `${mark}${meant}${mark}`;
  return { text: name, splices: [{ start: key.content, end: key.end, text: name }], givesAccess: true };
}
