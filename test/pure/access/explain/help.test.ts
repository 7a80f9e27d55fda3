/** Help: for every rule, complete, and its right text is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpPage } from '../../../../build/help-page';
import { HELP, helpFor } from '../../../../access/explain/help/help';
import { findingsOf } from '../../../../access/explain/findings';
import { LEVELS } from '../../../../access/explain/rules/levels';
import { seenAwsAuth } from './seen';

test('every rule has help, and help is about rules alone', () => {
  expect(Object.keys(HELP).sort()).toEqual(Object.keys(LEVELS).sort());
});

test.each(Object.entries(HELP))(
  '%s is said in sentences, with its source',
  (_, { problem, right, why, source }) => {
    expect(problem).toMatch(/^\S.*[.`]$/s);
    expect(why).toMatch(/^\S.*\.$/s);
    expect(right).not.toBe('');
    expect(source).toMatch(/^(GT-\d+|https:\/\/)/);
  },
);

test.each(Object.entries(HELP).filter(([, { right }]) => right.startsWith('- rolearn:')))(
  'the entry that help for %s writes has no error',
  (_, { right }) => {
    const findings = findingsOf({ awsAuth: seenAwsAuth({ mapRoles: `${right}\n` }) });
    expect(findings).toEqual([]);
  },
);

test('a rule is found by its name, and by nearly its name', () => {
  expect(helpFor('role-arn-path')).toMatchObject({ rule: 'role-arn-path', help: { source: 'GT-30, GT-75' } });
  expect(helpFor('role-arn-paths')).toEqual({ meant: 'role-arn-path' });
  expect(helpFor('constructor')).toEqual({ meant: undefined });
});

test('docs/eks-access-rules.md says the same (npm run generate)', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/eks-access-rules.md'), 'utf8');
  expect(page).toBe(helpPage());
  expect(Object.keys(HELP).filter((rule) => !page.includes(`\n## ${rule}\n`))).toEqual([]);
});
