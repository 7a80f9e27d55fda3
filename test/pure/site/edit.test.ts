/** What the Edit tab shows is what the function would write: the same bytes, for every document and mapping. */
import { ProviderError } from '../../../access/errors';
import { readDocument } from '../../../access/explain/document/read-document';
import { fixOne } from '../../../access/explain/seen-document';
import { editData, editDocument } from '../../../site/model/edit';
import { type EditForm, editRequest } from '../../../site/model/edit-request';
import { planPut, planRemove } from '../access/aws-auth/plan-alone';
import { corpus, corpusData } from '../access/aws-auth/reading/corpus';
import { SAMPLE } from '../access/explain/sample';
import { documents, pageOf } from './seen';

const OWNER = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/guid', logicalId: 'Entry' };
const put = (form: Partial<EditForm>): EditForm => ({
  intent: 'put',
  principal: 'arn:aws:iam::111122223333:role/dev',
  userName: 'dev:{{SessionName}}',
  groups: 'team-c',
  ...form,
});
const FORMS: readonly EditForm[] = [
  put({}),
  put({ principal: 'arn:aws:iam::111122223333:role/team/new', userName: '', groups: '' }),
  put({ principal: 'arn:aws:iam::111122223333:user/alice', groups: 'a, b' }),
  put({ principal: '444455556666' }),
];

/** The outcome, or the code of the refusal. */
function outcome<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProviderError) return error.message;
    throw error;
  }
}

function byFunction(file: string, form: EditForm) {
  const data = corpusData(file);
  const { key, mapping } = editRequest(form);
  if (mapping === undefined) throw new Error('a put has a mapping');
  const intent = { key, mapping, owner: OWNER, existingEntry: 'REPLACE', isNew: true } as const;
  return outcome(() => planPut({ data, annotations: {} }, intent).write?.data ?? data);
}

const cases = corpus.flatMap((file) => FORMS.map((form, index) => [file, index, form] as const));

test.each(cases)('%s, mapping %d: as the function', (file, _, form) => {
  expect(outcome(() => editData(corpusData(file), editRequest(form)))).toEqual(byFunction(file, form));
});

test('most of them are edits, and not refusals', () => {
  const edits = cases.filter(([file, , form]) => typeof byFunction(file, form) !== 'string');
  expect(edits.length).toBeGreaterThan(cases.length / 2);
});

const principals = documents.flatMap(([file, text]) =>
  (pageOf(text).read?.identities ?? [])
    .filter(({ principal }) => /^arn:aws:iam::\d{12}:(?:role|user)\/[\w-]+$/.test(principal))
    .map(({ principal }) => [file, principal] as const),
);

test.each(principals)('%s: what removes %s is what the function writes', (file, principal) => {
  const data = corpusData(file);
  const request = editRequest(put({ intent: 'remove', principal }));
  const intent = { key: request.key, owner: OWNER, isReplaced: true } as const;
  const plan = outcome(() => planRemove({ data, annotations: {} }, intent));
  if (typeof plan !== 'string' && !plan.removed) return;
  const byFunction = typeof plan === 'string' ? plan : plan.write?.data;
  expect(outcome(() => editData(data, request))).toEqual(byFunction);
});

test('the document gets the new section, and no other byte changes', () => {
  const result = editDocument(SAMPLE, put({}));
  expect(result).toMatchObject({
    kind: 'edited',
    sentence:
      'role/dev: "dev-b:{{SessionName}}" with team-b → "dev:{{SessionName}}" with team-c; nobody else changes.',
    after: SAMPLE.replace(
      'rolearn: arn:aws:iam::111122223333:role/DEV\n      username: dev-b:{{SessionName}}\n      groups: [team-b]',
      'rolearn: "arn:aws:iam::111122223333:role/dev"\n      username: "dev:{{SessionName}}"\n      groups: ["team-c"]',
    ),
  });
  if (result.kind !== 'edited') return;
  const again = editDocument(result.after, put({}));
  expect(again).toEqual({ kind: 'unchanged', sentence: 'Nothing to write: aws-auth says so already.' });
  expect(readDocument(result.after).kind).toBe('aws-auth');
});

test.each<readonly [string, Partial<EditForm>, RegExp]>([
  ['no principal', { principal: ' ' }, /the principal is missing/],
  ['a wildcard', { principal: 'arn:aws:iam::111122223333:role/*' }, /wildcards never match/],
  [
    'a section that does not parse',
    { principal: 'arn:aws:iam::111122223333:user/new' },
    /fix mapUsers by hand/,
  ],
])('%s is refused with the reason', (_, form, why) => {
  expect(editDocument(SAMPLE, put(form))).toEqual({
    kind: 'refused',
    why: expect.stringMatching(why) as string,
  });
});

test('a section that the document has not is shown apart, to copy', () => {
  const text =
    'data:\n  mapRoles: |\n    - rolearn: arn:aws:iam::111122223333:role/dev\n      username: dev\n';
  expect(editDocument(text, put({ principal: '444455556666' }))).toMatchObject({
    kind: 'apart',
    section: 'mapAccounts',
    after: '- "444455556666"\n',
  });
});

test.each([...documents, ['the sample', SAMPLE] as const])(
  '%s: one fix takes its own finding and no other byte',
  (_, text) => {
    for (const finding of pageOf(text).read?.findings ?? []) {
      if (finding.fix === undefined) continue;
      const fixed = fixOne(text, finding);
      if ('refused' in fixed) continue;
      expect(fixed.applied).toEqual([finding]);
      expect(fixed.text).not.toBe(text);
      const left = pageOf(fixed.text).read?.findings ?? [];
      const same = ({ rule, span, principal }: typeof finding) =>
        rule === finding.rule && span?.start === finding.span?.start && principal === finding.principal;
      if (finding.rule !== 'duplicate-shadowed' && finding.rule !== 'section-unparsable')
        expect(left.filter(same)).toEqual([]);
    }
  },
);
