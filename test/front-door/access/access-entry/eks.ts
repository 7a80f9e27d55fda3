/** The real store against the local EKS over HTTP, with a clock that only pauses move. */
import { type DesiredAccessEntry } from '../../../../access/access-entry/access-entry';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { putAccessEntry, type PutRequest } from '../../../../access/access-entry/put';
import { removeAccessEntry, type RemoveRequest } from '../../../../access/access-entry/remove';
import { openAccessEntryStore } from '../../../../access/access-entry/store';
import { openEksApi } from '../../../../access/aws/eks-api';
import { userAgentOf } from '../../../../access/aws/user-agent';
import { type Deadline } from '../../../../access/retry';
import { type ControlPlane, startControlPlane } from '../../../../local/aws/control-plane';
import { type LocalCluster } from '../../../../local/aws/local-cluster';
import { type LocalRequest } from '../../../../local/aws/server/loopback-server';
import { type Owner } from '../../../../access/owner';
import { certificateOfRun } from '../../../support/certificate';
import { IDENTITY, questions } from '../../../pure/access/alone';

export const ROLE = 'arn:aws:iam::111122223333:role/team/Dev';
export const CANONICAL = 'arn:aws:iam::111122223333:role/dev';
export const POLICY = 'arn:aws:eks::aws:cluster-access-policy/';
export const stack = (name: string) =>
  `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/51af3dc0-da77-11e4-872e-1234567db123`;
export const OWNER: Owner = { stackId: stack('app'), logicalId: 'DevAccess' };
export const OTHER: Owner = { stackId: stack('other'), logicalId: 'Theirs' };

export const DEV: DesiredAccessEntry = {
  principalArn: ROLE,
  type: 'STANDARD',
  username: 'dev:{{SessionName}}',
  groups: ['developers'],
  policies: [{ policyArn: `${POLICY}AmazonEKSViewPolicy`, scope: 'namespace', namespaces: ['a', 'b'] }],
  tags: { team: 'blue' },
};
export const NODE: DesiredAccessEntry = {
  principalArn: ROLE,
  type: 'EC2_LINUX',
  groups: [],
  policies: [],
  tags: {},
};

export interface Eks {
  readonly plane: ControlPlane;
  readonly cluster: LocalCluster;
  readonly deadline: Deadline;
  readonly abort: AbortController;
  readonly store: AccessEntryStore;
  put(request?: Partial<PutRequest>): ReturnType<typeof putAccessEntry>;
  remove(request?: Partial<RemoveRequest>): ReturnType<typeof removeAccessEntry>;
  /** Calls that change something, since `from`: `POST access-entries`, … */
  writes(from?: number): readonly string[];
  stop(): Promise<void>;
}

export async function startEks(): Promise<Eks> {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const abort = new AbortController();
  const plane = await startControlPlane({ clock: () => now, certificate: await certificateOfRun() });
  const cluster = await plane.createCluster({ name: 'prod', authenticationMode: 'API_AND_CONFIG_MAP' });
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  // As the SDK takes it from the environment; read at the first call of this client.
  process.env['AWS_ENDPOINT_URL_EKS'] = plane.eks.url;
  const api = openEksApi({
    region: 'us-east-1',
    credentials: async () => credentials,
    userAgent: userAgentOf(OWNER),
    signal: abort.signal,
  });
  const store = openAccessEntryStore(api, abort.signal);
  const end = now + 600_000;
  let events = 0;
  let seed = 1;
  const deadline: Deadline = {
    signal: abort.signal,
    now: () => now,
    remainingMs: () => end - now,
    pause: async (ms) => {
      now += ms;
      abort.signal.throwIfAborted();
    },
    random: () => (seed = (seed * 16807) % 2147483647) / 2147483647,
  };
  return {
    plane,
    cluster,
    deadline,
    abort,
    store,
    put: (request) =>
      putAccessEntry(
        store,
        {
          cluster: 'prod',
          entry: DEV,
          owner: OWNER,
          existingEntry: 'FAIL',
          isNew: true,
          requestToken: `request-${(events += 1)}`,
          desired: IDENTITY,
          // A new entry is marked as clean of aws-auth where that was read: by default it was not.
          ownership: questions(
            request?.owner ?? OWNER,
            request?.isNew === false ? {} : { elsewhere: async () => ({ state: 'unread', reason: '' }) },
          ),
          ...request,
        },
        deadline,
      ),
    remove: (request) =>
      removeAccessEntry(
        store,
        {
          cluster: 'prod',
          principalArn: ROLE,
          canonicalArn: CANONICAL,
          owner: OWNER,
          lastKnown: DEV,
          equalIsOwn: true,
          ...request,
        },
        deadline,
      ),
    writes: (from = 0) => plane.eks.requests.slice(from).filter(isWrite).map(describe),
    stop: () => plane.stop(),
  };
}

export function isWrite({ method }: LocalRequest): boolean {
  return method !== 'GET';
}

function describe({ method, path }: LocalRequest): string {
  const parts = path.split('/');
  const what = parts.includes('access-policies') ? 'policy' : parts[1] === 'tags' ? 'tags' : 'entry';
  return `${method} ${what}`;
}
