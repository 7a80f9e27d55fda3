/**
 * What CloudFormation checks of the answer of a custom resource, and in which words it refuses one (custom-resources
 * sections 1.1 to 1.5). Pure.
 */
import { type AcceptedAnswer } from '../../answer-bucket';
import { isObject } from '../json';
import { type Provisioned, type ResourceContext, ResourceFailure } from './resource-type';

/** Bytes. */
const MAXIMUM_ANSWER = 4096;
/** Bytes. */
const MAXIMUM_PHYSICAL_ID = 1024;

export type RequestType = 'Create' | 'Update' | 'Delete';

/** `ignored`: an answer to another request. `fallback`: the physical id of a failure that names none of its own. */
export function readAnswer(
  answer: AcceptedAnswer,
  request: RequestType,
  context: Pick<ResourceContext, 'requestId' | 'stackId' | 'logicalId'>,
  fallback: string,
): Provisioned | ResourceFailure | 'ignored' {
  const refuse = (reason: string): ResourceFailure => new ResourceFailure(reason, fallback);
  if (answer.body.length > MAXIMUM_ANSWER) return refuse('Response object is too long.');
  const document = answer.document;
  if (!isObject(document)) return refuse('Response is not valid JSON.');
  const { requestId, stackId, logicalId } = context;
  if (
    document['RequestId'] !== requestId ||
    document['StackId'] !== stackId ||
    document['LogicalResourceId'] !== logicalId
  )
    return 'ignored';
  const { Status: status, PhysicalResourceId: physicalId, Reason: reason, Data: data = {} } = document;
  if (
    typeof physicalId !== 'string' ||
    physicalId === '' ||
    Buffer.byteLength(physicalId) > MAXIMUM_PHYSICAL_ID
  ) {
    return refuse('Invalid PhysicalResourceId');
  }
  if (status === 'FAILED') {
    const message = `Received response status [FAILED] from custom resource. Message returned: ${typeof reason === 'string' ? reason : 'null'} (RequestId: ${requestId})`;
    return new ResourceFailure(message, request === 'Delete' ? fallback : physicalId);
  }
  if (status !== 'SUCCESS')
    return refuse(
      `Invalid response object: Status is ${JSON.stringify(status) ?? 'missing'}, not SUCCESS or FAILED.`,
    );
  if (data !== null && !isObject(data)) return refuse('Invalid response object: Data must be a JSON object.');
  return { physicalId, attributes: data ?? {} };
}
