/** The world as those see it who run the function in it, and who look at what it has done. Types only. */
import { type Place } from '../../../../access/place';
import { type Random } from '../../../random';
import { type VirtualTime } from '../engine/time';
import { type LiveResource } from './cell';
import { type Cluster } from './cluster';
import { type ForeignLayer } from './foreign';
import { type Ledger } from './ledger';
import { type OwnerKey } from './names';
import { type Delivery, type Request } from './request';
import { type RbacWitness } from './rbac-store';
import { type Witness } from './stores';

/** What the function meets in it. */
export interface ServingWorld {
  readonly time: VirtualTime;
  readonly cluster: Cluster;
  readonly takeover: 'none' | 'unrecorded' | 'any';
  readonly random: Random;
  violate(what: string): void;
  resource(owner: OwnerKey): LiveResource | undefined;
  /** The stack's status, also of one that is deleted; undefined where there never was one. */
  describeStack(stackId: string): string | undefined;
  editMeanwhile(): void;
  /** In EKS before the next event, because EKS has no versions and the law claims no more; in aws-auth at any time. */
  later(place: Place, signal: AbortSignal, commit: () => void): void;
  /** Whether the provider may apply what named rights need of the setup. */
  readonly setsUpRights: boolean;
  witnessOf(delivery: Delivery): Witness & RbacWitness;
}

export interface SeenWorld extends ServingWorld {
  /** The provider has no rights in Kubernetes. */
  readonly isDenied: boolean;
  readonly foreign: ForeignLayer;
  readonly ledger: Ledger;
  /** Writes to aws-auth that have happened after their function had given up. */
  readonly lateCommits: number;
  /** Every event so far. */
  readonly requests: readonly Request[];
  newId(): string;
  /** Calls to EKS that were given up happen. */
  commitPending(): void;
}
