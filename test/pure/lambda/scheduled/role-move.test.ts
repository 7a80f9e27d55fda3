/** A mapping whose permission set has another role now: what is put, taken out, taken back and said. */
import { ProviderError } from '../../../../access/errors';
import { LateEvent } from '../../../../access/late-event';
import { parsePrincipalArn } from '../../../../access/principal';
import { type StackResource } from '../../../../access/stacks';
import { type OwnershipQuestions } from '../../../../access/surroundings';
import { type Former, moveToRole } from '../../../../lambda/scheduled/role-move';
import { type Run } from '../../../../lambda/scheduled/run';
import { ACCOUNT, role } from '../../access/desired';
import { clusterNamed, provider } from './simulated-account';
import { simulatedTime } from './simulated-time';

const owner = { stackId: 'stack', logicalId: 'A' };
const set = { name: 'Admin', partition: 'aws', accountId: ACCOUNT };
const TO = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
const ID = `role|prod|arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Admin_*`;
const resource = (status: string, physicalId = ID): StackResource => ({ state: 'known', status, physicalId });
const LIVE = resource('UPDATE_COMPLETE');
const GONE: StackResource = { state: 'gone', detail: 'no such stack' };

interface Given {
  readonly moves?: boolean;
  /** What CloudFormation says before, and after; the second default is the first. */
  readonly says?: readonly StackResource[];
  readonly failsWith?: Error;
  readonly unsupported?: string;
  readonly place?: 'API' | 'CONFIG_MAP';
  readonly mode?: 'CONFIG_MAP' | 'API_AND_CONFIG_MAP';
}

async function moved({ moves = true, says = [LIVE], failsWith, unsupported, ...given }: Given) {
  const { place = 'CONFIG_MAP', mode = 'CONFIG_MAP' } = given;
  const did: string[] = [];
  const logged: string[] = [];
  let asked = 0;
  let questions: OwnershipQuestions | undefined;
  const run = {
    deadline: simulatedTime(60_000),
    log: (level: string, message: string, { reason }: { reason?: string }) =>
      void logged.push(`${level} ${message}${reason === undefined ? '' : `: ${reason}`}`),
    guardrails: {},
    provider,
    requestId: 'run',
    moves,
    edges: () => ({
      stacks: { resource: async () => says[Math.min(asked++, says.length - 1)] },
      accessEntries: { read: async () => undefined },
      configMap: () => ({ read: async () => undefined }),
    }),
  } as unknown as Run;
  const backEnd = {
    place,
    translate: () =>
      unsupported === undefined
        ? { target: {}, effective: { userName: 'ann', groups: [], policies: [], accessEntryArn: '' } }
        : { unsupported },
    put: async (request: { key: string; ownership: OwnershipQuestions; facts: { arn?: string } }) => {
      if (failsWith) throw failsWith;
      questions = request.ownership;
      did.push(`put ${request.key} ${request.facts.arn ?? ''}`);
      return { undo: async () => void did.push('undo') };
    },
  };
  await moveToRole(run, clusterNamed('prod', mode), {
    key: 'former',
    record: { owner, at: 7 },
    facts: { set: 'Admin' },
    set,
    to: parsePrincipalArn(TO, 'PermissionSet'),
    desired: role({ userName: 'ann' }),
    backEnd,
    takeOut: async () => void did.push('take out'),
  } as unknown as Former);
  return { did, logged, questions };
}

const KEY = `arn:aws:iam::${ACCOUNT}:role/awsreservedsso_admin_0123456789abcdef`;
const MOVED = 'INFO moved to the role that the permission set has now';

test('the new role is mapped before the former one is taken out', async () => {
  expect(await moved({})).toMatchObject({ did: [`put ${KEY} ${TO}`, 'take out'], logged: [MOVED] });
  // An access entry has the ARN itself.
  expect(await moved({ place: 'API' })).toMatchObject({ did: [`put ${KEY} `, 'take out'], logged: [MOVED] });
});

test('so is one whose resource CloudFormation no longer has, as long as nothing has changed', async () => {
  expect(await moved({ says: [GONE] })).toMatchObject({ logged: [MOVED] });
});

test.each<[string, Given, string]>([
  ['it only reports', { moves: false }, 'INFO would move to the role that the permission set has now'],
  [
    'a stack operation is under way',
    { says: [resource('UPDATE_IN_PROGRESS')] },
    'INFO not moved now: its resource is busy to CloudFormation',
  ],
  [
    'its stack deletes it',
    { says: [resource('DELETE_IN_PROGRESS')] },
    'INFO not moved now: its resource is deleting to CloudFormation',
  ],
  [
    'CloudFormation does not tell',
    { says: [{ state: 'unknown', detail: 'denied' }] },
    'INFO not moved now: its resource is unknown to CloudFormation',
  ],
  [
    'the place cannot say it',
    { unsupported: 'it cannot be said' },
    'WARN not moved to the role that the permission set has now: it cannot be said',
  ],
  [
    'a later event has been served',
    { failsWith: new LateEvent('later') },
    `INFO not moved to the role that the permission set has now: ${new LateEvent('later').message}`,
  ],
  [
    'EKS refuses it',
    { failsWith: new ProviderError('AccessDenied', 'no') },
    'WARN not moved to the role that the permission set has now: no',
  ],
])('nothing is changed where %s', async (_, given, line) => {
  expect(await moved(given)).toMatchObject({ did: [], logged: [line] });
});

test.each<[string, readonly StackResource[]]>([
  ['is deleted meanwhile', [LIVE, resource('DELETE_IN_PROGRESS')]],
  ['has been deleted meanwhile', [LIVE, GONE]],
])('what was put is taken back where its resource %s', async (_, says) => {
  const { did, logged } = await moved({ says });
  expect(did.slice(1)).toEqual(['take out', 'undo']);
  expect(logged).toEqual(['INFO took back the mapping of a permission set: CloudFormation no longer has it']);
});

test('a fault of the program is let through', async () => {
  const odd = new TypeError('odd');
  await expect(moved({ failsWith: odd })).rejects.toBe(odd);
});

test('a run takes nothing over: whose an entry is, is asked of its record alone', async () => {
  const { questions } = await moved({ mode: 'API_AND_CONFIG_MAP' });
  const standings: unknown[] = [];
  for (const each of [owner, { ...owner, logicalId: 'B' }, { stackId: 'other', logicalId: 'A' }])
    standings.push(await questions?.standingOf(each));
  expect(standings).toEqual(['self', 'sibling', 'foreign']);
  expect(questions?.mayTakeOver({} as never)).toBe(false);
  expect(await questions?.isRollback()).toBe(false);
  expect(await questions?.elsewhere()).toMatchObject({ state: 'seen', standing: undefined });
  expect(await (await moved({})).questions?.elsewhere()).toEqual({ state: 'nothing' });
});
