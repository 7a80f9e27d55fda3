/** The text of every stack event is in the runbook, with who has to act. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUPS, groupOf, inCode, withErrorIndex } from '../../../build/error-index';
import { errorTexts } from '../../../build/error-texts';

const root = join(__dirname, '../../..');
const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
const texts = errorTexts(root);

test('every text of an error is in the runbook (npm run generate)', () => {
  expect(texts.length).toBeGreaterThan(200);
  expect(texts.filter(({ text }) => !runbook.includes(inCode(text)))).toEqual([]);
  expect(withErrorIndex(runbook, texts) === runbook).toBe(true);
});

test('a text that is not there is missed', () => {
  const text = texts[0]?.text ?? '';
  expect(runbook.replace(inCode(text), '').includes(inCode(text))).toBe(false);
});

test('each text is in a group, and no group is empty', () => {
  const groups = texts.map(({ file }) => groupOf(file));
  expect(groups).not.toContain(undefined);
  expect(GROUPS.filter((group) => !groups.includes(group))).toEqual([]);
});

/** By which way each comes to its error. */
test.each([
  [
    'written at the error',
    'the event is older than CloudFormation waits for an answer (ServiceTimeout): nothing was changed',
  ],
  ['a constant', 'internal error in the provider: see its log; changing the template will not help'],
  [
    'the argument of a function that makes it',
    'RequestType is …: CloudFormation sends Create, Update or Delete',
  ],
  [
    'what a function returns',
    'a cluster name has letters, digits, - and _, and begins with a letter or digit, 100 characters at most',
  ],
  [
    'one branch of two',
    'it overrides whatever aws-auth says; remove it there, or set ExistingEntry to REPLACE',
  ],
  [
    'a property of what does not fit',
    "… is …, but access entries of type … must be of the cluster's own account …: use a role of that account",
  ],
  [
    'what an error of another class hands on',
    'CloudFormation no longer waits for this request: nothing was changed (…)',
  ],
  ['part of a longer one', 'write the name of the policy, or …'],
])('%s', (_, text) => {
  expect(texts.map((each) => each.text)).toContain(text);
});
