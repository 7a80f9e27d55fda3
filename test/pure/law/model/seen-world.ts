/** The world as those see it who run the function in it, and who look at what it has done. Types only. */
import { type Place } from '../../../../access/place';
import { type Random } from '../../../random';
import { type VirtualTime } from '../engine/time';
import { type LiveResource } from './cell';
import { type Cluster } from './cluster';
import { type ForeignLayer } from './foreign';
import { type Ledger } from './ledger';
import { type OwnerKey } from './names';
import { type Request } from './request';

export interface SeenWorld {
  readonly time: VirtualTime;
  readonly cluster: Cluster;
  readonly takeover: 'none' | 'unrecorded' | 'any';
  /** The provider has no rights in Kubernetes. */
  readonly isDenied: boolean;
  readonly random: Random;
  readonly foreign: ForeignLayer;
  readonly ledger: Ledger;
  /** Every event so far. */
  readonly requests: readonly Request[];
  violate(what: string): void;
  newId(): string;
  /** Calls to EKS that were given up happen. */
  commitPending(): void;
  resource(owner: OwnerKey): LiveResource | undefined;
  /** The stack's status, also of one that is deleted; undefined where there never was one. */
  describeStack(stackId: string): string | undefined;
  editMeanwhile(): void;
  /** In EKS before the next event, because EKS has no versions and the law claims no more; in aws-auth at any time. */
  later(place: Place, signal: AbortSignal, commit: () => void): void;
}
