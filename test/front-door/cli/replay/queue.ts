/** An SQS with one queue, as far as a reader of it needs: messages that are hidden for a while once they were received. */
import { createHash, randomUUID } from 'node:crypto';
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../../../../local/aws/server/loopback-server';

interface Stored {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  hiddenUntil: number;
  receipt: string;
}

const KEY_DISABLED = 'arn:aws:kms:us-east-1:111122223333:key/k is disabled.';

export interface Queue {
  readonly server: LoopbackServer;
  readonly arn: string;
  /** False: it is encrypted with a key that is disabled, and takes and gives nothing. */
  hasKey: boolean;
  /** Gives the id of the message; throws where SQS would refuse it. */
  put(body: string, attributes?: Readonly<Record<string, string>>): string;
  /** Ids of all messages, hidden ones too. */
  ids(): readonly string[];
  /** Ids of the messages that a receiver would get now. */
  visible(): readonly string[];
}

export async function startQueue(arn: string): Promise<Queue> {
  let stored: Stored[] = [];
  const server = await startLoopbackServer({ handle: (request) => answer(request) });
  const url = `${server.url}/${arn.split(':')[4] ?? ''}/${arn.split(':')[5] ?? ''}`;
  const visible = (): Stored[] => stored.filter(({ hiddenUntil }) => hiddenUntil <= Date.now());

  const operations: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
    GetQueueUrl: () => ({ QueueUrl: url }),
    ReceiveMessage: ({ MaxNumberOfMessages: most, VisibilityTimeout: seconds }) => ({
      Messages: visible()
        .slice(0, Number(most))
        .map((message) => {
          message.hiddenUntil = Date.now() + Number(seconds) * 1000;
          message.receipt = randomUUID();
          const attributes = Object.entries(message.attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]);
          return {
            MessageId: message.id,
            ReceiptHandle: message.receipt,
            Body: message.body,
            MD5OfBody: createHash('md5').update(message.body).digest('hex'),
            MessageAttributes: Object.fromEntries(attributes) as object,
          };
        }),
    }),
    DeleteMessage: ({ ReceiptHandle: receipt }) => {
      stored = stored.filter((message) => message.receipt !== receipt);
      return {};
    },
    ChangeMessageVisibilityBatch: ({ Entries }) => {
      for (const { ReceiptHandle: receipt, VisibilityTimeout: seconds } of Entries as {
        readonly ReceiptHandle: string;
        readonly VisibilityTimeout: number;
      }[])
        for (const message of stored)
          if (message.receipt === receipt) message.hiddenUntil = Date.now() + seconds * 1000;
      return { Successful: [], Failed: [] };
    },
  };

  function answer({ headers, body }: LocalRequest): LocalResponse {
    const operation = operations[(headers['x-amz-target'] ?? '').replace('AmazonSQS.', '')];
    if (operation === undefined) return { status: 400, body: '{"__type":"InvalidAction"}' };
    if (!queue.hasKey && operation === operations['ReceiveMessage'])
      return {
        status: 400,
        body: JSON.stringify({ __type: 'com.amazonaws.sqs#KmsDisabled', message: KEY_DISABLED }),
      };
    const input = JSON.parse(body.toString()) as Record<string, unknown>;
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify(operation(input)),
    };
  }

  const queue: Queue = {
    server,
    arn,
    hasKey: true,
    put: (body, attributes = {}) => {
      if (!queue.hasKey) throw new Error(KEY_DISABLED);
      const id = randomUUID();
      stored.push({ id, body, attributes, hiddenUntil: 0, receipt: '' });
      return id;
    },
    ids: () => stored.map(({ id }) => id),
    visible: () => visible().map(({ id }) => id),
  };
  return queue;
}
