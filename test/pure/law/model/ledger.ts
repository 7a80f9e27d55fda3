/**
 * Who holds what, by the model's own book: kept from the writes that each event made and from what CloudFormation
 * still has, never from the records of the product.
 */
import { type Place } from '../../../../access/place';
import { loginOfContent } from './cluster';
import { type Cell, type Change, holdOn, isUnclear, stackOf, type Surroundings } from './cell';
import { forgetsFirst, isKeptForNobody, isLeftByCopy } from './half-done';
import { judgeChange } from './judgement';
import { askedLogin, hasEnded, type Mapping, NODE_LOGIN, placeOf } from './mapping';
import { PLACES, plainArn, type OwnerKey, PRINCIPAL_NAMES, type PrincipalName } from './names';
import { type Delivery, type Request, wasBlind } from './request';
import { isNodeLost, leaveUntold, leavesNodes, takeBlindly, takesUntold } from './nodes-untold';
import { settleCells, settleTakeovers } from './settlement';
import { isTakenForOwn } from './taken-for-own';

function siblingsFound({ found }: Cell, owner: OwnerKey): readonly (string | undefined)[] {
  return [...found].filter(([key]) => stackOf(key) === stackOf(owner)).map(([, value]) => value);
}

export class Ledger {
  private readonly cells = new Map<string, Cell>();
  /** Resources that CloudFormation gave up on: their records may be left, even beside what was given back. */
  readonly abandoned = new Set<OwnerKey>();

  constructor(private readonly world: () => Surroundings) {}

  isHeld(place: Place, name: PrincipalName): boolean {
    return this.cell(place, name).holders.length > 0;
  }

  /** ARNs that resources of ours hold, or may have left, in aws-auth. */
  heldArns(): readonly string[] {
    return PRINCIPAL_NAMES.filter((name) => {
      const cell = this.cell('CONFIG_MAP', name);
      return cell.holders.length > 0 || isUnclear(cell);
    }).map(plainArn);
  }

  holder(place: Place, name: PrincipalName): OwnerKey | undefined {
    return this.cell(place, name).holders.at(-1);
  }

  cell(place: Place, name: PrincipalName): Cell {
    const key = `${place} ${name}`;
    const known = this.cells.get(key);
    if (known) return known;
    const cell: Cell = {
      holders: [],
      found: new Map(),
      everFound: new Set(),
      lastWrite: undefined,
      lastDelivery: undefined,
      isReplaced: false,
      isAbandoned: false,
      isUnrecorded: false,
      met: undefined,
    };
    this.cells.set(key, cell);
    return cell;
  }

  /** Without its record what is held may be taken for another’s from now on. */
  recordsLost(): void {
    for (const name of PRINCIPAL_NAMES) {
      const cells = PLACES.map((place) => this.cell(place, name));
      // Where aws-auth is no longer read, its record alone told that an equal access entry is another tool's.
      const isElsewhere = this.isHeld('CONFIG_MAP', name);
      for (const cell of cells) if (isElsewhere || cell.holders.length > 0) cell.isUnrecorded = true;
    }
  }

  /** DeletionPolicy: Retain: the mapping stays, and nobody answers for it. */
  retain(owner: OwnerKey): void {
    for (const cell of this.cells.values()) if (cell.holders.at(-1) === owner) cell.isUnrecorded = true;
  }

  /** A node's access entry has no record: what an Update that failed made of one, no later event can tell. */
  updateFailed({ owner, mapping }: Request): void {
    const cell = this.cell('API', mapping.principal);
    const content = this.world().cluster.content('API', mapping.principal);
    const isNode = content !== undefined && loginOfContent(content) === NODE_LOGIN;
    // Its call may have yet to happen.
    if (mapping.node || (isNode && cell.holders.includes(owner))) cell.isAbandoned = true;
  }

  /** A Create has failed and may have made something. */
  createUnknown(request: Request): void {
    leaveUntold(request, this.cell('API', request.mapping.principal));
  }

  /** The log says that an access entry of nodes may be the resource's, and stays; the way back of what had ended takes it. */
  nodesLeft({ type, mapping, old }: Request): void {
    const cell = this.cell('API', mapping.principal);
    cell.isAbandoned = true;
    cell.isUnrecorded ||= type === 'Update' && hasEnded(mapping, this.world().now());
    // Or of the replacement that it takes back.
    if (old && leavesNodes(old, this.world())) this.cell('API', old.principal).isAbandoned = true;
  }

