/** The calls of a change of the authentication mode: rows of the table in docs/faults.md. */
import { type LocalRequest, type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { type World } from '../scenarios/world';
import { type Stage } from './calls';
import { type Dialect } from './columns';

export interface ModeCall {
  /** As the table has it. */
  readonly name: string;
  readonly dialect: Dialect;
  /** The update lasts longer than the invocation. */
  readonly isHandOver?: true;
  readonly server: (world: World) => LoopbackServer;
  readonly isCall: (request: LocalRequest, stage: Stage) => boolean;
}

const eks = (operation: string, method: string, rest: string): ModeCall => ({
  name: `eks:${operation} (mode)`,
  dialect: 'rest-json',
  server: ({ aws }) => aws.controlPlane.eks,
  isCall: (request, { cluster }) =>
    request.method === method && new RegExp(`^/clusters/${cluster}${rest}$`).test(request.path),
});

/** The cluster that the event of a hop is about. */
export function clusterOfHop(hop: unknown): unknown {
  const { event } = hop as {
    readonly event?: { readonly ResourceProperties?: { readonly Cluster?: unknown } };
  };
  return event?.ResourceProperties?.Cluster;
}

export const DESCRIBE_UPDATE = eks('DescribeUpdate', 'GET', '/updates/[^/]+');

export const MODE_CALLS: readonly ModeCall[] = [
  eks('UpdateClusterConfig', 'POST', '/update-config'),
  DESCRIBE_UPDATE,
  {
    name: 'lambda:Invoke (mode)',
    dialect: 'rest-json',
    isHandOver: true,
    server: ({ aws }) => aws.lambdaApi,
    isCall: ({ body }, { cluster }) => clusterOfHop(JSON.parse(body.toString())) === cluster,
  },
];
