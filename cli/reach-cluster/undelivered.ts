/** The provider's function and its queue of undelivered events, in the caller's account. */
import { partsOfArn } from '../../access/arn';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type CallerOptions } from '../live-options';
import { Problem } from '../problem';
import { exportedToken, functionOf } from './provider-function';
import { textOf, whyOf } from './refusal';
import { openSession, type Session, within } from './session';

/** Seconds for which a message is hidden from others: what is not deleted by then is in the queue again by itself. */
const HIDDEN_SECONDS = 300;
/** Messages that are looked at in one go, which takes less than that. */
const MOST = 500;

export interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Undelivered {
  readonly functionArn: string;
  readonly queueUrl: string;
  /** All there are, hidden from others for a while. */
  receiveAll(): Promise<{ readonly messages: readonly ReceivedMessage[]; readonly hasMore: boolean }>;
  /** Why Lambda has not taken the event; undefined where it has. */
  invoke(payload: string): Promise<string | undefined>;
  /** Why a message that was received is still there; undefined where it is not. */
  remove(id: string): Promise<string | undefined>;
  /** What was received and not removed is there for others again, at once. Never fails. */
  giveBack(): Promise<void>;
}

/** `named`: name or ARN; undefined: by its export. Throws Problem. */
export async function openUndelivered(
  options: CallerOptions,
  named: string | undefined,
  say: (text: string) => void,
): Promise<Undelivered> {
  const session = await openSession(options);
  const { region, profile } = session;
  const settings = { region, ...(profile === undefined ? {} : { profile }) };
  const [lambda, sqs] = [new LambdaClient(settings), new SQSClient(settings)];
  const token = named ?? (await exportedToken(new CloudFormationClient(settings), session));
  say(`asking Lambda about ${token}, ${region} …`);
  const { functionArn, queueArn } = await functionOf(token, lambda, session);
  const queueUrl = await urlOf(queueArn, sqs, session);
  const handles = new Map<string, string>();

  return {
    functionArn,
    queueUrl,
    receiveAll: async () => {
      const messages: ReceivedMessage[] = [];
      for (;;) {
        const batch = await receive(queueUrl, sqs, session);
        const fresh = batch.filter(({ MessageId: id = '' }) => !handles.has(id));
        for (const message of batch) handles.set(message.MessageId ?? '', message.ReceiptHandle ?? '');
        messages.push(...fresh.map(received));
        if (fresh.length === 0) return { messages, hasMore: false };
        if (messages.length >= MOST) return { messages, hasMore: true };
      }
    },
    invoke: async (payload) => {
      try {
        const command = new InvokeCommand({
          FunctionName: functionArn,
          InvocationType: 'Event',
          Payload: new TextEncoder().encode(payload),
        });
        await within(session, (abortSignal) => lambda.send(command, { abortSignal }));
        return undefined;
      } catch (error) {
        return whyOf(error, `lambda:InvokeFunction on ${functionArn}`);
      }
    },
    remove: async (id) => {
      try {
        const command = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: handles.get(id) });
        await within(session, (abortSignal) => sqs.send(command, { abortSignal }));
        handles.delete(id);
        return undefined;
      } catch (error) {
        return whyOf(error, `sqs:DeleteMessage on ${queueArn}`);
      }
    },
    giveBack: async () => {
      const left = [...handles.values()].map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      for (let at = 0; at < left.length; at += 10) {
        const command = new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: left.slice(at, at + 10),
        });
        // Otherwise they come back by themselves, a little later.
        await within(session, (abortSignal) => sqs.send(command, { abortSignal })).catch(() => undefined);
      }
    },
  };
}

async function urlOf(queueArn: string, sqs: SQSClient, session: Session): Promise<string> {
  const { accountId, resource } = partsOfArn(queueArn);
  const command = new GetQueueUrlCommand({ QueueName: resource, QueueOwnerAWSAccountId: accountId });
  try {
    const { QueueUrl = '' } = await within(session, (abortSignal) => sqs.send(command, { abortSignal }));
    return QueueUrl;
  } catch (error) {
    throw new Problem(`Cannot find the queue: ${whyOf(error, `sqs:GetQueueUrl on ${queueArn}`)}.`);
  }
}

/** Waits a little, so that all of the queue's servers are asked. */
async function receive(QueueUrl: string, sqs: SQSClient, session: Session): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 1,
    VisibilityTimeout: HIDDEN_SECONDS,
    MessageAttributeNames: ['All'],
  });
  try {
    const answer = await within(session, (abortSignal) => sqs.send(command, { abortSignal }));
    return answer.Messages ?? [];
  } catch (error) {
    // A queue with a key of the owner's own needs kms:Decrypt as well; its refusal says so.
    const permission = /kms/i.test(textOf(error)) ? 'kms:Decrypt on the key of' : 'sqs:ReceiveMessage on';
    throw new Problem(`Cannot read the queue: ${whyOf(error, `${permission} ${QueueUrl}`)}.`);
  }
}

function received({ MessageId = '', Body = '', MessageAttributes = {} }: Message): ReceivedMessage {
  const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
    name,
    StringValue,
  ]);
  return { id: MessageId, body: Body, attributes: Object.fromEntries(attributes) as Record<string, string> };
}
