/** A change of the mode by what EKS says at each look: an update of ours, of another caller, or none. */
import { type ClusterUpdate } from '../../../../access/authentication-mode/port';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { ProviderError } from '../../../../access/errors';
import { Progress } from '../../../../lambda/authentication-mode/progress';
import { type CreateOrUpdateRequest } from '../../../../lambda/cloudformation/event';
import { type Invocation } from '../../../../lambda/invocation';
import { clusterNamed } from '../scheduled/simulated-account';
import { simulatedTime } from '../scheduled/simulated-time';

const update = (status: ClusterUpdate['status'], more: Partial<ClusterUpdate> = {}): ClusterUpdate => ({
  id: 'u-1',
  type: 'AccessConfigUpdate',
  status,
  why: '',
  ...more,
});

interface Given {
  /** Of the cluster at each look; the last one for all that follow. */
  readonly modes?: readonly AuthenticationMode[];
  readonly status?: string;
  /** Of the update that an earlier invocation has begun. */
  readonly updateId?: string;
  /** What EKS says of it. */
  readonly says?: ClusterUpdate;
  /** The one that runs. */
  readonly running?: ClusterUpdate;
  /** What EKS answers to the change instead of an update. */
  readonly refusal?: ProviderError;
}

async function reached({ modes = ['CONFIG_MAP'], status = 'ACTIVE', updateId, ...given }: Given) {
  const did: string[] = [];
  let looks = 0;
  const edges = {
    describeCluster: async () => {
      const mode = modes[Math.min(looks, modes.length - 1)] ?? 'CONFIG_MAP';
      looks += 1;
      return { ...clusterNamed('prod', mode), status };
    },
    modes: () => ({
      update: async () => given.says,
      running: async () => given.running,
      platform: async () => ({ version: '1.34', platformVersion: 'eks.1', isOnOutpost: false }),
      begin: async (_: string, mode: string) => {
        if (given.refusal) throw given.refusal;
        did.push(`begin ${mode}`);
        return update('InProgress');
      },
    }),
    stacks: { resource: async () => ({ state: 'known', status: 'CREATE_IN_PROGRESS' }) },
  };
  const request = { requestType: 'Create', envelope: { requestId: 'r' } };
  const invocation = {
    request,
    owner: { stackId: 's', logicalId: 'l' },
    edgesWithin: () => edges,
    guardrails: () => ({ allowModeChange: true }),
    log: (_: string, message: string) => void did.push(message),
  };
  const progress = new Progress(
    invocation as unknown as Invocation,
    request as unknown as CreateOrUpdateRequest,
    { cluster: 'prod', mode: 'API_AND_CONFIG_MAP', planDigest: undefined } as never,
    updateId,
  );
  const result = await progress.reach(simulatedTime(30_000)).catch((error: Error) => error.message);
  return { result, did, hasActed: progress.hasActed, updateId: progress.updateId };
}

const RUNNING = 'the update u-1 of cluster prod to mode API_AND_CONFIG_MAP is in progress';
const THERE = ['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const;

test.each<[string, Given, Awaited<ReturnType<typeof reached>>]>([
  [
    'the change is begun, and the next look shows it',
    { modes: THERE, says: update('Successful') },
    {
      result: 'API_AND_CONFIG_MAP',
      did: ['begin API_AND_CONFIG_MAP', 'EKS changes the mode'],
      hasActed: true,
      updateId: 'u-1',
    },
  ],
  [
    'an update that goes on',
    { updateId: 'u-1', says: update('InProgress') },
    { result: RUNNING, did: [], hasActed: true, updateId: 'u-1' },
  ],
  [
    'an update that is made and not shown',
    { updateId: 'u-1', says: update('Successful') },
    {
      result: 'EKS has made the update u-1, and cluster prod does not show it yet',
      did: [],
      hasActed: true,
      updateId: 'u-1',
    },
  ],
  [
    'an update that EKS does not know, where the mode is there',
    { updateId: 'u-0', modes: ['API_AND_CONFIG_MAP'] },
    { result: 'API_AND_CONFIG_MAP', did: [], hasActed: true, updateId: undefined },
  ],
  [
    'an update that has failed',
    { updateId: 'u-1', says: update('Failed') },
    {
      result:
        'EKS has ended the update u-1 of cluster prod to mode API_AND_CONFIG_MAP as Failed: it gives no reason; the mode is as it was: see to that, and run the stack operation again',
      did: [],
      hasActed: true,
      updateId: 'u-1',
    },
  ],
  ...['DELETING', 'FAILED'].map((status): [string, Given, Awaited<ReturnType<typeof reached>>] => [
    `a cluster that is ${status}`,
    { status },
    {
      result: `cluster prod is ${status}: its authentication mode cannot be changed any more`,
      did: [],
      hasActed: false,
      updateId: undefined,
    },
  ]),
  [
    "another caller's update of the mode, which is waited for",
    {
      modes: THERE,
      refusal: new ProviderError('ResourceConflict', 'an update is in progress'),
      running: update('InProgress', { id: 'u-2' }),
      says: update('Successful'),
    },
    {
      result: 'API_AND_CONFIG_MAP',
      did: ['another caller’s update of the mode is waited for'],
      hasActed: false,
      updateId: 'u-2',
    },
  ],
  [
    'an update of the version',
    {
      refusal: new ProviderError('ResourceConflict', 'an update is in progress'),
      running: update('InProgress', { id: 'u-2', type: 'VersionUpdate' }),
    },
    {
      result: 'an update is in progress (VersionUpdate u-2)',
      did: [],
      hasActed: false,
      updateId: undefined,
    },
  ],
  [
    'another caller who was quicker',
    {
      modes: THERE,
      refusal: new ProviderError('InvalidRequest', 'Unsupported authentication mode update from A to A'),
    },
    { result: 'API_AND_CONFIG_MAP', did: [], hasActed: false, updateId: undefined },
  ],
  [
    'what EKS refuses',
    { refusal: new ProviderError('InvalidRequest', 'the role is gone') },
    { result: 'the role is gone', did: [], hasActed: false, updateId: undefined },
  ],
  [
    'an answer that is lost',
    { refusal: new ProviderError('InternalFailure', 'no answer', { mayHaveActed: true }) },
    { result: 'no answer', did: [], hasActed: true, updateId: undefined },
  ],
])('%s', async (_, given, expected) => {
  expect(await reached(given)).toEqual(expected);
});
