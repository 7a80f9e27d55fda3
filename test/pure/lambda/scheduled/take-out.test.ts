/** The second half of a move, by what is in aws-auth by then: the mapping goes, or its access entry is taken back. */
import { TAGS } from '../../../../access/contract';
import { ProviderError } from '../../../../access/errors';
import { ownedMappings } from '../../../../access/following/owned-mapping';
import { LateEvent } from '../../../../access/late-event';
import { type StackResource } from '../../../../access/stacks';
import { noCounts } from '../../../../lambda/scheduled/counts';
import { type Put, type Run } from '../../../../lambda/scheduled/run';
import { takeOutOfAwsAuth } from '../../../../lambda/scheduled/take-out';
import { role } from '../../access/desired';
import { clusterNamed, provider } from './simulated-account';
import { simulatedTime } from './simulated-time';

const KEY = 'arn:aws:iam::111122223333:role/dev';
const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';
const line = (username: string): string => `- rolearn: ${KEY}\n  username: ${username}\n`;
const owners = (logicalId: string) => ({
  'cfn-eks-access/owners': JSON.stringify({ v: 1, stacks: { [STACK]: { [KEY]: { id: logicalId } } } }),
});
const awsAuth = (mapRoles: string, annotations: Readonly<Record<string, string>> = owners('A')) => ({
  data: { mapRoles },
  annotations,
  object: { metadata: { annotations }, data: { mapRoles } },
});
const READ = awsAuth(line('dev'));
const LIVE: StackResource = { state: 'known', status: 'UPDATE_COMPLETE', physicalId: `role|prod|${KEY}` };
const GONE: StackResource = { state: 'gone', detail: 'no such stack' };

interface Given {
  /** aws-auth by now, or what Kubernetes answers. */
  readonly now?: typeof READ | Error;
  /** What CloudFormation says of the resource by now. */
  readonly says?: StackResource;
  readonly liveness?: 'live' | 'gone';
  readonly undo?: Error;
  /** Whether the run has made the entry, and it carries the mark of the run. */
  readonly mark?: string;
  /** The access entry is a later event's. */
  readonly hasOutcome?: boolean;
}

async function taken({ now = READ, says = LIVE, liveness = 'live', hasOutcome = true, ...given }: Given) {
  const did: string[] = [];
  const logged: string[] = [];
  const run = {
    deadline: simulatedTime(60_000),
    log: (level: string, message: string, { reason }: { reason?: string }) =>
      void logged.push(`${level} ${message}${reason === undefined ? '' : `: ${reason}`}`),
    counts: noCounts(),
    provider,
    requestId: 'run',
    edges: () => ({
      configMap: () => ({
        read: async () => {
          if (now instanceof Error) throw now;
          return now;
        },
        replace: async () => void did.push('replace'),
      }),
      stacks: { resource: async () => says },
      accessEntries: {
        readTags: async () => ({ [TAGS.run]: given.mark }),
        apply: async (_: unknown, action: { readonly do: string }) => void did.push(action.do),
      },
    }),
  };
  const outcome = {
    accessEntryArn: 'arn',
    hasCreated: given.mark !== undefined,
    undo: async () => {
      if (given.undo) throw given.undo;
      did.push('undo');
    },
  };
  const put = {
    liveness,
    move: {
      mapping: ownedMappings(READ)[0],
      desired: role({ arn: KEY, userName: 'dev' }),
      translation: { effective: { type: 'STANDARD' } },
    },
    outcome: hasOutcome ? outcome : undefined,
  };
  const cluster = clusterNamed('prod', 'API_AND_CONFIG_MAP');
  const isMoved = await takeOutOfAwsAuth(run as unknown as Run, cluster, put as unknown as Put);
  return { isMoved, did, logged };
}

const MOVED = 'INFO moved from aws-auth into an access entry';
const BACK = 'INFO took back the access entry of a mapping: ';

test.each<[string, Given, Awaited<ReturnType<typeof taken>>]>([
  ['it is as it was read', {}, { isMoved: true, did: ['replace', 'untag'], logged: [MOVED] }],
  [
    'its access entry is of a later event, and stays as it is',
    { hasOutcome: false },
    { isMoved: true, did: ['replace'], logged: [MOVED] },
  ],
  [
    'its stack has let go of it before',
    { says: GONE, liveness: 'gone' },
    { isMoved: true, did: ['replace', 'untag'], logged: [MOVED] },
  ],
  [
    'CloudFormation could not be asked',
    { says: { state: 'unknown', detail: 'denied' } },
    {
      isMoved: true,
      did: ['replace', 'untag'],
      logged: ['WARN CloudFormation could not be asked whether the moved mapping is wanted', MOVED],
    },
  ],
  [
    'its resource has gone meanwhile',
    { says: GONE },
    {
      isMoved: false,
      did: ['replace', 'undo'],
      logged: [`${BACK}CloudFormation no longer has its resource`],
    },
  ],
  [
    'another tool has changed it',
    { now: awsAuth(line('other')) },
    { isMoved: false, did: ['undo'], logged: [`${BACK}it was changed in aws-auth meanwhile`] },
  ],
  [
    'another tool has changed it, and a later event its access entry',
    { now: awsAuth(line('other')), undo: new LateEvent('later') },
    {
      isMoved: false,
      did: [],
      logged: ['INFO the access entry of a mapping is a later event’s by now'],
    },
  ],
  [
    'an event has ended it before there was an access entry to see',
    { now: awsAuth('', {}), mark: 'run' },
    { isMoved: false, did: ['undo'], logged: [`${BACK}its mapping was taken out of aws-auth meanwhile`] },
  ],
  [
    'an event has moved it',
    { now: awsAuth('', {}), mark: 'another run' },
    { isMoved: true, did: ['untag'], logged: [MOVED] },
  ],
  [
    'another resource has it by now',
    { now: awsAuth(line('dev'), owners('B')) },
    { isMoved: true, did: ['untag'], logged: [MOVED] },
  ],
  [
    'Kubernetes refuses',
    { now: new ProviderError('AccessDenied', 'you may not') },
    {
      isMoved: false,
      did: [],
      logged: [
        'WARN the access entry is in place; aws-auth still has the mapping, until the next run: you may not',
      ],
    },
  ],
])('%s', async (_, given, expected) => {
  expect(await taken(given)).toEqual(expected);
});

test('what EKS refuses when an entry is taken back ends the move', async () => {
  const refused = new ProviderError('AccessDenied', 'no');
  await expect(taken({ now: awsAuth(line('other')), undo: refused })).rejects.toBe(refused);
});
