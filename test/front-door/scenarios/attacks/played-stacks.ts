/**
 * CloudFormation as the function sees it: its events, each of its age, and what it says of its resources and stacks
 * when the function asks meanwhile. An event that was sent can be delivered again.
 */
import { type InvocationResult } from '../../../../local/aws/lambda/host';
import { startLoopbackServer } from '../../../../local/aws/server/loopback-server';
import { givenWorld, stackIdOf, type Answer, type Sent, type Surroundings, type World } from '../world';

export interface Resource {
  readonly status: string;
  /** The live one; none while the first is being made. */
  readonly physicalId?: string | undefined;
}

export interface Played {
  readonly answer: Answer;
  readonly event: Readonly<Record<string, unknown>>;
}

type Step = Partial<Sent> & Pick<Sent, 'properties'>;

export interface PlayedStacks extends World {
  /** By stack and logical id: `app/LambdaKubeUser`. What is not there does not exist for CloudFormation. */
  readonly resources: Map<string, Resource>;
  /** By name; what is not there is CREATE_COMPLETE, `undefined` does not exist. */
  readonly stacks: Map<string, string | undefined>;
  /** Not reachable: the function learns nothing of what it asks CloudFormation. */
  readonly cloudFormation: { reachable: boolean };
  create(step: Step): Promise<Played>;
  update(step: Step & Required<Pick<Sent, 'old' | 'physicalId'>>): Promise<Played>;
  remove(step: Step & Required<Pick<Sent, 'physicalId'>>): Promise<Played>;
  /** The same event once more; its answer, or undefined where the bucket took none. */
  again(event: Played['event']): Promise<Answer | undefined>;
  deliver(event: Played['event']): Promise<InvocationResult>;
}

export async function givenPlayedStacks(options: Surroundings = {}): Promise<PlayedStacks> {
  const resources = new Map<string, Resource>();
  const stacks = new Map<string, string | undefined>();
  const cloudFormation = { reachable: true };
  const api = await startLoopbackServer({
    handle: ({ body }) => {
      if (!cloudFormation.reachable) return { status: 503, body: '' };
      const asked = new URLSearchParams(body.toString());
      const name = asked.get('StackName')?.split('/')[1] ?? '';
      return asked.get('Action') === 'DescribeStacks'
        ? describeStack(stacks.has(name) ? stacks.get(name) : 'CREATE_COMPLETE', name)
        : describeResource(resources.get(`${name}/${asked.get('LogicalResourceId')}`));
    },
  });
  const world = await givenWorld({
    ...options,
    environment: { AWS_ENDPOINT_URL_CLOUDFORMATION: api.url, ...options.environment },
  });

  const step = async (type: Sent['type'], sent: Step): Promise<Played> => {
    const { stack = 'app', logicalId = 'LambdaKubeUser' } = sent;
    const name = `${stack}/${logicalId}`;
    const verb = type.toUpperCase();
    const live = resources.get(name)?.physicalId;
    const isCleanUp = type === 'Delete' && live !== undefined && live !== sent.physicalId;
    if (!isCleanUp) resources.set(name, { status: `${verb}_IN_PROGRESS`, physicalId: live });
    let event: Played['event'] = {};
    const tamper = (made: Record<string, unknown>): void => {
      sent.tamper?.(made);
      event = made;
    };
    const answer = await world.send({ ...sent, type, tamper });
    const succeeded = answer.Status === 'SUCCESS';
    if (!isCleanUp) {
      resources.set(name, {
        status: `${verb}_${succeeded ? 'COMPLETE' : 'FAILED'}`,
        physicalId: succeeded || live === undefined ? answer.PhysicalResourceId : live,
      });
    }
    return { answer, event };
  };
  const deliver = (event: Played['event']): Promise<InvocationResult> =>
    world.aws.lambda.invoke(String(event['ServiceToken']), event);
  return Object.assign(Object.create(world) as World, {
    resources,
    stacks,
    cloudFormation,
    create: (sent: Step) => step('Create', sent),
    update: (sent: Step) => step('Update', sent),
    remove: (sent: Step) => step('Delete', sent),
    deliver,
    again: async (event: Played['event']) => {
      const before = world.aws.answerBucket.accepted.length;
      await deliver(event);
      return world.aws.answerBucket.accepted[before]?.document as Answer | undefined;
    },
    stop: async () => {
      await world.stop();
      await api.stop();
    },
  });
}

function describeResource(resource: Resource | undefined): { status: number; body: string } {
  if (!resource) return missing('Resource does not exist for stack');
  const id =
    resource.physicalId === undefined
      ? ''
      : `<PhysicalResourceId>${escaped(resource.physicalId)}</PhysicalResourceId>`;
  return {
    status: 200,
    body: `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail><ResourceStatus>${resource.status}</ResourceStatus>${id}</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`,
  };
}

function describeStack(status: string | undefined, name: string): { status: number; body: string } {
  if (status === undefined) return missing(`Stack with id ${stackIdOf(name)} does not exist`);
  return {
    status: 200,
    body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>${stackIdOf(name)}</StackId><StackName>${name}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  };
}

function missing(message: string): { status: number; body: string } {
  return {
    status: 400,
    body: `<ErrorResponse><Error><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
