/** What people see of the sample document (test/fixtures/eks-access), at three widths. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksAccess, folderWith, root } from './program';

const cwd = folderWith();
const SESSION = 'arn:aws:sts::111122223333:assumed-role/dev/jane@example.com';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  list: ['list', 'aws-auth.yaml'],
  doctor: ['doctor', 'aws-auth.yaml'],
  'plan-migration': ['plan-migration', 'aws-auth.yaml'],
  'explain-session': ['explain', SESSION, 'aws-auth.yaml'],
  'explain-refused': ['explain', 'role/AWSReservedSSO_Admin_*', 'aws-auth.yaml'],
};

const golden = (name: string): string =>
  readFileSync(join(root, 'test/fixtures/eks-access', `${name}.txt`), 'utf8');

describe.each(Object.entries(COMMANDS))('%s', (name, words) => {
  test.each([60, 80, 120])('at %d columns', (width) => {
    const { stdout } = eksAccess(words, { cwd, env: { COLUMNS: String(width) } });
    expect(stdout).toBe(golden(`${name}-${width}`));
    expect(stdout.split('\n').filter((line) => line.length > width)).toEqual([]);
  });

  test('--plain, in which nothing is cut', () => {
    const { stdout } = eksAccess([...words, '--plain'], { cwd, env: { COLUMNS: '40' } });
    expect(stdout).toBe(golden(`${name}-plain`));
  });
});

test('where the locale has no UTF-8, the signs are ASCII and the lines as long', () => {
  const { stdout } = eksAccess(['list', 'aws-auth.yaml'], { cwd, env: { LANG: 'C' } });
  expect(stdout).toBe(golden('list-80').replaceAll('✗', 'x'));
});
