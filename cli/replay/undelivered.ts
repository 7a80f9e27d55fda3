/**
 * What a message of the queue of undelivered events is: an event of CloudFormation as Lambda has put it there, what the
 * function sends to itself, a run of the schedule, or the record of an on-failure destination around one of these. Pure.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */

/** A message, as SQS has it. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** Attributes that Lambda gives it: ErrorCode, ErrorMessage, RequestID. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface UndeliveredEvent {
  readonly kind: 'event' | 'run';
  /** JSON for the function: never shown, it has the ResponseURL. */
  readonly payload: string;
  /** Create, Update or Delete; `scheduled run` of the schedule's. */
  readonly type: string;
  readonly stackId: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly requestId: string;
  /** ARN of the function that it is for; undefined where it does not say. */
  readonly functionArn: string | undefined;
  /** Of the request of CloudFormation; undefined where the ResponseURL does not tell. */
  readonly requestedAt: Date | undefined;
  /** From then on CloudFormation's bucket takes no answer to it. */
  readonly expiresAt: Date | undefined;
}

export type ReadMessage =
  | { readonly event: UndeliveredEvent; readonly failure: string }
  | { readonly unknown: string; readonly failure: string };

export function readMessage({ body, attributes }: QueueMessage): ReadMessage {
  const content = parsed(body);
  const record = recordOf(content);
  const failure = withoutSecrets(attributes['ErrorMessage'] ?? record?.failure ?? '');
  if (content === undefined) return { unknown: 'it is not JSON', failure };
  const event = eventOf(record === undefined ? content : record.payload);
  return event === undefined
    ? { unknown: 'it is neither an event of CloudFormation nor one of the provider', failure }
    : { event, failure };
}

type Fields = Readonly<Record<string, unknown>>;

/** Of an on-failure destination: the event is inside. */
function recordOf(
  content: Fields | undefined,
): { readonly payload: unknown; readonly failure: string } | undefined {
  if (content === undefined || !('requestPayload' in content) || !('requestContext' in content))
    return undefined;
  const { condition } = fieldsOf(content['requestContext']);
  return { payload: content['requestPayload'], failure: text(condition) };
}

function eventOf(content: unknown): UndeliveredEvent | undefined {
  const fields = fieldsOf(content);
  const payload = JSON.stringify(content);
  if (fields['kind'] === 'cfn-eks-access/scheduled-run') return { ...RUN, payload };
  const event = fields['kind'] === 'cfn-eks-access/mode-hop' ? fieldsOf(fields['event']) : fields;
  const { RequestType: type, StackId: stackId, RequestId: requestId, LogicalResourceId: logicalId } = event;
  const isWhole = [stackId, requestId, logicalId, event['ResponseURL']].every((each) => text(each) !== '');
  if (!isWhole || !/^(Create|Update|Delete)$/.test(text(type))) return undefined;
  return {
    kind: 'event',
    payload,
    type: text(type),
    stackId: text(stackId),
    stack: text(stackId).split('/')[1] ?? text(stackId),
    logicalId: text(logicalId),
    resourceType: text(event['ResourceType']),
    requestId: text(requestId),
    functionArn: text(event['ServiceToken']) || undefined,
    ...timesOf(text(event['ResponseURL'])),
  };
}

const RUN = {
  kind: 'run',
  type: 'scheduled run',
  stackId: '',
  stack: '',
  logicalId: '',
  resourceType: '',
  requestId: '',
  functionArn: undefined,
  requestedAt: undefined,
  expiresAt: undefined,
} as const;

/** As the presigned URL says it, in either version of the signature. */
function timesOf(responseUrl: string): Pick<UndeliveredEvent, 'requestedAt' | 'expiresAt'> {
  const query = URL.canParse(responseUrl) ? new URL(responseUrl).searchParams : new URLSearchParams();
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (signed) {
    const [, year, month, day, hour, minute, second] = signed;
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return times(at, at + Number(query.get('X-Amz-Expires') ?? NaN) * 1000);
  }
  const expires = Number(query.get('Expires') ?? NaN) * 1000;
  return times(expires - 7_200_000, expires);
}

function times(requestedAt: number, expiresAt: number): Pick<UndeliveredEvent, 'requestedAt' | 'expiresAt'> {
  const dateOf = (at: number): Date | undefined => (Number.isFinite(at) ? new Date(at) : undefined);
  return { requestedAt: dateOf(requestedAt), expiresAt: dateOf(expiresAt) };
}

/** What failed may quote an address with its signature. */
function withoutSecrets(failure: string): string {
  const [line = ''] = failure.trim().split('\n');
  return line.replace(/\b(https?:\/\/[^\s?"']*)\?[^\s"']*/g, '$1?…');
}

function parsed(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
