/** One scheduled run: what it may use, and what it has seen so far. Types only. */
import { type AccessEntryStore, type EntryTags } from '../../access/access-entry/port';
import { type ConfigMapStore } from '../../access/aws-auth/port';
import { type IamApi } from '../../access/aws/iam-api';
import { type PutOutcome } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type AuthenticationMode } from '../../access/desired-access';
import { type OwnedMapping } from '../../access/following/owned-mapping';
import { type FollowVerdict } from '../../access/following/verdict';
import { type Guardrails } from '../../access/guardrails/guardrails';
import { type RbacStore } from '../../access/rbac/port';
import { type Deadline } from '../../access/retry';
import { type Stacks } from '../../access/stacks';
import { type Log } from '../log';
import { type ProviderIdentity } from '../cluster/provider-identity';
import { type RunCounts } from './counts';
import { type KnownEntries } from './known-entries';
import { type Liveness } from './liveness';
import { type Unmade } from './outlived';

/** Everything outside; every call of the EKS API keeps the pace of the run. */
export interface ScheduledEdges {
  /** Names of all clusters of the account and Region. */
  listClusters(): Promise<readonly string[]>;
  /** Throws ProviderError: NotFound when there is no such cluster. */
  describeCluster(name: string): Promise<Cluster>;
  readonly accessEntries: AccessEntryStore & EntryTags;
  configMap(cluster: Cluster): ConfigMapStore;
  /** Read and never written. */
  rbac(cluster: Cluster): RbacStore;
  readonly stacks: Stacks;
  readonly iam: IamApi;
}

export interface Run {
  readonly deadline: Deadline;
  readonly log: Log;
  /** Each file counts what it does. */
  readonly counts: RunCounts;
  /** Each time with the deadline of what is being done. */
  readonly edges: (deadline: Deadline) => ScheduledEdges;
  readonly guardrails: Guardrails;
  readonly provider: ProviderIdentity;
  /** Of this invocation: what is sent twice in it comes to the same. */
  readonly requestId: string;
  /** False: it only says what it would move. */
  readonly moves: boolean;
  readonly settleMs: number;
  /** Whether IAM may be asked for roles that were made again. */
  readonly asksForRoles: boolean;
  /** Whether their access entries are made again as well. */
  readonly healsRoles: boolean;
  /** Principals of which IAM did not tell whether they were made again. */
  readonly unknownRoles: Map<string, string>;
  /** Whether it looks closer at the cluster this time. */
  readonly isTurn: (cluster: string) => boolean;
  /** Modes of the clusters as the runs of this container have last seen them. */
  readonly modes: Map<string, AuthenticationMode>;
  /** By the name of a cluster: what they know of its access entries. */
  readonly entries: Map<string, KnownEntries>;
  readonly unmade: Unmade;
}

export interface Move extends Extract<FollowVerdict, { kind: 'move' }> {
  readonly mapping: OwnedMapping;
}

/** A mapping whose access entry is in place. */
export interface Put {
  readonly move: Move;
  /** What CloudFormation said of its resource before. */
  readonly liveness: Liveness;
  /** Undefined: the entry is a later event's. */
  readonly outcome: PutOutcome | undefined;
}

/** What the run looks at in one cluster. */
export interface FollowedMappings {
  readonly moved: number;
  /** Mappings that need aws-auth still. */
  readonly left: number;
}
