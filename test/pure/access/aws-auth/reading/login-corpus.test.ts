import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  canonicalCallerArn,
  mappingInForce,
  readAwsAuth,
} from '../../../../../access/aws-auth/reading/login';
import { corpus, CORPUS, corpusData } from './corpus';

interface Effective {
  readonly file: string;
  readonly roles: readonly {
    readonly rolearn: string;
    readonly username: string;
    readonly groups: readonly string[] | null;
  }[];
  readonly users: readonly {
    readonly userarn: string;
    readonly username: string;
    readonly groups: readonly string[] | null;
  }[];
  readonly accounts: readonly string[];
  readonly errors: readonly string[];
  readonly effectiveRoleKeys: readonly string[];
  readonly neverMatchPathRoles: readonly string[];
}

const effective = JSON.parse(readFileSync(path.join(CORPUS, 'effective.json'), 'utf8')) as Effective[];

test('the corpus is complete', () => {
  expect(effective.map(({ file }) => file).sort()).toEqual([...corpus].sort());
  expect(corpus).toHaveLength(40);
});

test.each(effective.map((document) => [document.file, document] as const))('%s', (file, expected) => {
  const reading = readAwsAuth(corpusData(file));
  const principals = (section: 'mapRoles' | 'mapUsers') =>
    reading[section].entries.flatMap((entry) =>
      entry.section === 'mapAccounts'
        ? []
        : [{ arn: entry.arn, username: entry.username, groups: entry.groups }],
    );
  const wanted = (arn: string, username: string, groups: readonly string[] | null) => ({
    arn,
    username,
    groups: groups ?? [],
  });
  expect(principals('mapRoles')).toEqual(
    expected.roles.map((role) => wanted(role.rolearn, role.username, role.groups)),
  );
  expect(principals('mapUsers')).toEqual(
    expected.users.map((user) => wanted(user.userarn, user.username, user.groups)),
  );
  expect(
    reading.mapAccounts.entries.map((entry) => entry.section === 'mapAccounts' && entry.accountId),
  ).toEqual(expected.accounts);

  const withErrors = Object.values(reading)
    .filter(({ error, notices, dropped }) => error !== undefined || notices.length > 0 || dropped.length > 0)
    .map(({ section }) => section);
  expect(withErrors).toEqual(expected.errors.map((error) => error.split(':')[0]));

  for (const arn of expected.effectiveRoleKeys) {
    expect(mappingInForce(reading, arn)).toMatchObject({ section: 'mapRoles' });
  }
  for (const arn of expected.neverMatchPathRoles) {
    const [, account = '', name = ''] = /^arn:aws:iam::(\d+):role\/.*\/([^/]+)$/.exec(arn) ?? [];
    const caller = canonicalCallerArn(`arn:aws:sts::${account}:assumed-role/${name}/session`) ?? '';
    expect(mappingInForce(reading, caller)).toBeUndefined();
  }
});
