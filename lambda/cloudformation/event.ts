/**
 * The event that CloudFormation sends, read once and trusted for nothing. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
import { type CloudFormationCustomResourceEvent } from 'aws-lambda';
import { invalidRequest, type ProviderError, undefinedIfRefused } from '../../access/errors';
import { isObject } from '../../access/record-json';
import { isAnswerableId, MAX_ID_BYTES } from './answerable-id';
import { knownProperties } from './known-properties';

/** What an answer needs; read before anything else, so that every later failure can be answered (CR-1). */
export interface Envelope {
  readonly responseUrl: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  /** On Update and Delete only. */
  readonly physicalResourceId: string | undefined;
  /** Seconds that CloudFormation waits for the answer (CR-53). */
  readonly serviceTimeout: number;
}

interface RequestBase {
  readonly envelope: Envelope;
  readonly resourceType: string;
  /** As sent; every primitive is a string. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export type CreateOrUpdateRequest =
  | (RequestBase & { readonly requestType: 'Create' })
  | (RequestBase & {
      readonly requestType: 'Update';
      readonly physicalResourceId: string;
      readonly oldProperties: Readonly<Record<string, unknown>>;
    });

export type DeleteRequest = RequestBase & {
  readonly requestType: 'Delete';
  readonly physicalResourceId: string;
};

export type Request = CreateOrUpdateRequest | DeleteRequest;

type EventFields = Partial<Record<keyof UnionOf<CloudFormationCustomResourceEvent>, unknown>>;
type UnionOf<T> = T extends unknown
  ? { [K in keyof T]: T[K] } & Partial<Record<'PhysicalResourceId' | 'OldResourceProperties', unknown>>
  : never;

/** Throws InvalidRequest when the event is not one that could be answered. */
export function parseEnvelope(event: unknown): Envelope {
  const fields = fieldsOf(event);
  return {
    responseUrl: text(fields, 'ResponseURL'),
    stackId: text(fields, 'StackId'),
    requestId: text(fields, 'RequestId'),
    logicalResourceId: text(fields, 'LogicalResourceId'),
    physicalResourceId: undefinedIfRefused(() => text(fields, 'PhysicalResourceId')),
    serviceTimeout: serviceTimeoutOf(fields.ResourceProperties),
  };
}

/** 3,600 unless the template says otherwise; every primitive arrives as a string (CR-33). */
function serviceTimeoutOf(properties: unknown): number {
  const value = isObject(properties) ? properties['ServiceTimeout'] : undefined;
  const seconds = typeof value === 'object' ? NaN : Number(value);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600 ? seconds : 3600;
}

/** Throws InvalidRequest naming the field that is missing or wrong. */
export function parseRequest(event: unknown, envelope: Envelope): Request {
  const fields = fieldsOf(event);
  const base = {
    envelope,
    resourceType: text(fields, 'ResourceType'),
    properties: record(fields, 'ResourceProperties'),
  };
  switch (fields.RequestType) {
    case 'Create':
      return { ...base, requestType: 'Create' };
    case 'Update':
      return {
        ...base,
        requestType: 'Update',
        physicalResourceId: physicalId(fields),
        oldProperties: record(fields, 'OldResourceProperties'),
      };
    case 'Delete':
      return { ...base, requestType: 'Delete', physicalResourceId: physicalId(fields) };
    default:
      throw invalidRequest(
        `RequestType is ${JSON.stringify(fields.RequestType)}: CloudFormation sends Create, Update or Delete`,
      );
  }
}

/** The only form of an event that may be logged: without the signed ResponseURL, and known properties only (CR-43). */
export function forLog(request: Request): Record<string, unknown> {
  const { requestType, resourceType } = request;
  const { known, unknown } = knownProperties(resourceType, request.properties);
  const old = 'oldProperties' in request ? knownProperties(resourceType, request.oldProperties) : undefined;
  return {
    requestType,
    resourceType,
    properties: known,
    unknownProperties: unknown,
    ...('physicalResourceId' in request ? { physicalResourceId: request.physicalResourceId } : {}),
    ...(old && { oldProperties: old.known, unknownOldProperties: old.unknown }),
  };
}

function fieldsOf(event: unknown): EventFields {
  if (isObject(event)) return event;
  throw notAnEvent('is not an object');
}

function text(fields: EventFields, name: keyof EventFields): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw notAnEvent(`has no ${name}`);
}

function notAnEvent(why: string): ProviderError {
  return invalidRequest(`the event ${why}: this function answers CloudFormation custom resource events only`);
}

/** Refused before any work where no answer could carry it. */
function physicalId(fields: EventFields): string {
  const id = text(fields, 'PhysicalResourceId');
  if (isAnswerableId(id)) return id;
  throw invalidRequest(
    `PhysicalResourceId has more than ${MAX_ID_BYTES} bytes: CloudFormation gives no such id, so nothing was changed`,
  );
}

function record(fields: EventFields, name: keyof EventFields): Readonly<Record<string, unknown>> {
  const value = fields[name];
  if (isObject(value)) return value;
  throw notAnEvent(`has no ${name}`);
}
