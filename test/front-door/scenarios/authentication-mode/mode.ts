/** A cluster whose mode a stack changes: events, all that follows from them, and what came out. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type Answer, givenWorld, type Sent, type Surroundings, type World } from '../world';

export const TYPE = 'Custom::EksAuthenticationMode';
export const ID = 'authentication-mode|my-cluster';
export const both = { Cluster: 'my-cluster', Mode: 'API_AND_CONFIG_MAP' };
export const api = { Cluster: 'my-cluster', Mode: 'API' };

export async function givenModeWorld(mode: AuthenticationMode, more: Surroundings = {}): Promise<World> {
  return givenWorld({ mode, guardrails: { allowModeChange: true }, ...more });
}

export interface Settled {
  readonly answers: readonly Answer[];
  /** Numbers of the hops that were sent, in order. */
  readonly hops: readonly number[];
}

/** Sends one event, and waits until nothing of it runs any more. */
export async function settle(world: World, sent: Partial<Sent> & Pick<Sent, 'type'>): Promise<Settled> {
  const { aws } = world;
  const [answered, delivered] = [aws.answerBucket.accepted.length, aws.lambda.deliveries.length];
  await world.invoke({ resourceType: TYPE, logicalId: 'Mode', properties: both, ...sent });
  await aws.lambda.idle();
  return {
    answers: aws.answerBucket.accepted.slice(answered).map(({ document }) => document as Answer),
    hops: aws.lambda.deliveries.slice(delivered).map(({ event }) => (event as { hop: number }).hop),
  };
}

/** Calls of the EKS API so far, by method and path. */
export function calls(world: World, method: string, path: RegExp): number {
  return world.aws.controlPlane.eks.requests.filter((call) => call.method === method && path.test(call.path))
    .length;
}

export const UPDATE_CONFIG = /\/update-config$/;
export const changes = (world: World): number => calls(world, 'POST', UPDATE_CONFIG);
