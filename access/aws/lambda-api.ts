/**
 * How the function hands work on to an invocation of itself, by the SDK's client, which is made when it is first asked:
 * only while a cluster changes its authentication mode (docs/decisions/0014).
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { asCallOf, type AwsConnection, keptClient, perCall } from './sdk-client';
import { isSdkFailure, readFailure, type ReadFailure } from './sdk-failure';

export interface LambdaApi {
  /**
   * Gives the event to Lambda's queue for the function; undefined once it is there, or why it may not be. Rejects with the
   * signal's reason once it is aborted, and with nothing else but a fault of the program.
   */
  invokeLater(functionArn: string, event: object): Promise<ReadFailure | undefined>;
}

const clientOf = keptClient((settings) => {
  const client = new LambdaClient(settings);
  client.middlewareStack.use(perCall());
  return client;
});

export function openLambdaApi(connection: AwsConnection): LambdaApi {
  return {
    invokeLater: async (FunctionName, event) => {
      const Payload = new TextEncoder().encode(JSON.stringify(event));
      const command = new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload });
      try {
        await clientOf(connection).send(asCallOf(connection, command));
        return undefined;
      } catch (error) {
        connection.signal.throwIfAborted();
        if (!isSdkFailure(error)) throw error;
        return readFailure(error);
      }
    },
  };
}
