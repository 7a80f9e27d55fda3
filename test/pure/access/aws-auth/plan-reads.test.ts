/** How often a plan parses which text: each once, and after a conflict only what is new. */
import { type Section } from '../../../../access/aws-auth/identity-mapping';
import { type AwsAuth } from '../../../../access/aws-auth/intent';
import { planPut, planRemove } from './plan-alone';
import { parseSection } from '../../../../access/aws-auth/reading/parse-section';
import { SectionReader } from '../../../../access/aws-auth/reading/section-reader';
import {
  AFTER,
  after,
  ARN,
  BEFORE,
  DIFFERENT,
  given,
  MAPPING,
  OTHER,
  OURS,
  put,
  removing,
} from './aws-auth-given';

const USERS = '- userarn: arn:aws:iam::111122223333:user/zoe\n  username: &z zoe\n';
const ACCOUNTS = '- "999988887777"\n';
const OTHERS = { mapUsers: USERS, mapAccounts: ACCOUNTS };

/** A reader, and what it had to parse. */
function watched(): { readonly reader: SectionReader; readonly parsed: [Section, string | undefined][] } {
  const parsed: [Section, string | undefined][] = [];
  const reader = new SectionReader((section, text, known) => {
    parsed.push([section, text]);
    return parseSection(section, text, known);
  });
  return { reader, parsed };
}

const allOf = ({ data }: AwsAuth): [Section, string | undefined][] => [
  ['mapRoles', data['mapRoles']],
  ['mapUsers', data['mapUsers']],
  ['mapAccounts', data['mapAccounts']],
];

test.each<[string, AwsAuth]>([
  ['beside others', given(BEFORE + AFTER, undefined, OTHERS)],
  ['in brackets', given(`[{"rolearn": "a"}]`, undefined, OTHERS)],
  ['as the first of its section', given(undefined, undefined, OTHERS)],
  ['as the first of all', { data: {}, annotations: {} }],
])('an insertion %s parses the text before and the text after once each', (_, current) => {
  const { reader, parsed } = watched();
  const text = after(current, planPut(current, put(), reader)).data['mapRoles'];
  expect(text).not.toBe(current.data['mapRoles']);
  expect(parsed).toEqual([...allOf(current), ['mapRoles', text]]);
});

test('a replacement that keeps what was there parses the text before and the text after once each', () => {
  const { reader, parsed } = watched();
  const current = given(BEFORE + DIFFERENT + AFTER, { owner: OTHER }, OTHERS);
  const plan = planPut(current, put({ existingEntry: 'ADOPT' }), reader);
  expect(plan.adopted).toBe(true);
  expect(parsed).toEqual([...allOf(current), ['mapRoles', after(current, plan).data['mapRoles']]]);
});

test('a removal and a restoration parse the text before and the text after once each', () => {
  const found = given(BEFORE + DIFFERENT + AFTER, { owner: OTHER }, OTHERS);
  for (const existingEntry of ['ADOPT', 'REPLACE'] as const) {
    const current = after(found, planPut(found, put({ existingEntry })));
    const { reader, parsed } = watched();
    const left = after(current, planRemove(current, removing(), reader));
    const text = existingEntry === 'ADOPT' ? BEFORE + DIFFERENT + AFTER : BEFORE + AFTER;
    expect(left.data['mapRoles']).toBe(text);
    expect(parsed).toEqual([...allOf(current), ['mapRoles', text]]);
  }
});

test('a plan with nothing to write parses what is there and no more', () => {
  const { reader, parsed } = watched();
  const start = given(BEFORE, undefined, OTHERS);
  const current = after(start, planPut(start, put()));
  expect(planPut(current, put(), reader).write).toBeUndefined();
  expect(parsed).toEqual(allOf(current));
});

const duplicate = (username: string): string => `- rolearn: ${ARN}\n  username: ${username}\n`;

test('all duplicates go in one edit: the text before and the text after are parsed once each', () => {
  const current = given(
    duplicate('a') + BEFORE + duplicate('b') + AFTER + duplicate('c'),
    { owner: OURS },
    OTHERS,
  );
  const { reader, parsed } = watched();
  expect(after(current, planRemove(current, removing(), reader)).data['mapRoles']).toBe(BEFORE + AFTER);
  expect(parsed).toEqual([...allOf(current), ['mapRoles', BEFORE + AFTER]]);
});

test('two thousand duplicates are two texts to parse, like one', () => {
  const current = given(BEFORE + duplicate('a').repeat(2_000) + AFTER, { owner: OURS }, OTHERS);
  const { reader, parsed } = watched();
  expect(after(current, planRemove(current, removing(), reader)).data['mapRoles']).toBe(BEFORE + AFTER);
  expect(parsed).toEqual([...allOf(current), ['mapRoles', BEFORE + AFTER]]);
});

test('where duplicates cannot go together each removal starts from what the one before has parsed', () => {
  // A comment between two items in brackets is another tool's, and stays.
  const item = (username: string): string => `{rolearn: "${ARN}", username: ${username}}`;
  const zoe = '{rolearn: "arn:aws:iam::111122223333:role/zoe"}';
  const current = given(`[${item('a')}, # one\n ${item('b')}, ${zoe}]\n`, { owner: OURS }, OTHERS);
  const { reader, parsed } = watched();
  const text = after(current, planRemove(current, removing(), reader)).data['mapRoles'] ?? '';
  expect(text).toContain('# one');
  expect(text).not.toContain(ARN);
  expect(parsed).toEqual([
    ...allOf(current),
    ['mapRoles', `[${item('a')}, # one\n ${zoe}]\n`],
    ['mapRoles', text],
  ]);
});

test('a plan stops between two texts once its time is over', () => {
  const current = given(BEFORE + duplicate('a') + AFTER, { owner: OURS }, OTHERS);
  const over = new Error('over');
  let left = 3;
  const reader = new SectionReader(parseSection, () => {
    if (left === 0) throw over;
    left -= 1;
  });
  expect(() => planRemove(current, removing(), reader)).toThrow(over);
});

test('a try after a conflict parses only the text that is new, and the text after the edit', () => {
  const { reader, parsed } = watched();
  const first = given(BEFORE, undefined, OTHERS);
  planPut(first, put(), reader);
  parsed.length = 0;
  // Another writer was faster, in the section that this plan edits; then one in another.
  const second = given(BEFORE + AFTER, undefined, OTHERS);
  const written = after(second, planPut(second, put(), reader)).data['mapRoles'];
  expect(parsed).toEqual([
    ['mapRoles', BEFORE + AFTER],
    ['mapRoles', written],
  ]);
  parsed.length = 0;
  // It was ours that was written, with an answer that was lost: nothing is left to do, and nothing to parse but theirs.
  const third = given(written, { owner: OURS }, { ...OTHERS, mapUsers: `${USERS}# more\n` });
  expect(planPut(third, put({ mapping: MAPPING }), reader).write).toBeUndefined();
  expect(parsed).toEqual([['mapUsers', `${USERS}# more\n`]]);
});
