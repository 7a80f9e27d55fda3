/**
 * The seams of the product, over the model: the one file to change when they change. Everything that the function
 * talks to is here; what it decides is not.
 */
import { openAccessEntries } from '../../../access/access-entry/back-end';
import { openAwsAuth } from '../../../access/aws-auth/back-end';
import { type Cluster as ClusterFacts } from '../../../access/cluster/cluster';
import { ProviderError } from '../../../access/errors';
import { type Owner } from '../../../access/owner';
import { parseGuardrails } from '../../../access/guardrails/guardrails';
import { type StackResource } from '../../../access/stacks';
import { type FunctionContext, handle, type Wiring } from '../../../lambda/handler';
import { type Caller } from './model/faulty-call';
import { propertiesOf, resourceTypeOf } from './model/mapping';
import { ACCOUNT, PRINCIPALS, REGION } from './model/names';
import { type Answer, type Delivery, type Request } from './model/request';
import { accessEntryStore, configMapStore } from './model/stores';
import { witnessOf } from './model/witness';
import { type SeenWorld } from './model/seen-world';

/** Lambda's time limit for one run, milliseconds. */
const FUNCTION_MS = 120_000;

/** One run of the function. Rejects where Lambda would see it fail. */
export async function runFunction(
  world: SeenWorld,
  delivery: Delivery,
  take: (answer: Answer) => void,
): Promise<void> {
  const ends = world.time.now() + FUNCTION_MS;
  const context: FunctionContext = {
    awsRequestId: delivery.request.id,
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:provider`,
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => ends - world.time.now(),
  };
  await handle(eventOf(delivery.request), context, wiringOf(world, delivery, take));
}

function wiringOf(world: SeenWorld, delivery: Delivery, take: (answer: Answer) => void): Wiring {
  const { time, cluster } = world;
  return {
    edges: ({ signal }) => {
      const caller = (place: Caller['place']): Caller => ({
        place,
        delivery,
        time,
        signal,
        editMeanwhile: () => world.editMeanwhile(),
        later: (commit) => world.later(place, signal, commit),
      });
      const witness = witnessOf(world, delivery);
      return {
        describeCluster: async (name) => describeCluster(world, name),
        backEnds: () => [
          openAccessEntries(accessEntryStore(cluster, caller('API'), witness)),
          openAwsAuth(() => configMapStore(cluster, caller('CONFIG_MAP'), witness)),
        ],
        iam: { listRoles: async () => Promise.reject(new TypeError('no permission set in the law')) },
        stacks: {
          resource: async (owner) => describeStackResource(world, owner),
          stack: async (stackId) => {
            const status = world.describeStack(stackId);
            return status === undefined || status === 'gone'
              ? { state: 'gone', detail: 'does not exist' }
              : { state: 'known', status };
          },
        },
      };
    },
    roleArn: () => PRINCIPALS.provider,
    clusterRoles: () => undefined,
    guardrails: () => parseGuardrails(JSON.stringify(guardrailsFor(world.takeover))),
    responseHosts: () => [],
    send: async (_url, body) => {
      if (delivery.fault?.kind === 'unanswered' && !delivery.sendFailed) {
        delivery.sendFailed = true;
        throw new ProviderError('NotStabilized', 'the answer could not be delivered');
      }
      take(JSON.parse(body) as Answer);
    },
    log: () => (level, message) => {
      if (level === 'WARN') delivery.warnings.push(message);
    },
    clock: { now: () => time.now(), random: () => world.random.next() },
  };
}

function describeStackResource(world: SeenWorld, { stackId, logicalId }: Owner): StackResource {
  const found = world.resource(`${stackId}#${logicalId}`);
  return found
    ? { state: 'known', status: found.status, physicalId: found.physicalId }
    : { state: 'gone', detail: 'does not exist' };
}

function describeCluster({ cluster }: SeenWorld, name: string): ClusterFacts {
  if (name === 'denied') throw new ProviderError('AccessDenied', `not authorized to describe ${name}`);
  if (name !== 'prod') throw new ProviderError('NotFound', `there is no cluster ${name}`);
  return {
    name,
    arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${name}`,
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
  allowNodes: true,
  allowClusterAdmin: true,
};

/** Whether the product has the guardrail over taking entries over; without it any template may. */
export const GUARDS_TAKEOVER = isKey('allowTakeover');

function guardrailsFor(takeover: SeenWorld['takeover']): Record<string, unknown> {
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

function eventOf(request: Request): Record<string, unknown> {
  const { type, id, stackId, logicalId, mapping, old, physicalId, requestedAt } = request;
  const signedAt = new Date(requestedAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const path = encodeURIComponent(`${stackId}|${logicalId}|${id}`);
  const host = 'cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com';
  return {
    RequestType: type,
    ResponseURL: `https://${host}/${path}?X-Amz-Date=${signedAt}&X-Amz-Expires=7200`,
    StackId: stackId,
    RequestId: id,
    LogicalResourceId: logicalId,
    ResourceType: resourceTypeOf(mapping),
    ResourceProperties: propertiesOf(mapping),
    ...(old ? { OldResourceProperties: propertiesOf(old) } : {}),
    ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
  };
}
