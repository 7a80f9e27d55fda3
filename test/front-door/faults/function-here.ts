/**
 * The built function in this process, as Lambda's Managed Instances run it: as many invocations at once as there are cells
 * of the table. They mostly wait, so that all of them together take hardly longer than the slowest.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type FunctionContext } from '../../../lambda/wiring';
import { environmentOf } from '../../../local/aws/lambda/environment';
import { type InvocationResult } from '../../../local/aws/lambda/host';
import { eventOf, type World } from '../scenarios/world';

const bundle = join(__dirname, '../../../dist/lambda/index.js');
type Handler = (event: unknown, context: FunctionContext) => Promise<void>;

export type Line = Readonly<Record<string, unknown>>;

export interface Invoked {
  readonly result: InvocationResult;
  /** What it has logged. */
  readonly lines: readonly Line[];
}

export interface FunctionHere {
  /**
   * `seconds`: what Lambda gives to the invocation. `environment`: read by a run of the schedule before it waits for
   * anything; an event of CloudFormation has that of all.
   */
  invoke(event: unknown, seconds: number, environment?: Readonly<Record<string, string>>): Promise<Invoked>;
  unload(): void;
}

/** With the environment that the function has in the world's Lambda, and more. */
export function loadFunction(world: World, more: Readonly<Record<string, string>>): FunctionHere {
  const { aws, serviceToken, providerArn } = world;
  const deployed = aws.lambda.function(serviceToken);
  if (!deployed) throw new Error(`there is no function ${serviceToken}`);
  const { endpoints, iam, region } = aws;
  const usual = process.env;
  const own = {
    ...usual,
    ...environmentOf(deployed, {
      region,
      logStreamName: 'stream',
      credentials: iam.credentialsFor(providerArn, deployed.name),
      extra: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        AWS_ENDPOINT_URL_EKS: endpoints.eks,
        AWS_ENDPOINT_URL_STS: endpoints.sts,
        AWS_ENDPOINT_URL_IAM: endpoints.iam,
        AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
      },
    }),
    ...more,
  };
  const written = new Map<unknown, Line[]>();
  const hear = (text: string): void => {
    const line = JSON.parse(text) as Line;
    const id = line['function_request_id'];
    written.set(id, [...(written.get(id) ?? []), line]);
  };
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (String(text).startsWith('{') && hear(String(text)), true));
  process.env = own;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle is CommonJS, as Lambda loads it
  const { handler } = require(bundle) as { readonly handler: Handler };
  return {
    invoke: async (event, seconds, environment = {}) => {
      const awsRequestId = randomUUID();
      const ends = Date.now() + seconds * 1_000;
      process.env = { ...own, ...environment };
      const served = handler(JSON.parse(JSON.stringify(event)), {
        awsRequestId,
        invokedFunctionArn: serviceToken,
        logGroupName: 'group',
        logStreamName: 'stream',
        getRemainingTimeInMillis: () => ends - Date.now(),
      });
      process.env = own;
      const result = await served.then(
        (): InvocationResult => ({ status: 'success', payload: null }),
        (error: Error): InvocationResult => ({
          status: 'error',
          error: { errorType: error.name, errorMessage: error.message, trace: [] },
        }),
      );
      return { result, lines: written.get(awsRequestId) ?? [] };
    },
    unload: () => {
      stdout.mockRestore();
      process.env = usual;
    },
  };
}

/** The world with its events served here. */
export function servedHere(world: World, here: FunctionHere, seconds = 60): World {
  const invoke: World['invoke'] = async (sent) =>
    (await here.invoke(eventOf(world.aws, world.serviceToken, sent), seconds)).result;
  return Object.create(world, { invoke: { value: invoke } }) as World;
}
