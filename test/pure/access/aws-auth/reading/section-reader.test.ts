/** What a reader takes over from the texts that it has read: time, and nothing else. */
import { parseSection, type ParsedSection } from '../../../../../access/aws-auth/reading/parse-section';
import { SectionReader } from '../../../../../access/aws-auth/reading/section-reader';

const entry = (index: number): string =>
  `- rolearn: arn:aws:iam::111122223333:role/role-${index}\n  username: user-number-${index}\n  groups:\n    - a-group-of-${index}\n`;

/** Of each parse its text and the text that it was read on from. */
function watched(): {
  readonly reader: SectionReader;
  readonly parses: [string | undefined, string | undefined][];
} {
  const parses: [string | undefined, string | undefined][] = [];
  const reader = new SectionReader((section, text, known): ParsedSection => {
    parses.push([text, known?.text]);
    return parseSection(section, text, known);
  });
  return { reader, parses };
}

test('texts that grow from one another are read whole', () => {
  const reader = new SectionReader();
  let text = entry(0) + entry(1);
  for (let index = 2; index < 40; index += 1) {
    text += entry(index);
    expect(reader.read('mapRoles', text).reading.entries).toHaveLength(index + 1);
  }
});

test('what is remembered of one section says nothing of another', () => {
  const reader = new SectionReader();
  const text = '- rolearn: a\n- userarn: b\n- rolearn: c\n- userarn: d\n';
  const arns = (section: 'mapRoles' | 'mapUsers', more = ''): string[] =>
    reader
      .read(section, text + more)
      .reading.entries.map((entry) => ('arn' in entry ? `${entry.section} ${entry.arn}` : ''));
  expect(arns('mapRoles')).toEqual(['mapRoles a', 'mapRoles c']);
  expect(arns('mapUsers')).toEqual(['mapUsers b', 'mapUsers d']);
  expect(arns('mapUsers', '- userarn: e\n')).toEqual(['mapUsers b', 'mapUsers d', 'mapUsers e']);
  const roles = entry(0) + entry(1);
  expect(reader.read('mapRoles', roles).reading.entries).toHaveLength(2);
  expect(reader.read('mapUsers', roles + entry(2)).reading.dropped).toHaveLength(3);
});

test.each([
  ['absent', undefined],
  ['empty', ''],
  ['a regular list', entry(0)],
  ['an irregular list', '- &a {rolearn: b}\n'],
  ['a regular list, long', Array.from({ length: 400 }, (_, index) => entry(index)).join('')],
  ['lost', '- ['],
])('the same text again is not parsed again: %s', (_, text) => {
  const { reader, parses } = watched();
  const first = reader.read('mapRoles', text);
  expect(reader.read('mapRoles', text)).toBe(first);
  expect(reader.read('mapUsers', text)).not.toBe(first);
  expect(parses).toEqual([
    [text, undefined],
    [text, undefined],
  ]);
});

test('another text is read on from the last one', () => {
  const { reader, parses } = watched();
  const texts = [entry(0), entry(0) + entry(1), entry(0) + entry(2)];
  for (const text of texts) reader.read('mapRoles', text);
  reader.read('mapUsers', texts[0]);
  expect(parses).toEqual([
    [texts[0], undefined],
    [texts[1], texts[0]],
    [texts[2], texts[1]],
    [texts[0], undefined],
  ]);
});

test('a long text is forgotten with its nodes: they weigh many times as much', () => {
  const { reader, parses } = watched();
  const text = '- &a {rolearn: b}\n'.repeat(1_000);
  for (let time = 0; time < 2; time += 1) {
    expect(reader.read('mapRoles', text).reading.entries).toHaveLength(1_000);
  }
  expect(parses).toEqual([
    [text, undefined],
    [text, undefined],
  ]);
});
