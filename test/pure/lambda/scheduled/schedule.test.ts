import { type ScheduledContext, type ScheduledWiring } from '../../../../lambda/scheduled/schedule';
import { isScheduledEvent, runSchedule } from '../../../../lambda/scheduled/schedule';
import { ProviderError } from '../../../../access/errors';

const KIND = 'cfn-eks-access/scheduled-run';

test.each<[unknown, boolean]>([
  [{ kind: KIND, everyMinutes: 15 }, true],
  [{ kind: KIND }, true],
  [{ RequestType: 'Create', ResponseURL: 'https://x', kind: 'x' }, false],
  [{ RequestType: 'Create' }, false],
  [{}, false],
  [null, false],
  [undefined, false],
  [KIND, false],
  [[KIND], false],
])('%j: %s', (event, expected) => {
  expect(isScheduledEvent(event)).toBe(expected);
});

const context: ScheduledContext = {
  awsRequestId: 'r',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  getRemainingTimeInMillis: () => 60_000,
};

function wiring(change: Partial<ScheduledWiring>): {
  readonly lines: (readonly [string, string, unknown])[];
  readonly wiring: ScheduledWiring;
} {
  const lines: (readonly [string, string, unknown])[] = [];
  return {
    lines,
    wiring: {
      scheduledEdges: () => {
        throw new TypeError('a fault of the program');
      },
      guardrails: () => ({}),
      roleArn: () => undefined,
      clusterRoles: () => undefined,
      followMode: () => 'true',
      log: () => (level, message, fields) => void lines.push([level, message, fields]),
      clock: { now: () => Date.now(), random: () => 0.5 },
      ...change,
    },
  };
}

test.each<[string, Partial<ScheduledWiring>, string]>([
  ['a fault of the program', {}, 'InternalFailure: internal error in the provider'],
  [
    'guardrails that do not parse',
    {
      guardrails: () => {
        throw new ProviderError('InvalidRequest', 'not JSON');
      },
    },
    'InvalidRequest: not JSON',
  ],
  ['cluster roles that do not parse', { clusterRoles: () => '{' }, 'EKS_ACCESS_CLUSTER_ROLES'],
])('%s is a line of the log and no failed invocation', async (_, change, reason) => {
  const { lines, wiring: wired } = wiring(change);
  await runSchedule({ kind: KIND, everyMinutes: 15 }, context, wired);
  expect(lines).toEqual([
    [
      'ERROR',
      'the scheduled run failed',
      expect.objectContaining({
        reason: expect.stringContaining(reason) as string,
        RunsFailed: 1,
        Service: 'provider',
      }),
    ],
  ]);
});

test('times that are none have their defaults', async () => {
  const { lines, wiring: wired } = wiring({ guardrails: () => ({ clusters: [] }) });
  const event = { kind: KIND, everyMinutes: 'often', settleSeconds: -1 } as never;
  await runSchedule(event, context, wired);
  expect(lines).toEqual([
    ['INFO', 'the scheduled run is over', expect.objectContaining({ clusters: 0, ClustersLookedAt: 0 })],
  ]);
});
