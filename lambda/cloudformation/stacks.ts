/** Questions to CloudFormation about stacks, and what its answers mean. */
import { type CloudFormationAnswer, type CloudFormationApi } from '../../access/aws/cloudformation-api';
import { isOfCli } from '../../access/owner';
import { type Deadline } from '../../access/retry';
import { type Stacks, type StackResource, type StackStatus } from '../../access/stacks';
import { askAgain } from './ask-again';

export function openStacks(api: CloudFormationApi, deadline: Deadline): Stacks {
  const ask: CloudFormationApi['ask'] = (operation, input) =>
    askAgain(() => api.ask(operation, input), deadline);
  return {
    resource: async (owner) =>
      isOfCli(owner)
        ? { state: 'unknown', detail: owner.stackId }
        : readStackResource(
            await ask('DescribeStackResource', {
              StackName: owner.stackId,
              LogicalResourceId: owner.logicalId,
            }),
          ),
    stack: async (stackId) => readStackStatus(await ask('DescribeStacks', { StackName: stackId })),
  };
}

export function readStackResource(answer: CloudFormationAnswer<'DescribeStackResource'>): StackResource {
  if ('failure' in answer) return readFailure(answer.failure);
  const { ResourceStatus: status = '', PhysicalResourceId: physicalId } =
    answer.output.StackResourceDetail ?? {};
  return status === ''
    ? { state: 'unknown', detail: 'the answer has no ResourceStatus' }
    : { state: 'known', status, physicalId };
}

export function readStackStatus(answer: CloudFormationAnswer<'DescribeStacks'>): StackStatus {
  if ('failure' in answer) return readFailure(answer.failure);
  const status = answer.output.Stacks?.[0]?.StackStatus ?? '';
  if (status === '') return { state: 'unknown', detail: 'the answer has no StackStatus' };
  return status === 'DELETE_COMPLETE' ? { state: 'gone', detail: status } : { state: 'known', status };
}

/** "Resource X does not exist for stack Y", "Stack 'Y' does not exist", "Stack with id Y does not exist". */
function readFailure({ name, message, status }: FailedAnswer['failure']): {
  readonly state: 'gone' | 'unknown';
  readonly detail: string;
} {
  if (status === 400 && message.includes('does not exist')) return { state: 'gone', detail: message };
  return { state: 'unknown', detail: status === 0 ? message : `${status} ${name}` };
}

type FailedAnswer = Extract<CloudFormationAnswer<'DescribeStackResource'>, { readonly failure: unknown }>;

/**
 * Whether CloudFormation still wants a mapping that was just made (CR-28): creates and replacements can be cancelled,
 * and a Delete can overtake them. A cancelled create or update is marked as failed at once, while its event is still
 * being worked on. A resource at rest waits for no Update, and one under another id has been replaced since; one that has been
 * updated under this id waits for no Create. What a copy of such an event makes, another event has taken away. Where
 * CloudFormation could not be asked the mapping is kept: a denied read must not fail every stack.
 */
export function isStillWanted(
  resource: StackResource,
  physicalId: string,
  asked: 'create' | 'replacement' | 'in place',
): boolean {
  if (resource.state !== 'known') return resource.state === 'unknown';
  const { status, physicalId: liveId } = resource;
  if (/^DELETE_|_FAILED$/.test(status)) return false;
  if (asked === 'create' && status.startsWith('UPDATE_') && liveId === physicalId) return false;
  const isAtRest = status.endsWith('_COMPLETE');
  return !isAtRest || (asked === 'create' && (liveId === undefined || liveId === physicalId));
}
