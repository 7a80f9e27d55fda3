/**
 * Whether CloudFormation still wants the mapping that was just made (CR-28): creates and replacements can be cancelled,
 * and a Delete can overtake them. Reads the answer to DescribeStackResource; pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html
 */
import { type CloudFormationAnswer } from '../../access/aws/cloudformation-api';

export interface StackResourceReading {
  readonly state: 'wanted' | 'unwanted' | 'unknown';
  /** CloudFormation's status of the resource, or why there is none. */
  readonly detail: string;
}

/**
 * `unwanted` when the stack or the resource is gone or being deleted; `unknown` when the question could not be
 * answered: then the mapping is kept, because a denied read must not fail every stack.
 */
export function readStackResource(
  answer: CloudFormationAnswer<'DescribeStackResource'>,
): StackResourceReading {
  if ('failure' in answer) {
    const { name, message, status } = answer.failure;
    // "Resource X does not exist for stack Y", "Stack 'Y' does not exist".
    if (status === 400 && message.includes('does not exist')) return { state: 'unwanted', detail: message };
    return { state: 'unknown', detail: status === 0 ? message : `${status} ${name}` };
  }
  const status = answer.output.StackResourceDetail?.ResourceStatus ?? '';
  if (status === '') return { state: 'unknown', detail: 'the answer has no ResourceStatus' };
  // A cancelled create or update is marked as failed at once, while its event is still being worked on.
  return { state: /^DELETE_|_FAILED$/.test(status) ? 'unwanted' : 'wanted', detail: status };
}
