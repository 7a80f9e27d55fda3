/** Custom resources: the event, the function, the wait for its answer. */
import { setMaxListeners } from 'node:events';
import { type AcceptedAnswer, type AnswerBucket } from '../../answer-bucket';
import { type Clock } from '../../lambda/clock';
import { type LambdaHost } from '../../lambda/host';
import { type Json, type JsonObject, primitivesAsStrings } from '../json';
import { readAnswer, type RequestType } from './custom-resource-answer';
import { physicalName } from './physical-name';
import { type Provisioned, type ResourceContext, ResourceFailure, type ResourceType } from './resource-type';

export interface CustomResourceServices {
  readonly lambda: Pick<LambdaHost, 'invokeAsync'> & Partial<Pick<LambdaHost, 'function'>>;
  readonly answerBucket: AnswerBucket;
  readonly clock: Clock;
  /** Aborted when the local CloudFormation stops: nothing is sent or waited for any more. */
  readonly shutdown: AbortSignal;
}

const DEFAULT_TIMEOUT = 3600;

interface Request {
  readonly type: RequestType;
  readonly properties: JsonObject;
  readonly oldProperties?: JsonObject;
  readonly physicalId?: string;
}

export function customResource(services: CustomResourceServices): ResourceType {
  return {
    create: (properties, context) => send(services, context, { type: 'Create', properties }),
    update: (properties, context, current) => {
      if (properties['ServiceToken'] !== current.properties['ServiceToken']) {
        throw new ResourceFailure('Modifying service token is not allowed.', undefined, true);
      }
      return send(services, context, {
        type: 'Update',
        properties,
        oldProperties: current.properties,
        physicalId: current.physicalId,
      });
    },
    delete: async (properties, context, physicalId) => {
      await send(services, context, { type: 'Delete', properties, physicalId });
    },
  };
}

function send(
  services: CustomResourceServices,
  context: ResourceContext,
  request: Request,
): Promise<Provisioned> {
  const { clock, answerBucket, lambda, shutdown } = services;
  const { stackId, logicalId, requestId, signal } = context;
  // One listener for each resource that waits, and a stack may have hundreds.
  setMaxListeners(0, context.signal, shutdown);
  return new Promise((resolve, reject) => {
    let [open, cancelTimer] = [true, (): void => undefined];
    const close = (): boolean => {
      if (!open) return false;
      open = false;
      cancelTimer();
      for (const source of [signal, shutdown]) source.removeEventListener('abort', onAbort);
      return true;
    };
    // A Create that never answered has no id of its own, and CloudFormation makes one up (CR-14).
    const fallback = request.physicalId ?? physicalName(context.stackName, logicalId);
    const fail = (reason: string): void => {
      if (close()) reject(new ResourceFailure(reason, fallback));
    };
    const onAbort = (): void => fail('cancelled');
    const onAnswer = (answer: AcceptedAnswer): void => {
      const verdict = readAnswer(answer, request.type, context, fallback);
      if (verdict === 'ignored' || !close()) return;
      if (verdict instanceof ResourceFailure) reject(verdict);
      else resolve(verdict);
    };
    // What was never sent made nothing, so that there is nothing to delete.
    const failUnsent = (reason: string): void => {
      if (close()) reject(new ResourceFailure(reason, request.physicalId));
    };
    if (shutdown.aborted) return fail('the local CloudFormation was stopped');
    try {
      const seconds = timeoutOf(request.properties);
      const functionArn = functionOf(request.properties['ServiceToken'], context);
      const obstacle = lambda.function?.(functionArn)?.obstacle;
      if (obstacle !== undefined) return failUnsent(cannotRun(functionArn, obstacle));
      const responseUrl = answerBucket.presign(
        { stackId, logicalResourceId: logicalId, requestId },
        onAnswer,
      );
      for (const source of [signal, shutdown]) source.addEventListener('abort', onAbort);
      cancelTimer = clock.after(seconds * 1000, () =>
        fail(
          `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. ` +
            'If you are using the Python cfn-response module, you may need to update your Lambda function so that CloudFormation can attach the updated version.',
        ),
      );
      lambda.invokeAsync(functionArn, eventOf(request, context, responseUrl), ({ errorMessage }) =>
        failUnsent(cannotRun(functionArn, `could not be loaded: ${errorMessage.split('\n')[0] ?? ''}`)),
      );
    } catch (error) {
      failUnsent(error instanceof Error ? error.message : String(error));
    }
  });
}

/** Real CloudFormation would wait for an answer for as long as ServiceTimeout says. */
function cannotRun(functionArn: string, why: string): string {
  return `the function ${functionArn.split(':')[6] ?? ''} of its ServiceToken ${why}`;
}

function timeoutOf(properties: JsonObject): number {
  const value = properties['ServiceTimeout'];
  if (value === undefined) return DEFAULT_TIMEOUT;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= DEFAULT_TIMEOUT) return seconds;
  throw new ResourceFailure(
    `Invalid ServiceTimeout value ${JSON.stringify(value)}: it must be an integer from 1 to 3600`,
  );
}

function functionOf(token: Json | undefined, { region }: ResourceContext): string {
  const parts = /^(arn:[^:]+:lambda:([^:]+):\d{12}:function:[A-Za-z0-9_-]+)(:[A-Za-z0-9$_-]+)?$/.exec(
    typeof token === 'string' ? token : '',
  );
  if (!parts) throw new ResourceFailure('Invalid service token.');
  if (parts[2] !== region)
    throw new ResourceFailure(
      `Invalid service token: the function must be in ${region}, the region of the stack.`,
    );
  return parts[1] ?? '';
}

function eventOf(request: Request, context: ResourceContext, responseUrl: string): JsonObject {
  return {
    RequestType: request.type,
    ServiceToken: request.properties['ServiceToken'] ?? null,
    ResponseURL: responseUrl,
    StackId: context.stackId,
    RequestId: context.requestId,
    LogicalResourceId: context.logicalId,
    ...(request.physicalId === undefined ? {} : { PhysicalResourceId: request.physicalId }),
    ResourceType: context.type,
    ResourceProperties: primitivesAsStrings(request.properties),
    ...(request.oldProperties === undefined
      ? {}
      : { OldResourceProperties: primitivesAsStrings(request.oldProperties) }),
  };
}