  /**
   * Where the cluster does not look, a Delete succeeds though it could not look either (docs/design.md, section 2); that of
   * a node's mapping in aws-auth too, without which a provider that has no rights in Kubernetes could delete none. What an
   * Update has left there hides from its way back whose the access entry of the node is (docs/law.md).
   */
  notLookedFor({ type, mapping }: Request): void {
    const { cluster, foreign } = this.world();
    // What it has taken for the mapping is gone.
    const isTaken = mapping.node && cluster.content('API', mapping.principal) === undefined;
    if (type === 'Delete' && isTaken) foreign.forget('API', mapping.principal);
    if (type !== 'Delete') this.cell('API', mapping.principal).isAbandoned ||= mapping.node === true;
    else
      for (const place of PLACES)
        if (!cluster.reads(place) || mapping.node) this.cell(place, mapping.principal).isAbandoned = true;
  }

  /** A stack refactoring. */
  move(from: OwnerKey, to: OwnerKey): void {
    for (const cell of this.cells.values())
      cell.holders = cell.holders.map((holder) => (holder === from ? to : holder));
  }

  /** Nothing of the mapping is left, and its properties are still those of its resource: what equals them is taken for it. */
  wayBackFailed({ principal, node }: Mapping, tried: Mapping | undefined): void {
    for (const place of PLACES)
      if (this.world().cluster.content(place, principal) === undefined)
        this.cell(place, principal).isUnrecorded = true;
    // What the way back, or the Update, has made of a node has no record, and nothing looks for it any more.
    if (node) this.cell('API', principal).isAbandoned = true;
    if (tried?.node) this.cell('API', tried.principal).isAbandoned = true;
  }

  abandon(owner: OwnerKey): void {
    this.abandoned.add(owner);
    for (const cell of this.cells.values()) if (cell.holders.includes(owner)) cell.isAbandoned = true;
  }

  /** One change that one event made: gives what is wrong with it, and books it. */
  judge(delivery: Delivery, change: Change): string | undefined {
    const cell = this.cell(change.place, change.name);
    if (isTakenForOwn(delivery.request, change, cell, this.world(), this)) cell.isUnrecorded = true;
    if (takesUntold(delivery.request, cell)) cell.isUnrecorded = true;
    if (isKeptForNobody(delivery, change, cell, this.world())) cell.isUnrecorded = true;
    const why = judgeChange(delivery, change, cell, this.world(), this);
    const forgets = forgetsFirst(delivery.request, cell);
    this.book(delivery, change, cell);
    cell.isUnrecorded ||= forgets;
    // What aws-auth holds of a node was not seen, so that no later event can tell whose the access entry is.
    const isBlind = wasBlind(delivery);
    if (isBlind && change.place === 'API' && change.after && loginOfContent(change.after) === NODE_LOGIN)
      cell.isAbandoned = true;
    cell.isAbandoned ||= isLeftByCopy(delivery, change);
    cell.lastWrite = delivery.request;
    cell.lastDelivery = delivery;
    return why;
  }

  /** A SUCCESS says that the mapping in `place` is the resource's: taken by its record alone, where it gave the same. */
  judgeSuccess(delivery: Delivery, place: Place, name: PrincipalName): string | undefined {
    const content = this.world().cluster.content(place, name);
    if (content === undefined || this.holder(place, name) === delivery.request.owner) return undefined;
    // A node's access entry has no record: an Update takes one that is there as it is.
    const isUntaken = place === 'API' && loginOfContent(content) === NODE_LOGIN;
    const { type, mapping, old, stackStatus } = delivery.request;
    // The way back from a replacement takes a node's entry that is there for the one that it had.
    if (isUntaken && stackStatus.includes('ROLLBACK') && old?.principal !== mapping.principal)
      this.cell(place, name).isUnrecorded = true;
    const mayReplace = mapping.existing === 'REPLACE' && this.world().takeover !== 'none';
    if (isUntaken && type === 'Update' && !mayReplace) {
      this.shareNodes(delivery.request, this.cell(place, name));
      return undefined;
    }
    const { lastWrite, found } = this.cell(place, name);
    const isOfTry = lastWrite === delivery.request && found.has(delivery.request.owner);
    // An earlier try, which could not answer, may have come back to what was found, under the record.
    const why = isOfTry ? undefined : this.judge(delivery, { place, name, before: content, after: content });
    // A way back may have stayed where it was not asked to be, with what was found there.
    if (why === undefined) holdOn(this.cell(place, name), delivery.request.owner);
    return why;
  }

  /** One that another resource of ours holds is the Update's too from now on: its Delete cannot tell them apart (docs/law.md). */
  private shareNodes({ owner }: Request, cell: Cell): void {
    if (cell.holders.length > 0 && !cell.holders.includes(owner)) cell.holders.unshift(owner);
  }

  /** What others held before is theirs again, though nothing but the record may show it. */
  release(owner: OwnerKey): void {
    for (const place of PLACES) for (const name of PRINCIPAL_NAMES) this.releaseCell(owner, place, name);
  }

