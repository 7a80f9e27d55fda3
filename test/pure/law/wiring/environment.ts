/** What every run of the function has, whatever it is for. */
import { type Cluster as ClusterFacts } from '../../../../access/cluster/cluster';
import { ProviderError } from '../../../../access/errors';
import { parseGuardrails } from '../../../../access/guardrails/guardrails';
import { type Owner } from '../../../../access/owner';
import { type StackResource, type StackStatus } from '../../../../access/stacks';
import { type Wiring } from '../../../../lambda/wiring';
import { type Caller } from '../model/faulty-call';
import { ACCOUNT, PRINCIPALS, REGION } from '../model/names';
import { type Calls } from '../model/request';
import { type ServingWorld } from '../model/seen-world';

/** Lambda's time limit for one run, milliseconds. */
export const FUNCTION_MS = 120_000;
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:provider`;

export function environmentOf(
  world: ServingWorld,
): Pick<Wiring, 'roleArn' | 'clusterRoles' | 'guardrails' | 'clock'> & { readonly followMode: () => string } {
  const { time } = world;
  return {
    roleArn: () => PRINCIPALS.provider,
    clusterRoles: () => undefined,
    guardrails: () => parseGuardrails(JSON.stringify(guardrailsFor(world.takeover))),
    followMode: () => 'true',
    clock: { now: () => time.now(), random: () => world.random.next() },
  };
}

export function callerOf(
  world: ServingWorld,
  place: Caller['place'],
  calls: Calls,
  signal: AbortSignal,
): Caller {
  return {
    place,
    calls,
    time: world.time,
    signal,
    editMeanwhile: () => world.editMeanwhile(),
    askedTooLate: () => world.violate(`${place} was asked for an event that had been answered`),
    later: (commit) => {
      if (place !== 'CLOUDFORMATION') world.later(place, signal, commit);
    },
  };
}

export function describeStack(world: ServingWorld, stackId: string): StackStatus {
  const status = world.describeStack(stackId);
  return status === undefined || status === 'gone'
    ? { state: 'gone', detail: 'does not exist' }
    : { state: 'known', status };
}

export function describeStackResource(world: ServingWorld, { stackId, logicalId }: Owner): StackResource {
  const found = world.resource(`${stackId}#${logicalId}`);
  return found
    ? { state: 'known', status: found.status, physicalId: found.physicalId }
    : { state: 'gone', detail: 'does not exist' };
}

export function describeCluster({ cluster }: ServingWorld, name: string): ClusterFacts {
  if (name === 'denied') throw new ProviderError('AccessDenied', `not authorized to describe ${name}`);
  if (name !== 'prod') throw new ProviderError('NotFound', `there is no cluster ${name}`);
  return {
    name,
    arn: cluster.arn,
    partition: 'aws',
    region: REGION,
    accountId: ACCOUNT,
    status: 'ACTIVE',
    authenticationMode: cluster.mode,
    endpoint: 'https://prod.invalid',
    certificateAuthority: '',
  };
}

const OPEN = {
  groups: ['*', 'system:*'],
  userNames: ['*', 'arn:*'],
  accessPolicies: ['*'],
  rights: ['*'],
  allowNodes: true,
  allowClusterAdmin: true,
};

/** Whether the product has the guardrail over taking entries over; without it any template may. */
export const GUARDS_TAKEOVER = isKey('allowTakeover');

function guardrailsFor(takeover: ServingWorld['takeover']): Record<string, unknown> {
  return GUARDS_TAKEOVER ? { ...OPEN, allowTakeover: takeover } : OPEN;
}

function isKey(name: string): boolean {
  try {
    parseGuardrails(JSON.stringify({ [name]: 'any' }));
    return true;
  } catch (error) {
    if (error instanceof ProviderError) return false;
    throw error;
  }
}

/** No role is made again in the law. */
export const NO_IAM = {
  getRole: async (): Promise<never> => Promise.reject(new TypeError('nothing asks IAM in the law')),
  listRoles: async (): Promise<never> => Promise.reject(new TypeError('nothing asks IAM in the law')),
};
