import fc from 'fast-check';
import { type LoadedMapping, readSection } from '../../../../../access/aws-auth/reading/login';
import {
  DocumentError,
  entryText,
  insertEntry,
  removeEntry,
  replaceEntry,
  restoreEntry,
} from './edited-text';
import {
  type IdentityMapping,
  type Section,
  SECTIONS,
} from '../../../../../access/aws-auth/identity-mapping';
import { corpus, corpusData } from '../reading/corpus';

/** Mutation testing runs these laws a thousand times over (docs/mutation.md). */
const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 500 : 50;

const added = (section: Section): IdentityMapping =>
  section === 'mapAccounts'
    ? { section, accountId: '012345678901' }
    : {
        section,
        arn: 'arn:aws:iam::111122223333:role/new',
        username: 'quote " back \\ 😀',
        groups: ['yes', 'a: b'],
      };

/** Only what a mapping can say. */
function asMapping(entry: LoadedMapping): IdentityMapping | undefined {
  if (entry.section === 'mapAccounts') return { section: entry.section, accountId: entry.accountId };
  const { section, arn, username, groups, sso } = entry;
  return sso === undefined ? { section, arn, username, groups } : undefined;
}

/** The laws, for a text that can be read and edited. */
function expectLaws(section: Section, text: string): void {
  const before = readSection(section, text);
  const mapping = added(section);
  const count = before.entries.length + before.dropped.length;
  const inserted = insertEntry(section, text, mapping);
  expect(readSection(section, inserted).entries).toEqual([
    ...before.entries,
    expect.objectContaining({ ...mapping, index: count }),
  ]);
  if (count > 0) expect(removeEntry(section, inserted, count)).toBe(text);

  for (const entry of before.entries) {
    const raw = entryText(section, text, entry.index);
    expect(restoreEntry(section, text, entry.index, raw)).toBe(text);

    const replaced = replaceEntry(section, text, entry.index, mapping);
    expect(replaceEntry(section, replaced, entry.index, mapping)).toBe(replaced);
    expect(readSection(section, restoreEntry(section, replaced, entry.index, raw)).entries).toEqual(
      before.entries,
    );
    const others = before.entries.filter(({ index }) => index !== entry.index);
    const stay = readSection(section, replaced).entries.filter(({ index }) => index !== entry.index);
    expect(stay).toEqual(others);

    const own = asMapping(entry);
    const isFlawless = before.notices.every(({ index }) => index !== entry.index);
    if (own !== undefined && isFlawless) expect(replaceEntry(section, text, entry.index, own)).toBe(text);

    const removed = removeEntry(section, text, entry.index);
    const withoutIndex = ({ index: _, ...rest }: LoadedMapping) => rest;
    expect(readSection(section, removed).entries.map(withoutIndex)).toEqual(others.map(withoutIndex));
    expect(commentsOutside(removed)).toEqual(expect.arrayContaining(commentsBetweenEntries(section, text)));
  }
}

/** Comments at the left margin: they belong to no entry, so none may get lost. */
function commentsOutside(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('#'));
}

function commentsBetweenEntries(section: Section, text: string): string[] {
  const inside = readSection(section, text).entries.map(({ index }) => entryText(section, text, index));
  return commentsOutside(text).filter((comment) => !inside.some((entry) => entry.includes(comment)));
}

const sections = corpus.flatMap((file) => {
  const data = corpusData(file);
  return SECTIONS.flatMap((section) =>
    data[section] === undefined ? [] : [[file, section, data[section]] as const],
  );
});

describe('on real documents', () => {
  const readable = sections.filter(([, section, text]) => readSection(section, text).error === undefined);
  const broken = sections.filter(([, section, text]) => readSection(section, text).error !== undefined);

  test.each(readable)('%s %s', (_, section, text) => {
    expectLaws(section, text);
  });

  test.each(readable)('%s %s, with CRLF and without a final line break', (_, section, text) => {
    expectLaws(section, text.replace(/\r?\n/g, '\r\n'));
    expectLaws(section, text.replace(/\s*$/, ''));
  });

  test.each(broken)('%s %s is broken and stays as it is', (_, section, text) => {
    expect(() => insertEntry(section, text, added(section))).toThrow(DocumentError);
  });
});

/** Documents in every style, entry by entry. */
const scalar = fc.constantFrom(
  'plain',
  '"quo ted"',
  "'it''s'",
  'a:b',
  '>-\n@folded\n@text',
  '|\n@literal',
  '',
);
const groups = fc.constantFrom(
  '[]',
  '[a, "b"]',
  '\n@- a\n@- b # c',
  '\n@# c\n@- a',
  '\n@  - a\n@  - b',
  '[\n@  a, # c\n@  b]',
);
const blockEntry = fc.record({
  keys: fc.shuffledSubarray(['rolearn', 'username', 'groups', 'x-key', '"quoted"'], { minLength: 1 }),
  hasUpperCase: fc.boolean(),
  scalar,
  groups,
  comment: fc.constantFrom('', ' # c'),
  above: fc.constantFrom('', '#above', '\n', '  # indented'),
});
const documents = fc.record({
  entries: fc.array(blockEntry, { maxLength: 4 }),
  indent: fc.nat(3),
  gap: fc.constantFrom(' ', '   '),
  newline: fc.constantFrom('\n', '\r\n'),
  start: fc.constantFrom('', '# top', '---', '--- # top', '\n'),
  end: fc.constantFrom('', '# end', '...', '---\n- rolearn: ignored', '\n\n'),
  hasFinalBreak: fc.boolean(),
  hasMark: fc.boolean(),
});