  /** The event takes back what it took by its record alone. */
  takenBack(place: Place, name: PrincipalName): void {
    const cell = this.cell(place, name);
    cell.isReplaced = cell.met?.isReplaced ?? false;
  }

  releaseCell(owner: OwnerKey, place: Place, name: PrincipalName): void {
    const cell = this.cell(place, name);
    const others = cell.holders.filter((holder) => holder !== owner);
    if (others.length > 0) cell.holders = others;
  }

  /** A run of the schedule acts for who holds the mapping, with the date of the event that wrote it. */
  bookRun(owner: OwnerKey, { place, name, before, after }: Change): void {
    const cell = this.cell(place, name);
    const isMade = place === 'API' && before === undefined;
    if (isMade) {
      const { lastWrite, isAbandoned, isUnrecorded } = this.cell('CONFIG_MAP', name);
      Object.assign(cell, { lastWrite, isAbandoned, isUnrecorded });
      cell.found.set(owner, undefined);
    }
    const isBackToFound = cell.found.get(owner) === after;
    const isBackToSiblings = !isBackToFound && siblingsFound(cell, owner).includes(after);
    const isBack = cell.everFound.has(after) || after === this.world().foreign.content(place, name);
    const isLeft = after === undefined || (!isMade && isBack);
    const others = cell.holders.filter(
      (holder) => holder !== owner && !(isLeft && isBackToSiblings && stackOf(holder) === stackOf(owner)),
    );
    cell.holders = isLeft ? others : [...others, owner];
    cell.lastDelivery = undefined;
  }

  private book(delivery: Delivery, { place, name, before, after }: Change, cell: Cell): void {
    const { request } = delivery;
    const { owner, mapping, type } = request;
    const foreign = this.world().foreign.content(place, name);
    const isNode = place === 'API' && before !== undefined && loginOfContent(before) === NODE_LOGIN;
    if (isNode) takeBlindly(request, cell);
    if (isNodeLost(request, { place, name, before, after }, cell, this.world()))
      this.cell('API', name).isUnrecorded = true;
    const { holders, isReplaced } = cell;
    if (cell.lastDelivery !== delivery) cell.met = { content: before, holders, isReplaced };
    const isTop = cell.holders.at(-1) === owner;
    // Deleted and made again as another type is one change.
    const isGoingOn = cell.lastDelivery === delivery && cell.found.has(owner);
    if (!isTop && !isGoingOn) {
      const isRename = stackOf(cell.holders.at(-1) ?? '') === stackOf(owner);
      cell.found.set(owner, before);
      cell.everFound.add(before);
      cell.isReplaced ||= mapping.existing === 'REPLACE' && before !== undefined && !isRename;
    }
    // What ADOPT had kept goes with the entry once the template says REPLACE.
    if (isTop && after === undefined && mapping.existing === 'REPLACE' && type !== 'Delete')
      cell.isReplaced ||= cell.found.get(owner) !== undefined;
    const isNodeNow = place === 'API' && after !== undefined && loginOfContent(after) === NODE_LOGIN;
    if (!isNodeNow && cell.holders.every((holder) => holder === owner)) cell.isAbandoned = false;
    // It may end while the event is served.
    const isPlace =
      place === placeOf(mapping, this.world().cluster.mode) && !hasEnded(mapping, delivery.startedAt);
    const isAsked =
      isPlace && type !== 'Delete' && after !== undefined && loginOfContent(after) === askedLogin(mapping);
    const isOwn = isTop || isGoingOn;
    const isBackToFound = isOwn && cell.found.get(owner) === after;
    // After a rename it may be what another name of the stack had found; a Create passes it at most.
    const isBackToSiblings =
      isOwn && !isBackToFound && type !== 'Create' && siblingsFound(cell, owner).includes(after);
    const isBack = isBackToFound || isBackToSiblings || (isOwn && after === foreign);
    const isLeft = after === undefined || (isBack && !isAsked);
    // A Delete may pass what an earlier owner had, on its way to what its own resource had found.
    const isWholeWay = type === 'Delete' && isGoingOn && isBackToFound;
    const others = (isWholeWay ? (cell.met?.holders ?? []) : cell.holders).filter(
      (holder) => holder !== owner && !(isLeft && isBackToSiblings && stackOf(holder) === stackOf(owner)),
    );
    cell.holders = isLeft ? others : [...others, owner];
    // An event that takes back what it did; what REPLACE had taken before it stays taken.
    if (isGoingOn && cell.met && after === cell.met.content) {
      cell.holders = [...cell.met.holders];
      cell.isReplaced = cell.met.isReplaced;
    }
  }

  /** What CloudFormation no longer has holds nothing: gives what is there all the same. */
  settle(): readonly string[] {
    return settleCells(this, this.world());
  }

  /** Events that were served at the same time have answered. */
  settleTakeovers(): void {
    settleTakeovers(this, this.world());
  }
}
