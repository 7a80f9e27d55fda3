import { type CloudFormationAnswer } from '../../../../access/aws/cloudformation-api';
import { CLI_OWNER } from '../../../../access/recovery/admin-steps';
import { startDeadline } from '../../../../lambda/cloudformation/deadline';
import {
  isStillWanted,
  openStacks,
  readStackResource,
  readStackStatus,
} from '../../../../lambda/cloudformation/stacks';

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
  const resource = readStackResource(answer);
  const known = resource.state === 'known' ? resource.status : resource.detail;
  expect([isStillWanted(resource, 'id', 'replacement'), known]).toEqual([state !== 'unwanted', detail]);
  expect(resource.state === 'unknown').toBe(state === 'unknown');
});

test.each<[CloudFormationAnswer<'DescribeStacks'>, object]>([
  [
    {
      output: {
        Stacks: [{ StackName: 'app', CreationTime: new Date(0), StackStatus: 'CREATE_IN_PROGRESS' }],
      },
    },
    { state: 'known', status: 'CREATE_IN_PROGRESS' },
  ],
  [
    { output: { Stacks: [{ StackName: 'app', CreationTime: new Date(0), StackStatus: 'DELETE_COMPLETE' }] } },
    { state: 'gone', detail: 'DELETE_COMPLETE' },
  ],
  [{ output: {} }, { state: 'unknown', detail: 'the answer has no StackStatus' }],
  [
    {
      failure: {
        status: 400,
        name: 'ValidationError',
        message: 'Stack with id app does not exist',
        requestId: 'r',
      },
    },
    { state: 'gone', detail: 'Stack with id app does not exist' },
  ],
  [
    { failure: { status: 403, name: 'AccessDenied', message: 'no', requestId: 'r' } },
    { state: 'unknown', detail: '403 AccessDenied' },
  ],
])('the stack of %j', (answer, status) => {
  expect(readStackStatus(answer)).toEqual(status);
});

test.each<[string, string | undefined, 'create' | 'replacement' | 'in place', boolean]>([
  ['UPDATE_COMPLETE', 'other', 'replacement', false],
  ['UPDATE_COMPLETE', 'id', 'replacement', false],
  ['UPDATE_IN_PROGRESS', 'other', 'replacement', true],
  ['CREATE_COMPLETE', undefined, 'create', true],
  ['CREATE_COMPLETE', 'id', 'create', true],
  ['UPDATE_IN_PROGRESS', 'other', 'create', true],
  ['UPDATE_IN_PROGRESS', 'id', 'create', false],
  ['UPDATE_COMPLETE', 'id', 'create', false],
  ['UPDATE_IN_PROGRESS', 'id', 'in place', true],
  ['UPDATE_COMPLETE', 'id', 'in place', false],
])('a resource that is %s as %s still waits for id, %s: %s', (status, physicalId, kind, expected) => {
  expect(isStillWanted({ state: 'known', status, physicalId }, 'id', kind)).toBe(expected);
});

test('a stack that has the name which stands for the command line in records is never asked about', async () => {
  const asked: string[] = [];
  const deadline = startDeadline(60_000, { now: () => 0, random: () => 0 });
  const stacks = openStacks(
    { ask: async (operation) => (asked.push(operation), { output: {} }) as never },
    deadline,
  );
  expect(await stacks.resource(CLI_OWNER)).toMatchObject({ state: 'unknown' });
  expect(asked).toEqual([]);
  await stacks.resource({
    stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/cli/1',
    logicalId: 'recover',
  });
  deadline.stop();
  expect(asked).toEqual(['DescribeStackResource']);
});
