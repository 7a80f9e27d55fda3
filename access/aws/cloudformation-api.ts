/**
 * The CloudFormation operations that the provider uses, by the SDK's client, which is made when it is first asked: most
 * events never ask.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  type DescribeStackResourceCommandInput,
  type DescribeStackResourceCommandOutput,
  type DescribeStacksCommandInput,
  type DescribeStacksCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { asCallOf, type AwsConnection, keptClient, perCall } from './sdk-client';
import { isSdkFailure, readFailure, type ReadFailure } from './sdk-failure';

/** Input and output of each operation, as the SDK types them. */
export interface CloudFormationOperations {
  DescribeStackResource: [DescribeStackResourceCommandInput, DescribeStackResourceCommandOutput];
  DescribeStacks: [DescribeStacksCommandInput, DescribeStacksCommandOutput];
}

export type CloudFormationOperation = keyof CloudFormationOperations;

/** What came back, or why nothing did: a refusal of CloudFormation's is an answer too (CR-28). */
export type CloudFormationAnswer<O extends CloudFormationOperation> =
  { readonly output: Omit<CloudFormationOperations[O][1], '$metadata'> } | { readonly failure: ReadFailure };

export interface CloudFormationApi {
  /** Rejects with the signal's reason once it is aborted, and with nothing else but a fault of the program. */
  ask<O extends CloudFormationOperation>(
    operation: O,
    input: CloudFormationOperations[O][0],
  ): Promise<CloudFormationAnswer<O>>;
}

const commands = {
  DescribeStackResource: DescribeStackResourceCommand,
  DescribeStacks: DescribeStacksCommand,
} as const satisfies {
  readonly [O in CloudFormationOperation]: new (input: CloudFormationOperations[O][0]) => unknown;
};

/** As one type, which a table of classes has not; the table above is what is checked. */
const commandOf = (operation: CloudFormationOperation, input: object): DescribeStackResourceCommand =>
  new (commands[operation] as new (input: object) => DescribeStackResourceCommand)(input);

const clientOf = keptClient((settings) => {
  const client = new CloudFormationClient(settings);
  client.middlewareStack.use(perCall());
  return client;
});

export function openCloudFormationApi(connection: AwsConnection): CloudFormationApi {
  const { signal } = connection;
  return {
    ask: async (operation, input) => {
      const command = asCallOf(connection, commandOf(operation, input));
      try {
        const output: unknown = await clientOf(connection).send(command);
        return { output: output as CloudFormationOperations[typeof operation][1] };
      } catch (error) {
        signal.throwIfAborted();
        if (!isSdkFailure(error)) throw error;
        return { failure: readFailure(error) };
      }
    },
  };
}
