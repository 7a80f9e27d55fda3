/**
 * The seams of the product, over the model: the one folder to change when they change. Everything that the function
 * talks to is here; what it decides is not.
 */
import { openAccessEntries } from '../../../../access/access-entry/back-end';
import { openAwsAuth } from '../../../../access/aws-auth/back-end';
import { ProviderError } from '../../../../access/errors';
import { type Place } from '../../../../access/place';
import { handle } from '../../../../lambda/handler';
import { type FunctionContext, type Wiring } from '../../../../lambda/wiring';
import { type Caller } from '../model/faulty-call';
import { propertiesOf, resourceTypeOf } from '../model/mapping';
import { rbacStore } from '../model/rbac-store';
import { never } from '../model/killed';
import { type Answer, type Delivery, type Request } from '../model/request';
import { accessEntryStore, configMapStore } from '../model/stores';
import { tell } from '../model/telling';
import { type ServingWorld } from '../model/seen-world';
import {
  callerOf,
  describeCluster,
  describeStack,
  describeStackResource,
  environmentOf,
  FUNCTION_ARN,
  FUNCTION_MS,
  NO_IAM,
} from './environment';

/** One run of the function. Rejects where Lambda would see it fail. */
export async function runFunction(
  world: ServingWorld,
  delivery: Delivery,
  take: (answer: Answer) => void,
): Promise<void> {
  const ends = world.time.now() + FUNCTION_MS;
  const context: FunctionContext = {
    awsRequestId: delivery.request.id,
    invokedFunctionArn: FUNCTION_ARN,
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => ends - world.time.now(),
  };
  await handle(eventOf(delivery.request), context, wiringOf(world, delivery, take));
}

function wiringOf(world: ServingWorld, delivery: Delivery, take: (answer: Answer) => void): Wiring {
  const { cluster } = world;
  return {
    ...environmentOf(world),
    edges: ({ signal }) => {
      const caller = (place: Place): Caller => callerOf(world, place, delivery, signal);
      const witness = world.witnessOf(delivery);
      return {
        describeCluster: async (name) => describeCluster(world, name),
        backEnds: () => [
          openAccessEntries(accessEntryStore(cluster, caller('API'), witness)),
          openAwsAuth(() => configMapStore(cluster, caller('CONFIG_MAP'), witness)),
        ],
        stacks: {
          resource: async (owner) => describeStackResource(world, owner),
          stack: async (stackId) => describeStack(world, stackId),
        },
        iam: NO_IAM,
        // The same API server as that of aws-auth.
        rbac: () => rbacStore(cluster, caller('CONFIG_MAP'), witness, world.setsUpRights),
        modes: () => {
          throw new Error('the law changes modes by itself');
        },
      };
    },
    responseHosts: () => [],
    send: async (_url, body) => {
      if (delivery.isKilled) return never();
      await delivery.meanwhile?.happens();
      if (delivery.fault?.kind === 'unanswered' && !delivery.sendFailed) {
        delivery.sendFailed = true;
        throw new ProviderError('NotStabilized', 'the answer could not be delivered');
      }
      take(JSON.parse(body) as Answer);
    },
    log: () => (level, message, fields) => {
      if (delivery.isKilled) return;
      if (level === 'WARN') delivery.warnings.push(message);
      tell(delivery.who, () => `${level} ${message} ${JSON.stringify(fields ?? {})}`);
    },
  };
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