const blockDocument = documents.map(
  ({ entries, indent, gap, newline, start, end, hasFinalBreak, hasMark }) => {
    const lines: string[] = start === '' ? [] : [start];
    for (const entry of entries) {
      if (entry.above !== '') lines.push(entry.above);
      const column = indent + 1 + gap.length;
      const body = [
        'rolearn: arn',
        ...entry.keys.map((key) => {
          const value = key === 'groups' ? entry.groups : entry.scalar;
          const comment = value.includes('\n') ? '' : entry.comment;
          return `${entry.hasUpperCase ? key.toUpperCase() : key}: ${value}${comment}`;
        }),
      ].join('\n');
      const indented = body
        .replaceAll('@', '  ')
        .split('\n')
        .join(`\n${' '.repeat(column)}`);
      lines.push(`${' '.repeat(indent)}-${gap}${indented}`);
    }
    if (end !== '') lines.push(end);
    const text = lines.join('\n') + (hasFinalBreak ? '\n' : '');
    return (hasMark ? '\ufeff' : '') + text.replaceAll('\n', newline);
  },
);

const flowDocument = fc
  .record({
    entries: fc.array(
      fc.record(
        {
          rolearn: fc.constant('r'),
          username: fc.string(),
          groups: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 2 }),
        },
        { requiredKeys: ['rolearn'] },
      ),
      { maxLength: 4 },
    ),
    space: fc.constantFrom(undefined, '\t', 2),
    around: fc.constantFrom('', '\n', ' # c\n'),
  })
  .map(({ entries, space, around }) => JSON.stringify(entries, undefined, space) + around)
  // JSON.stringify leaves alone what go-yaml does not read (GT-16).
  .filter((text) => !/\\u00[01]|[\x7f-\x9f\u2028\u2029]/.test(text));

test.each([
  '',
  ' \n',
  '# c\n',
  '# c',
  '---\n',
  '--- # c',
  '[]',
  '[ ]\n',
  '%YAML 1.1\n---\n',
  '---\n---\n- rolearn: x\n',
  '\ufeff',
])('what is put into %j and taken out leaves nothing', (text) => {
  expect(removeEntry('mapRoles', insertEntry('mapRoles', text, added('mapRoles')), 0)).toBe(text);
});

describe('on made-up documents', () => {
  test.each([
    ['block', blockDocument],
    ['JSON', flowDocument],
  ])('%s', (_, arbitrary) => {
    let edited = 0;
    fc.assert(
      fc.property(arbitrary, (text) => {
        if (readSection('mapRoles', text).error !== undefined) return;
        // After such an end nothing can be added without changing it: refused, see edit.test.ts.
        if (/\|\r?\n *literal$/.test(text)) return;
        edited += 1;
        expectLaws('mapRoles', text);
      }),
      { numRuns: RUNS },
    );
    expect(edited).toBeGreaterThan(RUNS * 0.6);
  });

  test('what is written is what is read, in every style', () => {
    const name = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/\p{Cc}|\p{Cs}|[\u2028\u2029]/u.test(text));
    const mappings = fc.record({
      section: fc.constant('mapRoles' as const),
      arn: name.filter((arn) => arn !== ''),
      username: name,
      groups: fc.array(name),
    });
    const styles = [
      '',
      '[]',
      '# c',
      '- rolearn: r\n  groups: [a]\n',
      '-\n  "rolearn": r\n',
      '[{"rolearn":"r"}]',
      '- {rolearn: r}\n',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...styles), mappings, (text, mapping) => {
        const { entries } = readSection('mapRoles', insertEntry('mapRoles', text, mapping));
        expect(entries[entries.length - 1]).toMatchObject(mapping);
      }),
      { numRuns: RUNS },
    );
  });

  test('random damage is either edited rightly or refused', () => {
    const marks = fc.constantFrom(
      '- ',
      '&a ',
      '*a',
      '|',
      '\t',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      ': ',
      '#',
      '---\n',
      '!!null',
      '\r',
      '\u0085',
      '\ufeff',
      '<<: *a',
    );
    const damage = fc.tuple(fc.nat(), marks, fc.nat(4));
    fc.assert(
      fc.property(
        fc.constantFrom(...sections),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        ([, section, text], damages) => {
          let damaged = text;
          for (const [at, mark, cut] of damages) {
            const offset = at % (damaged.length + 1);
            damaged = damaged.slice(0, offset) + mark + damaged.slice(offset + cut);
          }
          const before = readSection(section, damaged);
          let after: string;
          try {
            after = insertEntry(section, damaged, added(section));
          } catch (error) {
            expect(error).toBeInstanceOf(DocumentError);
            return;
          }
          expect(readSection(section, after).entries.slice(0, -1)).toEqual(before.entries);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
