/** One event on its way through the function: what it may use, and what it must remember. */
import { type AccessEntryStore } from '../access/access-entry/back-end';
import { type Request } from './cloudformation/event';
import { type StackResourceReading } from './cloudformation/stack-resource';
import { type Cluster } from '../access/cluster/cluster';
import { type Attributes } from '../access/contract';
import { ProviderError } from '../access/errors';
import { type Guardrails } from '../access/guardrails/guardrails';
import { type Log } from './log';
import { hasCode, type Deadline } from '../access/retry';
import { type Owner } from '../access/owner';
import { type ConfigMapStore } from '../access/aws-auth/port';

/** Everything outside the function, as one event needs it. */
export interface Edges {
  describeCluster(name: string): Promise<Cluster>;
  configMapStore(cluster: Cluster): ConfigMapStore;
  accessEntryStore(): AccessEntryStore;
  stackResource(owner: Owner): Promise<StackResourceReading>;
}

export interface Invocation {
  readonly request: Request;
  readonly owner: Owner;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly edges: Edges;
  /** Read when it is needed, so that a broken configuration never stops a Delete (CR-8, CR-38). */
  readonly guardrails: () => Guardrails;
  readonly provider: { readonly accountId: string; readonly region: string };
  /** When CloudFormation made the request; undefined where the ResponseURL does not tell. */
  readonly requestedAt?: Date;
  readonly progress: Progress;
}

/** What a failure must know to answer with a truthful id (CR-13, CR-17). */
export interface Progress {
  /** Id of the desired mapping, once it is known. */
  desiredId?: string;
  mayHaveWritten: boolean;
}

export interface Outcome {
  readonly physicalResourceId: string;
  readonly data?: Attributes;
}

/** The stores, with every write remembered: a failure then answers with an id that CloudFormation will delete. */
export function configMapStore({ edges, progress }: Invocation, cluster: Cluster): ConfigMapStore {
  const store = edges.configMapStore(cluster);
  return {
    read: () => store.read(),
    replace: (configMap) => writing(progress, () => store.replace(configMap)),
    make: () => writing(progress, () => store.make()),
  };
}

export function accessEntryStore({ edges, progress }: Invocation): AccessEntryStore {
  const store = edges.accessEntryStore();
  return { ...store, apply: (...parameters) => writing(progress, () => store.apply(...parameters)) };
}

/** While a write is under way, and after one whose answer was lost, it may have happened (CR-13). */
async function writing<T>(progress: Progress, write: () => Promise<T>): Promise<T> {
  const before = progress.mayHaveWritten;
  progress.mayHaveWritten = true;
  try {
    return await write();
  } catch (error) {
    const refused = hasCode(
      error,
      'InvalidRequest',
      'AccessDenied',
      'AlreadyExists',
      'ResourceConflict',
      'NotFound',
      'Throttling',
    );
    if (refused) progress.mayHaveWritten = before;
    throw error;
  }
}

export async function clusterIfAny({ edges }: Invocation, name: string): Promise<Cluster | undefined> {
  try {
    return await edges.describeCluster(name);
  } catch (error) {
    if (hasCode(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Undefined where the old properties cannot be said in this back end's words: then there is nothing to compare with. */
export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}
