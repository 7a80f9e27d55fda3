/** A local CloudFormation whose custom resources are answered by a function of the test, over the real bucket. */
import { type AnswerBucket, startAnswerBucket } from '../../../../../local/aws/answer-bucket';
import { customResource } from '../../../../../local/aws/cloudformation/resources/custom-resource';
import { LocalCloudFormation } from '../../../../../local/aws/cloudformation/stack/engine';
import { type JsonObject } from '../../../../../local/aws/cloudformation/json';
import { resourceTypes } from '../../../../../local/aws/cloudformation/resources/index';
import { isCustom } from '../../../../../local/aws/cloudformation/resources/resource-type';
import { type Stack } from '../../../../../local/aws/cloudformation/stack/stack';
import { LocalIam } from '../../../../../local/aws/identity/iam';
import { LambdaHost } from '../../../../../local/aws/lambda/host';
import { ObjectStore } from '../../../../../local/aws/s3/object-store';
import { ParameterStore } from '../../../../../local/aws/ssm/parameter-store';
import { ManualClock } from '../../../../../local/aws/lambda/clock';

export const TOKEN = 'arn:aws:lambda:us-east-1:111122223333:function:provider';

export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** Fields of the answer beside the ids; text is sent as it is, except `silence`, which sends nothing. */
export type Script = (event: CustomResourceEvent) => JsonObject | string | Promise<JsonObject | string>;

export interface Harness {
  readonly engine: LocalCloudFormation;
  readonly answerBucket: AnswerBucket;
  readonly clock: ManualClock;
  readonly lambda: LambdaHost;
  readonly iam: LocalIam;
  readonly ssm: ParameterStore;
  readonly objects: ObjectStore;
  /** Every event that was sent, oldest first. */
  readonly events: CustomResourceEvent[];
  script: Script;
  put(event: CustomResourceEvent, answer: JsonObject | string): Promise<number>;
  stop(): Promise<void>;
}

export const succeed: Script = (event) => ({
  PhysicalResourceId: event.PhysicalResourceId ?? `id-${event.LogicalResourceId}`,
});

export async function startHarness(): Promise<Harness> {
  const clock = new ManualClock();
  const answerBucket = await startAnswerBucket({ clock });
  const iam = new LocalIam();
  const shutdown = new AbortController();
  const ssm = new ParameterStore();
  const objects = new ObjectStore();
  const lambda = new LambdaHost({ clock });
  const services = { lambda, answerBucket, clock, iam, ssm, shutdown: shutdown.signal };
  const base = resourceTypes(services);
  const running = new Set<Promise<void>>();
  const deliver = (_arn: string, event: unknown): never => {
    const done: Promise<void> = run(event as CustomResourceEvent).finally(() => running.delete(done));
    running.add(done);
    return undefined as never;
  };
  const custom = customResource({ ...services, lambda: { invokeAsync: deliver } });
  const engine = new LocalCloudFormation({
    accountId: '111122223333',
    region: 'us-east-1',
    clock,
    ssm,
    objects,
    types: (type) => (isCustom(type) ? custom : base(type)),
  });
  const harness: Harness = {
    engine,
    answerBucket,
    clock,
    lambda,
    iam,
    ssm,
    objects,
    events: [],
    script: succeed,
    put: async (event, answer) => {
      const { StackId, RequestId, LogicalResourceId } = event;
      const body =
        typeof answer === 'string'
          ? answer
          : JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...answer });
      const response = await fetch(event.ResponseURL, {
        method: 'PUT',
        body: new TextEncoder().encode(body),
      });
      await response.arrayBuffer();
      return response.status;
    },
    stop: async () => {
      shutdown.abort();
      await engine.idle();
      await Promise.all(running);
      await lambda.stop();
      await answerBucket.stop();
    },
  };
  const run = async (event: CustomResourceEvent): Promise<void> => {
    harness.events.push(event);
    const answer = await harness.script(event);
    if (answer !== 'silence') await harness.put(event, answer);
  };
  return harness;
}

/** A template with custom resources only: their properties by logical id. */
export function customTemplate(
  resources: Readonly<Record<string, JsonObject>>,
  rest: JsonObject = {},
): string {
  const entries = Object.entries(resources).map(
    ([logicalId, { DependsOn: dependsOn = [], ...properties }]) => [
      logicalId,
      { Type: 'Custom::Thing', DependsOn: dependsOn, Properties: { ServiceToken: TOKEN, ...properties } },
    ],
  );
  return JSON.stringify({ Resources: Object.fromEntries(entries) as JsonObject, ...rest });
}

/** `STATUS LogicalId` of each event from the last `User Initiated` on. */
export function lastEvents(stack: Stack): string[] {
  const start = stack.events.findLastIndex(({ reason }) => reason === 'User Initiated');
  return stack.events.slice(start).map(({ status, logicalId }) => `${status} ${logicalId}`);
}

/** Reason of the last event of a resource with this status. */
export function reasonOf(stack: Stack, logicalId: string, status: string): string | undefined {
  return stack.events.findLast((event) => event.logicalId === logicalId && event.status === status)?.reason;
}
