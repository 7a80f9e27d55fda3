/** A role that was deleted and made again: when its access entry is made again, and what is said where it is not (GT-79). */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type Action } from '../../../../access/access-entry/plan';
import { ProviderError } from '../../../../access/errors';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { newRecord } from '../../../../access/ownership-record';
import { canonicalArn, parsePrincipalArn } from '../../../../access/principal';
import { type StackResource } from '../../../../access/stacks';
import { noCounts } from '../../../../lambda/scheduled/counts';
import { type Outlived } from '../../../../lambda/scheduled/outlived';
import { makeUnmade, seeToRecreatedRole } from '../../../../lambda/scheduled/recreated-roles';
import { type Run } from '../../../../lambda/scheduled/run';
import { clusterNamed, provider } from './simulated-account';
import { simulatedTime } from './simulated-time';

const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'A' };
const ARN = 'arn:aws:iam::111122223333:role/Dev';
const principal = parsePrincipalArn(ARN, 'RoleArn');
const key = canonicalArn(principal);
const recorded = { key, principal, principalArn: ARN, record: { owner, at: 7 } };
const ENTRY: CurrentAccessEntry = {
  principalArn: ARN,
  accessEntryArn: 'arn',
  type: 'STANDARD',
  username: 'dev',
  groups: ['a'],
  policies: [],
  tags: recordTags({ ...newRecord(owner), at: 7 }),
  createdAt: new Date(1_000),
};
const subject = { cluster: 'prod', principal: key, stackId: owner.stackId, logicalResourceId: 'A' };
const resource = (status: string): StackResource => ({
  state: 'known',
  status,
  physicalId: `role|prod|${key}`,
});
const LIVE = resource('UPDATE_COMPLETE');
const GONE: StackResource = { state: 'gone', detail: 'no such stack' };

interface Given {
  readonly entry?: Partial<CurrentAccessEntry> | undefined;
  readonly madeAt?: number;
  /** What IAM answers instead of the role. */
  readonly iam?: string;
  readonly asks?: boolean;
  readonly heals?: boolean;
  /** What CloudFormation says; `saysLast`: once the entry has been made again. */
  readonly says?: StackResource;
  readonly saysLast?: StackResource;
  /** Whether another caller makes the entry as soon as the old one has gone. */
  readonly isOvertaken?: boolean;
  /** Of the program, at the question to CloudFormation. */
  readonly fault?: Error;
  readonly seconds?: number;
  readonly guardrails?: Guardrails;
  readonly roleKey?: string;
  readonly account?: string;
  /** Whether EKS refuses the entry once the old one has gone. */
  readonly refuses?: boolean;
  /** What earlier runs have deleted and not made. */
  readonly unmade?: readonly Outlived[];
}

async function ran({ says = LIVE, saysLast = says, seconds = 60, refuses = false, unmade, ...given }: Given) {
  const { madeAt = 2_000, iam, asks = true, heals = true, guardrails = {}, account } = given;
  let entry: CurrentAccessEntry | undefined =
    unmade || ('entry' in given && given.entry === undefined) ? undefined : { ...ENTRY, ...given.entry };
  const did: string[] = [];
  const logged: string[] = [];
  const apply = async (_: unknown, action: Action): Promise<unknown> => {
    if (action.do === 'create' && entry) throw new ProviderError('AlreadyExists', 'it is there');
    if (action.do === 'create' && refuses) throw new ProviderError('InvalidRequest', 'EKS refuses it');
    did.push(action.do);
    if (action.do === 'delete')
      entry = given.isOvertaken === true ? { ...ENTRY, username: 'other' } : undefined;
    if (action.do !== 'create') return undefined;
    return (entry = { ...ENTRY, createdAt: new Date(3_000) });
  };
  const run = {
    deadline: simulatedTime(seconds * 1_000),
    log: (level: string, message: string, { reason }: { reason?: string }) =>
      void logged.push(`${level} ${message}${reason === undefined ? '' : `: ${reason}`}`),
    counts: noCounts(),
    guardrails,
    provider: { ...provider, roleKey: given.roleKey, accountId: account ?? provider.accountId },
    requestId: 'run',
    asksForRoles: asks,
    healsRoles: heals,
    unknownRoles: new Map<string, string>(),
    unmade: new Set(unmade),
    edges: () => ({
      iam: {
        getRole: async () =>
          iam === undefined
            ? { output: { arn: ARN, name: 'Dev', roleId: 'AROA', createDate: madeAt } }
            : { failure: { name: iam, status: 403 } },
      },
      accessEntries: { read: async () => entry, readPolicies: async () => entry?.policies, apply },
      stacks: {
        resource: async () => {
          if (given.fault) throw given.fault;
          return did.includes('create') ? saysLast : says;
        },
      },
    }),
  };
  const cluster = clusterNamed('prod', 'API');
  if (unmade) await makeUnmade(run as unknown as Run, cluster);
  else await seeToRecreatedRole(run as unknown as Run, cluster, recorded);
  const { AccessEntriesMissing: missing } = run.counts;
  return { did, logged, missing, unknown: [...run.unknownRoles.values()], unmade: run.unmade.size };
}

const TOLD =
  'WARN the role was deleted and made again: its access entry belongs to the deleted role and lets nobody in';
const NOT = 'INFO the access entry was not made again: ';
const BUSY = `${NOT}a stack operation is changing it: the next run looks again`;

