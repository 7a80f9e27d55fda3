/**
 * Whether CloudFormation still wants the mapping that was just made (CR-28): creates and replacements can be cancelled,
 * and a Delete can overtake them. One signed call, without the SDK's CloudFormation client, which would be a tenth of the bundle.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html
 */
import { ConnectionError, sendSigned, type SignedRequest } from '../../access/aws/signed-request';
import { type Owner } from '../../access/owner';

export type StackResourceState = 'wanted' | 'unwanted' | 'unknown';

export interface StackResourceOptions {
  readonly region: string;
  readonly credentials: SignedRequest['credentials'];
  /** URL of the CloudFormation API. */
  readonly endpoint: URL;
  readonly signal: AbortSignal;
}

/**
 * `unwanted` when the stack or the resource is gone or being deleted; `unknown` (with the reason) when the question
 * could not be answered: then the mapping stands, because a denied read must not fail every stack.
 */
export async function stackResourceState(
  owner: Owner,
  options: StackResourceOptions,
): Promise<{ readonly state: StackResourceState; readonly detail: string }> {
  const answer = await describeStackResource(owner, options);
  if (answer.status === 200) {
    const status = /<ResourceStatus>([A-Z_]+)<\/ResourceStatus>/.exec(answer.body)?.[1] ?? '';
    if (status === '') return { state: 'unknown', detail: 'the answer has no ResourceStatus' };
    // A cancelled create or update is marked as failed at once, while its event is still being worked on.
    return { state: /^DELETE_|_FAILED$/.test(status) ? 'unwanted' : 'wanted', detail: status };
  }
  const message = /<Message>([^<]*)<\/Message>/.exec(answer.body)?.[1] ?? '';
  // "Resource X does not exist for stack Y", "Stack 'Y' does not exist".
  if (answer.status === 400 && message.includes('does not exist'))
    return { state: 'unwanted', detail: message };
  const code = /<Code>([^<]*)<\/Code>/.exec(answer.body)?.[1] ?? answer.problem ?? '';
  return { state: 'unknown', detail: `${answer.status} ${code}`.trim() };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly problem?: string;
}

async function describeStackResource(owner: Owner, options: StackResourceOptions): Promise<Answer> {
  const body = new URLSearchParams({
    Action: 'DescribeStackResource',
    Version: '2010-05-15',
    StackName: owner.stackId,
    LogicalResourceId: owner.logicalId,
  }).toString();
  try {
    return await sendSigned({
      ...options,
      service: 'cloudformation',
      method: 'POST',
      path: '/',
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
      body,
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    return { status: 0, body: '', problem: error.message };
  }
}
