/** One look at a cluster on its way to access entries, and what a person has allowed. */
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { type ReadAwsAuth, type SeenAccessEntry } from '../../../../access/explain/seen-cluster';
import { planMigration } from '../../../../access/migration/plan';
import { MIGRATION_TAG } from '../../../../access/migration/steps/base';
import {
  type Approval,
  type RunMemory,
  type SeenMigration,
} from '../../../../access/migration/steps/seen-migration';
import { seenAwsAuth } from '../explain/seen';

export const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;
export const ADMIN = iam('role/Migrator');

export const line = (name: string, username = name, groups = '[a]'): string =>
  `- rolearn: ${iam(`role/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;

/** The access entry that gives what the line of this name gives. */
export const entry = (name: string, more: Partial<SeenAccessEntry> = {}): SeenAccessEntry => ({
  principalArn: iam(`role/${name}`),
  type: 'STANDARD',
  username: name,
  groups: ['a'],
  policies: [],
  ...more,
});

export const mapped = (...lines: readonly string[]): ReadAwsAuth => seenAwsAuth({ mapRoles: lines.join('') });

const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/team-b/0a1b2c3d';

/** aws-auth with the records of a stack that owns the lines of these roles. */
export const owned = (awsAuth: ReadAwsAuth, ...names: readonly string[]): ReadAwsAuth => {
  const records = Object.fromEntries(names.map((name) => [iam(`role/${name}`), { id: name }]));
  return {
    ...awsAuth,
    annotations: { [OWNERS_ANNOTATION]: JSON.stringify({ v: 1, stacks: { [STACK]: records } }) },
  };
};

/** In both modes, copied, proved, and with the caller's own access entry alone, unless told otherwise. */
export function looked({
  run = {},
  ...more
}: Partial<Omit<SeenMigration, 'run'>> & { readonly run?: Partial<RunMemory> } = {}): SeenMigration {
  const awsAuth = 'awsAuth' in more ? more.awsAuth : mapped(line('dev'));
  return {
    name: 'prod',
    mode: 'API_AND_CONFIG_MAP',
    status: 'ACTIVE',
    platform: { version: '1.34', platformVersion: 'eks.1', isOnOutpost: false },
    update: undefined,
    copy: awsAuth,
    entries: [entry('Migrator')],
    nodeRoles: [],
    roles: [],
    caller: ADMIN,
    ...more,
    awsAuth,
    run: { isProved: true, refused: new Map(), waitedMs: Infinity, now: 10_000, ...run },
  };
}

/** Of the plan for an aws-auth. */
export function digestOf(awsAuth: ReadAwsAuth | undefined): string {
  return planMigration({ mode: 'CONFIG_MAP', awsAuth: awsAuth ?? { state: 'absent' } }).digest;
}

/** What makes an access entry one of the run. */
export const ofRun = (awsAuth: ReadAwsAuth): Pick<SeenAccessEntry, 'tags'> => ({
  tags: { [MIGRATION_TAG]: digestOf(awsAuth) },
});

/** The plan of what is seen is approved. */
export function approved(
  { copy, awsAuth }: Pick<SeenMigration, 'copy' | 'awsAuth'>,
  more: Partial<Approval> = {},
): Approval {
  const plan = digestOf(copy ?? awsAuth);
  return { plan, api: undefined, bakeMs: undefined, patienceMs: 1_000, wants: {}, ...more };
}
