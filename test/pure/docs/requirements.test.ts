/** Every requirement of the protocol has a test that names it, or a reason why not, and the page says which. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelsOf, NOT_HELD, readRequirements, requirementsPage } from '../../../build/requirements-page';

const requirements = readRequirements();

test('all of them are stated', () => {
  const numbers = requirements.map(({ rule }) => Number(rule.replace('CR-', '')));
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
});

test('each has a test, or a reason', () => {
  const untested = requirements.filter(({ tests }) => tests.length === 0).map(({ rule }) => rule);
  expect(untested).toEqual(Object.keys(NOT_HELD));
});

test('the page is what they make: npm run generate', () => {
  const page = readFileSync(join(__dirname, '../../../docs/requirements.md'), 'utf8');
  expect(page).toBe(requirementsPage(requirements));
});

test('labels are read from names of tests and from the head of a file, and nowhere else', () => {
  const text = `/** What is held (CR-${'7'}). */
// CR-${'8'} in a comment
test('one thing (CR-${'2'}, CR-${'3'})', () => {});
test.each([['x (a)', 'CR-${'9'}']])(
  '%s: another (CR-${'4'})', () => {});
describe.each(modes)('mode %s (CR-${'5'})', () => {});
`;
  const found = labelsOf('test/x.test.ts', text).map(({ name, rules }) => [name, rules.join()]);
  expect(found).toEqual([
    ['What is held.', 'CR-7'],
    ['one thing', 'CR-2,CR-3'],
    ['%s: another', 'CR-4'],
    ['mode %s', 'CR-5'],
  ]);
});
