/**
 * Lambda's own API, as far as one function invokes another, or itself.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
import { identifyCaller } from '../identity/caller';
import { type LocalIam } from '../identity/iam';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';
import { type LambdaHost } from './host';

export interface LambdaApiOptions {
  readonly iam: LocalIam;
  readonly lambda: LambdaHost;
  /** Plays IAM's part. */
  readonly authorize: (callerArn: string, action: string, resource: string) => boolean;
}

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** Bytes of an asynchronous invocation. */
const MAX_EVENT = 1_048_576;

export async function startLambdaApi(options: LambdaApiOptions): Promise<LoopbackServer> {
  return startLoopbackServer({ handle: (request) => answer(request, options) });
}

async function answer(request: LocalRequest, options: LambdaApiOptions): Promise<LocalResponse> {
  const { iam, lambda, authorize } = options;
  const identified = identifyCaller(iam, request);
  if (!('caller' in identified)) return refuse(403, `${identified.code}Exception`, identified.message);
  const named = INVOKE.exec(request.path)?.[1];
  if (named === undefined || request.method !== 'POST')
    return refuse(
      404,
      'UnknownOperationException',
      `the local Lambda has Invoke alone, and not ${request.method} ${request.path}`,
    );
  const arn = arnOf(decodeURIComponent(named), iam);
  const { caller } = identified;
  if (caller.mayNothing || !authorize(caller.arn, 'lambda:InvokeFunction', arn)) {
    const message = `User: ${caller.arn} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no identity-based policy allows the lambda:InvokeFunction action`;
    return refuse(403, 'AccessDeniedException', message);
  }
  if (!lambda.function(arn)) return refuse(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
  const event = parse(request.body.toString('utf8'));
  if (!event) return refuse(400, 'InvalidRequestContentException', 'Could not parse request body into json');
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'Event') {
    if (request.body.length > MAX_EVENT)
      return refuse(413, 'RequestTooLargeException', `${request.body.length} byte payload is too large`);
    lambda.invokeAsync(arn, event.value);
    return { status: 202 };
  }
  if (type !== 'RequestResponse')
    return refuse(400, 'InvalidParameterValueException', `the invocation type ${type} is not one here`);
  const result = await lambda.invoke(arn, event.value);
  if (result.status === 'error' && result.isRefused)
    return refuse(502, result.error.errorType, result.error.errorMessage);
  return result.status === 'success'
    ? { status: 200, body: JSON.stringify(result.payload ?? null) }
    : {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ ...result.error, trace: [...result.error.trace] }),
      };
}

/** A name, a partial ARN or a whole one, with or without a qualifier. */
function arnOf(named: string, { partition, region, accountId }: LocalIam): string {
  const name = named.startsWith('arn:') ? named.split(':')[6] : named.split(':').at(-1);
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name ?? ''}`;
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text === '') return { value: {} };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function refuse(status: number, name: string, message: string): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
    body: JSON.stringify({ Message: message }),
  };
}
