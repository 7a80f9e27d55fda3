/** One function that invokes another, by the SDK: later, at once, and what is refused. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { LocalIam } from '../../../../../local/aws/identity/iam';
import { LambdaHost } from '../../../../../local/aws/lambda/host';
import { startLambdaApi } from '../../../../../local/aws/lambda/invoke-api';
import { type LoopbackServer } from '../../../../../local/aws/server/loopback-server';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const iam = new LocalIam({ accountId: '111122223333', region: 'us-east-1' });
let host: LambdaHost;
let server: LoopbackServer;
let client: LambdaClient;
let asked: string[];
let allows: boolean;
beforeEach(async () => {
  [asked, allows] = [[], true];
  host = new LambdaHost({ retryDelays: [1, 1] });
  const inline =
    'exports.handler = async (event) => { if (event.fails) throw new Error("no"); return { got: event }; };';
  host.register({ name: 'f', arn, code: { inline }, timeoutSeconds: 20 });
  const authorize = (caller: string, action: string, resource: string): boolean => {
    asked.push(`${caller} ${action} ${resource}`);
    return allows;
  };
  server = await startLambdaApi({ iam, lambda: host, authorize });
  client = new LambdaClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: iam.credentialsFor(iam.roleArn('caller'), 's'),
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
  await host.stop();
});

const invoke = (
  FunctionName: string,
  event: object,
  InvocationType?: 'Event' | 'RequestResponse' | 'DryRun',
) =>
  client.send(
    new InvokeCommand({
      FunctionName,
      ...(InvocationType ? { InvocationType } : {}),
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  );
const textOf = (payload: Uint8Array | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(payload)) as unknown;

test.each([arn, 'f', `${arn}:live`, '111122223333:function:f'])(
  'Event is taken, and served later: %s',
  async (name) => {
    const { StatusCode, Payload } = await invoke(name, { text: 'é' }, 'Event');
    expect([StatusCode, Payload?.length ?? 0]).toEqual([202, 0]);
    await host.idle();
    expect(host.deliveries.map(({ event, tries }) => [event, tries])).toEqual([
      [{ text: 'é' }, [{ status: 'success', payload: { got: { text: 'é' } } }]],
    ]);
    expect(asked).toEqual([`arn:aws:sts::111122223333:assumed-role/caller/s lambda:InvokeFunction ${arn}`]);
  },
);

test('RequestResponse gives what the function gives, or its error', async () => {
  expect(textOf((await invoke('f', { a: 1 })).Payload)).toEqual({ got: { a: 1 } });
  const failed = await invoke('f', { fails: true });
  expect([failed.FunctionError, textOf(failed.Payload)]).toMatchObject(['Unhandled', { errorMessage: 'no' }]);
});

test('refuses a function that is not there, a caller that may not, and a type that it does not have', async () => {
  await expect(invoke('g', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(invoke('f', {}, 'DryRun')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  allows = false;
  await expect(invoke('f', {}, 'Event')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction') as string,
  });
  expect(host.deliveries).toEqual([]);
});
