/** One event on its way through the function: what it may use. */
import { type IamApi } from '../access/aws/iam-api';
import { type BackEnd } from '../access/back-end';
import { type Cluster } from '../access/cluster/cluster';
import { hasCode } from '../access/errors';
import { type Guardrails } from '../access/guardrails/guardrails';
import { type Owner } from '../access/owner';
import { type RbacStore } from '../access/rbac/port';
import { type Deadline } from '../access/retry';
import { type Stacks } from '../access/stacks';
import { type Request } from './cloudformation/event';
import { type Attributes, type ModeAttributes } from '../access/contract';
import { type ModeEdges } from './authentication-mode/edges';
import { type EventCounts } from './measures/event-counts';
import { type Log } from './log';
import { type ProviderIdentity } from './cluster/provider-identity';

/** Everything outside the function, as one event needs it. */
export interface Edges {
  describeCluster(name: string): Promise<Cluster>;
  /** The places where mappings of the cluster can live. */
  backEnds(cluster: Cluster): readonly BackEnd[];
  /** Throws ProviderError while the cluster has no Kubernetes API. */
  rbac(cluster: Cluster): RbacStore;
  readonly stacks: Stacks;
  readonly iam: IamApi;
  /** For a change of the authentication mode. */
  modes(): ModeEdges;
}

export interface Invocation {
  readonly request: Request;
  readonly owner: Owner;
  readonly deadline: Deadline;
  readonly log: Log;
  /** For the metrics of the function. */
  readonly counts: EventCounts;
  readonly edges: Edges;
  /** The same, for a step with less time than the invocation has. */
  readonly edgesWithin: (limited: Deadline) => Edges;
  /** Read when it is needed, so that a broken configuration never stops a Delete (CR-8, CR-38). */
  readonly guardrails: () => Guardrails;
  readonly provider: ProviderIdentity;
  /** What the provider's own schedule may do; undefined or `false`: there is none. */
  readonly followMode: string | undefined;
  /** Whether IAM may be asked for roles that were made again; undefined or `false`: it may not. */
  readonly healRecreatedRoles: string | undefined;
  /** When CloudFormation made the request; undefined where the ResponseURL does not tell. */
  readonly requestedAt: Date | undefined;
}

/** What a success answers. */
export interface Outcome {
  readonly physicalResourceId: string;
  readonly data?: Attributes | ModeAttributes;
}

export async function clusterIfAny({ edges }: Invocation, name: string): Promise<Cluster | undefined> {
  try {
    return await edges.describeCluster(name);
  } catch (error) {
    if (hasCode(error, 'NotFound')) return undefined;
    throw error;
  }
}