test('the entry is made again as it was', async () => {
  expect(await ran({})).toEqual({
    did: ['delete', 'create'],
    logged: [TOLD, 'INFO the access entry is there again, for the role that has the name now'],
    missing: 0,
    unknown: [],
    unmade: 0,
  });
});

test.each<[string, Given, readonly string[], readonly string[]]>([
  ['IAM may not be asked', { asks: false }, [], []],
  ['the role is of another account', { account: '444455556666' }, [], []],
  ['IAM does not tell', { iam: 'AccessDenied' }, [], ['iam:GetRole was answered AccessDenied (403)']],
  ['there is no role of the name', { iam: 'NoSuchEntityException' }, [], []],
  ['there is no access entry', { entry: undefined }, [], []],
  ['the role is older than the entry', { madeAt: 999 }, [], []],
  ['it is only to be told', { heals: false }, [TOLD], []],
  [
    'the run is nearly over',
    { seconds: 19 },
    [TOLD, `${NOT}the time of the run is over: the next run looks again`],
    [],
  ],
  [
    'it is the way in of the provider itself',
    { roleKey: key },
    [TOLD, `${NOT}it is how the provider itself reaches the cluster`],
    [],
  ],
  [
    'the entry has another owner by now',
    { entry: { tags: recordTags(newRecord({ ...owner, logicalId: 'B' })) } },
    [TOLD, BUSY],
    [],
  ],
  [
    'its record is of a later version',
    { entry: { tags: { 'cfn-eks-access:owner': 'v9/x/A' } } },
    [TOLD, BUSY],
    [],
  ],
  ['a stack operation is under way', { says: resource('UPDATE_IN_PROGRESS') }, [TOLD, BUSY], []],
  [
    'its stack deletes it',
    { says: resource('DELETE_IN_PROGRESS') },
    [TOLD, `${NOT}its stack operation is deleting it`],
    [],
  ],
  [
    'CloudFormation no longer has it',
    { says: GONE },
    [TOLD, `${NOT}CloudFormation no longer has the resource of the mapping`],
    [],
  ],
  [
    'the guardrails refuse it by now',
    { guardrails: { groups: ['b'] } },
    [TOLD, expect.stringMatching(/^WARN the access entry was not made again: .*"a".*groups/) as string],
    [],
  ],
])('nothing is changed where %s', async (_, given, logged, unknown) => {
  expect(await ran(given)).toEqual({ did: [], logged, missing: 0, unknown, unmade: 0 });
});

test('an entry that another caller makes between the two halves is theirs', async () => {
  expect(await ran({ isOvertaken: true })).toMatchObject({
    did: ['delete'],
    logged: [TOLD, BUSY],
    unmade: 0,
  });
});

test.each<[StackResource, string]>([
  [resource('DELETE_IN_PROGRESS'), 'its stack operation is deleting it'],
  [GONE, 'CloudFormation no longer has the resource of the mapping'],
])('an entry whose Delete came between the two halves goes again: %j', async (saysLast, reason) => {
  expect(await ran({ saysLast })).toMatchObject({
    did: ['delete', 'create', 'delete'],
    logged: [TOLD, `${NOT}${reason}`],
    unmade: 0,
  });
});

test('a fault of the program is let through', async () => {
  const odd = new TypeError('odd');
  await expect(ran({ fault: odd })).rejects.toBe(odd);
});

test('what EKS refuses once the old entry has gone is told, and remembered', async () => {
  expect(await ran({ refuses: true })).toMatchObject({
    did: ['delete'],
    logged: [
      TOLD,
      expect.stringMatching(
        /^WARN the access entry was deleted and not made again: run the mapping again with another Revision: InvalidRequest: EKS refuses it; what had been written could not be taken back: EKS refuses it$/,
      ) as string,
    ],
    missing: 1,
    unmade: 1,
  });
});

describe('an entry that an earlier run has deleted', () => {
  const unmade = [{ recorded, current: ENTRY, subject }];
  test.each<[string, Given, readonly string[], string, number]>([
    [
      'is made',
      {},
      ['create'],
      'INFO the access entry is there again, for the role that has the name now',
      0,
    ],
    [
      'is forgotten with its resource',
      { says: GONE },
      [],
      `${NOT}CloudFormation no longer has the resource of the mapping`,
      0,
    ],
    [
      'is forgotten with the resource that is being deleted',
      { says: resource('DELETE_IN_PROGRESS') },
      [],
      `${NOT}its stack operation is deleting it`,
      0,
    ],
    [
      'waits for the next run',
      { seconds: 19 },
      [],
      `${NOT}the time of the run is over: the next run looks again`,
      1,
    ],
    [
      'waits for what EKS refuses',
      { refuses: true },
      [],
      'WARN the access entry was deleted and not made again: run the mapping again with another Revision: InvalidRequest: EKS refuses it',
      1,
    ],
  ])('%s', async (_, given, did, line, left) => {
    expect(await ran({ ...given, unmade })).toMatchObject({
      did,
      logged: [line],
      missing: left,
      unmade: left,
    });
  });

  test('in another cluster is for the look at that cluster', async () => {
    const elsewhere = unmade.map((each) => ({ ...each, subject: { ...subject, cluster: 'dev' } }));
    expect(await ran({ unmade: elsewhere })).toMatchObject({ did: [], logged: [], unmade: 1 });
  });
});
