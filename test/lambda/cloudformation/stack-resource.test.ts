import { type CloudFormationAnswer } from '../../../access/aws/cloudformation-api';
import { readStackResource } from '../../../lambda/cloudformation/stack-resource';

type Answer = CloudFormationAnswer<'DescribeStackResource'>;

const shows = (ResourceStatus: string | undefined): Answer => ({
  output: { StackResourceDetail: { ResourceStatus } } as Extract<Answer, { output: unknown }>['output'],
});
const fails = (status: number, name: string, message: string): Answer => ({
  failure: { status, name, message, requestId: 'r-1' },
});

test.each<[Answer, string, string]>([
  [shows('CREATE_IN_PROGRESS'), 'wanted', 'CREATE_IN_PROGRESS'],
  [shows('UPDATE_IN_PROGRESS'), 'wanted', 'UPDATE_IN_PROGRESS'],
  [shows('CREATE_FAILED'), 'unwanted', 'CREATE_FAILED'],
  [shows('UPDATE_FAILED'), 'unwanted', 'UPDATE_FAILED'],
  [shows('DELETE_IN_PROGRESS'), 'unwanted', 'DELETE_IN_PROGRESS'],
  [shows('DELETE_COMPLETE'), 'unwanted', 'DELETE_COMPLETE'],
  [shows(undefined), 'unknown', 'the answer has no ResourceStatus'],
  [{ output: {} }, 'unknown', 'the answer has no ResourceStatus'],
  [fails(400, 'ValidationError', "Stack 'app' does not exist"), 'unwanted', "Stack 'app' does not exist"],
  [fails(400, 'Throttling', 'Rate exceeded'), 'unknown', '400 Throttling'],
  [fails(403, 'AccessDenied', 'it does not exist for you'), 'unknown', '403 AccessDenied'],
  [fails(0, 'ConnectionError', 'no answer from h (ECONNRESET)'), 'unknown', 'no answer from h (ECONNRESET)'],
])('%j is %s', (answer, state, detail) => {
  expect(readStackResource(answer)).toEqual({ state, detail });
});
