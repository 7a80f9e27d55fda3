/** A move as it is told before anything is done: every step in words, and how it ends. */
import { foresee } from '../../../../access/migration/steps/foresee';
import { nextStep } from '../../../../access/migration/steps/next-step';
import { type SeenMigration } from '../../../../access/migration/steps/seen-migration';
import { tellStep } from '../../../../access/migration/steps/tell-step';
import { nextUndoStep } from '../../../../access/migration/steps/undo';
import { approved, digestOf, entry, iam, line, looked, mapped, ofRun } from './looked';

const OWN = mapped(line('dev'));

function told(seen: SeenMigration, bakeMs?: number) {
  const { steps, end } = foresee(seen, (now) => nextStep(now, approved(seen, { bakeMs })));
  return { steps: steps.map(tellStep), end };
}

test('from aws-auth alone to access entries alone', () => {
  const before = looked({
    mode: 'CONFIG_MAP',
    copy: undefined,
    entries: undefined,
    caller: iam('role/dev'),
    update: { id: 'u-1', type: 'VersionUpdate', status: 'InProgress', why: '' },
    nodeRoles: [
      { arn: iam('role/node'), nodeGroup: 'general' },
      { arn: iam('role/auto'), nodeGroup: 'auto', type: 'EC2' },
    ],
    run: { waitedMs: 0, isProved: false },
  });
  expect(told(before, 60_000)).toEqual({
    steps: [
      `copy aws-auth to ConfigMap kube-system/aws-auth.before-${digestOf(OWN)}`,
      'wait: EKS makes the update u-1 (VersionUpdate)',
      'change the mode to API_AND_CONFIG_MAP, which reads aws-auth as before; there is no way back',
      'make the access entry of role/dev: user name "dev", groups a',
      'log in with a new token, to prove that you get in',
      'wait until 1970-01-01T00:01:10.000Z, when the newest access entry is old enough',
      'take role/dev out of aws-auth',
    ],
    end: {
      do: 'done',
      why: 'Everybody who could be moved gets into prod by an access entry.',
      left: [],
      apiDigest: digestOf(mapped()),
    },
  });
});

test('who is in no line of aws-auth made the cluster, and gets an access entry from EKS', () => {
  const before = looked({ mode: 'CONFIG_MAP', entries: undefined });
  expect(told(before).steps).toEqual([
    'change the mode to API_AND_CONFIG_MAP, which reads aws-auth as before; there is no way back',
    'log in with a new token, to prove that you get in',
    'make the access entry of role/dev: user name "dev", groups a',
  ]);
});

test('an access entry that a run has not finished', () => {
  const awsAuth = mapped(line('dev', 'dev', '[system:masters, a]'));
  const before = looked({ awsAuth, entries: [entry('Migrator'), entry('dev', ofRun(awsAuth))] });
  expect(told(before)).toMatchObject({
    steps: ['finish the access entry of role/dev'],
    end: { do: 'go-ahead' },
  });
});

test('and the way back', () => {
  const before = looked({
    awsAuth: mapped(),
    copy: OWN,
    entries: [entry('Migrator'), entry('dev', ofRun(OWN))],
    run: { isProved: false },
  });
  const { steps, end } = foresee(before, (now) => nextUndoStep(now, digestOf(OWN)));
  expect(steps.map(tellStep)).toEqual([
    'put role/dev back into aws-auth',
    'delete the access entry of role/dev',
    'log in with a new token, to prove that you get in',
  ]);
  expect(end).toMatchObject({ do: 'done', left: [] });
});

test('steps that never end are not told for ever', () => {
  expect(foresee(looked(), () => ({ do: 'prove' })).end).toEqual({
    do: 'stop',
    why: 'There are too many steps to tell.',
    left: [],
  });
});
