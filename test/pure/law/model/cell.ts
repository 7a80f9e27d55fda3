/** What the book of who holds what is made of. */
import { type Place } from '../../../../access/place';
import { type Cluster } from './cluster';
import { type ForeignLayer } from './foreign';
import { type Mapping } from './mapping';
import { type OwnerKey, type PrincipalName } from './names';
import { type Delivery, type Request } from './request';

export interface Cell {
  /** Resources that may hold it, the present holder last. */
  holders: OwnerKey[];
  /** What each of them found when it took over. */
  found: Map<OwnerKey, string | undefined>;
  /** What any of them has found, also before it took over once more. */
  readonly everFound: Set<string | undefined>;
  lastWrite: Request | undefined;
  lastDelivery: Delivery | undefined;
  /** What it met. */
  met:
    | {
        readonly content: string | undefined;
        readonly holders: readonly OwnerKey[];
        readonly isReplaced: boolean;
      }
    | undefined;
  /** ExistingEntry: REPLACE has taken what a foreign writer left: it may be gone. */
  isReplaced: boolean;
  /** CloudFormation gave up on what the holder left. */
  isAbandoned: boolean;
  /** Whose Create, or replacement, of a node's mapping does not know what came of its call. */
  untold?: OwnerKey;
  /** Another tool took the record away: whose it is can no longer be told. */
  isUnrecorded: boolean;
}

/** What CloudFormation has of a resource at this moment. */
export interface LiveResource {
  readonly status: string;
  /** The principals that its physical id, or an update not yet taken back, name on the cluster that exists. */
  readonly principals: readonly PrincipalName[];
  readonly physicalId: string | undefined;
  /** What its template asks for, as far as it has come. */
  readonly mapping: Mapping;
}

export interface Surroundings {
  readonly cluster: Cluster;
  readonly foreign: ForeignLayer;
  readonly takeover: 'none' | 'unrecorded' | 'any';
  resource(owner: OwnerKey): LiveResource | undefined;
  readonly now: () => number;
}

/** What a place says of a principal (`Cluster.content`) before and after; the same where the record alone changed. */
export interface Change {
  readonly place: Place;
  readonly name: PrincipalName;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The book, as far as a judgement reads it. */
export interface Cells {
  cell(place: Place, name: PrincipalName): Cell;
}

/** Whether nothing can be said of it any more. */
export function isUnclear({ isAbandoned, isUnrecorded }: Cell): boolean {
  return isAbandoned || isUnrecorded;
}

export function stackOf(owner: OwnerKey): string {
  return owner.slice(0, owner.indexOf('#'));
}

/** An event has given the record back; the tags of its template may go in a further call. */
export function noteHandOver(cell: Cell, delivery: Delivery, content: string | undefined): void {
  if (cell.lastDelivery === delivery) return;
  cell.met = { content, holders: cell.holders, isReplaced: cell.isReplaced };
  cell.lastDelivery = delivery;
}

/** What is there is another tool's again, and the record is gone. */
export function letGo(cell: Cell, owner: OwnerKey): void {
  cell.holders = cell.holders.filter((holder) => holder !== owner);
}

/** It has not given up what looks like what it found. */
export function holdOn(cell: Cell, owner: OwnerKey): void {
  letGo(cell, owner);
  cell.holders.push(owner);
}
