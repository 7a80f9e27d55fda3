/**
 * Who holds what, by the model's own book: kept from the writes that each event made and from what CloudFormation
 * still has, never from the records of the product. And the judgement over each write of the product.
 */
import { type Place } from '../../../access/back-end';
import { askedLogin, NODE_LOGIN } from './mapping';
import { type Cluster, loginOfContent } from './cluster';
import { type ForeignLayer } from './foreign';
import { PLACES, plainArn, type OwnerKey, PRINCIPAL_NAMES, type PrincipalName } from './names';
import { type Delivery, type Request } from './request';

interface Cell {
  /** Resources that may hold it, the present holder last. */
  holders: OwnerKey[];
  /** What each of them found when it took over. */
  found: Map<OwnerKey, string | undefined>;
  lastWrite: Request | undefined;
  /** ExistingEntry: REPLACE has taken what a foreign writer left: it may be gone. */
  isReplaced: boolean;
  /** CloudFormation gave up on what the holder left, or the product said that it must leave it. */
  isAbandoned: boolean;
  /** Another tool took the record away: whose it is can no longer be told. */
  isUnrecorded: boolean;
}

/** What CloudFormation has of a resource at this moment. */
export interface LiveResource {
  readonly status: string;
  /** The principals that its physical id, or an update not yet taken back, name on the cluster that exists. */
  readonly principals: readonly PrincipalName[];
  readonly physicalId: string | undefined;
}

export interface Surroundings {
  readonly cluster: Cluster;
  readonly foreign: ForeignLayer;
  readonly takeover: 'none' | 'unrecorded' | 'any';
  resource(owner: OwnerKey): LiveResource | undefined;
  readonly now: () => number;
}

export class Ledger {
  private readonly cells = new Map<string, Cell>();

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
      lastWrite: undefined,
      isReplaced: false,
      isAbandoned: false,
      isUnrecorded: false,
    };
    this.cells.set(key, cell);
    return cell;
  }

  /** Without its record what is held may be taken for another’s from now on. */
  recordsLost(): void {
    for (const cell of this.cells.values()) if (cell.holders.length > 0) cell.isUnrecorded = true;
  }

  /** DeletionPolicy: Retain: the mapping stays, and nobody answers for it. */
  retain(owner: OwnerKey): void {
    for (const cell of this.cells.values()) if (cell.holders.at(-1) === owner) cell.isUnrecorded = true;
  }

  /** A stack refactoring. */
  move(from: OwnerKey, to: OwnerKey): void {
    for (const cell of this.cells.values())
      cell.holders = cell.holders.map((holder) => (holder === from ? to : holder));
  }

  abandon(owner: OwnerKey): void {
    for (const cell of this.cells.values()) if (cell.holders.includes(owner)) cell.isAbandoned = true;
  }

  /**
   * One change of one principal in one place, made by one event. Gives what is wrong with it, and books it.
   * `before` and `after` are contents (`Cluster.content`).
   */
  judge(
    { request, startedSuperseded }: Delivery,
    place: Place,
    name: PrincipalName,
    before: string | undefined,
    after: string | undefined,
  ): string | undefined {
    const cell = this.cell(place, name);
    const owner = request.owner;
    const isTop = cell.holders.at(-1) === owner;
    const why =
      this.unconcerned(request, name) ??
      (startedSuperseded ? this.overtaken(request, cell) : undefined) ??
      (isTop ? this.ownChange(request, name, after) : this.takeover(request, place, name, before, cell)) ??
      this.override(request, place, name, before, after);
    this.book(request, place, name, before, after);
    cell.lastWrite = request;
    return why;
  }

  /** A SUCCESS says that the mapping in `place` is the resource's: taken by its record alone, where it gave the same. */
  judgeSuccess(delivery: Delivery, place: Place, name: PrincipalName): string | undefined {
    const content = this.world().cluster.content(place, name);
    if (content === undefined || this.holder(place, name) === delivery.request.owner) return undefined;
    return this.judge(delivery, place, name, content, content);
  }

  /** A Delete that succeeded: what others held before it is theirs again, though nothing but the record may show it. */
  release(owner: OwnerKey): void {
    for (const name of PRINCIPAL_NAMES) {
      for (const place of PLACES) {
        const cell = this.cell(place, name);
        const others = cell.holders.filter((holder) => holder !== owner);
        if (others.length > 0) cell.holders = others;
      }
    }
  }

  private book(
    { owner, mapping, type }: Request,
    place: Place,
    name: PrincipalName,
    before: string | undefined,
    after: string | undefined,
  ): void {
    const cell = this.cell(place, name);
    const foreign = this.world().foreign.content(place, name);
    const isTop = cell.holders.at(-1) === owner;
    if (!isTop) {
      cell.found.set(owner, before);
      const isRename = stackOf(cell.holders.at(-1) ?? '') === stackOf(owner);
      cell.isReplaced ||= mapping.existing === 'REPLACE' && before !== undefined && !isRename;
    }
    if (cell.holders.every((holder) => holder === owner)) cell.isAbandoned = false;
    const others = cell.holders.filter((holder) => holder !== owner);
    const isAsked = type !== 'Delete' && after !== undefined && loginOfContent(after) === askedLogin(mapping);
    const isBack = isTop && (after === cell.found.get(owner) || after === foreign);
    cell.holders = after === undefined || (isBack && !isAsked) ? others : [...others, owner];
  }

  private unconcerned({ mapping, old, physicalId }: Request, name: PrincipalName): string | undefined {
    const names = [mapping.principal, old?.principal];
    return names.includes(name) || physicalId?.includes(`/${name}`)
      ? undefined
      : 'changed a principal that the event does not name';
  }

  /** A delivery that began after the next event of the same resource had been made. */
  private overtaken(request: Request, { lastWrite, holders }: Cell): string | undefined {
    const { now } = this.world();
    // Where nothing of the resource is left, no record tells what came after: a young delivery makes and withdraws.
    const isRecorded = holders.includes(request.owner) && lastWrite !== undefined;
    const isNewer = isRecorded && lastWrite.requestedAt > request.requestedAt + 2_000;
    const isOld = now() - request.requestedAt > 45_000;
    const live = this.world().resource(request.owner)?.physicalId;
    const isCleanUp = request.type === 'Delete' && live !== request.physicalId && !isNewer;
    return (isNewer || isOld) && !isCleanUp
      ? 'a late delivery changed what a newer event had made'
      : undefined;
  }

  private ownChange(request: Request, name: PrincipalName, after: string | undefined): string | undefined {
    if (request.type !== 'Delete' || after !== undefined) return undefined;
    const live = this.world().resource(request.owner);
    const isWanted = live?.principals.includes(name) && /^(CREATE|UPDATE)_COMPLETE$/.test(live.status);
    return isWanted ? 'a Delete removed the mapping of a resource that CloudFormation still has' : undefined;
  }

  /** Changing what this resource does not hold. */
  private takeover(
    request: Request,
    place: Place,
    name: PrincipalName,
    before: string | undefined,
    cell: Cell,
  ): string | undefined {
    const { takeover, foreign } = this.world();
    const mayTake = request.type !== 'Delete' && request.mapping.existing !== undefined;
    const top = cell.holders.at(-1);
    // A node's access entry has no record: whose it is only the model knows, and any of ours may remove it.
    const isNodeEntry = place === 'API' && before !== undefined && loginOfContent(before) === NODE_LOGIN;
    if (isNodeEntry && request.type !== 'Delete') {
      const why = this.untouchable(request, name, before);
      if (why !== undefined) return why;
    }
    if (isNodeEntry && request.type === 'Delete' && cell.holders.includes(request.owner)) return undefined;
    if (cell.holders.includes(request.owner) && before !== undefined && mayTake) return undefined;
    if (top !== undefined && before !== undefined) {
      if (stackOf(top) === request.stackId) return this.rename(request, top);
      return mayTake && takeover === 'any' ? undefined : `changed what ${top} of another stack holds`;
    }
    if (before === undefined) return request.type === 'Delete' ? this.restoring(request, cell) : undefined;
    if (foreign.content(place, name) !== before) return undefined;
    if (!mayTake || takeover === 'none') return 'changed what another tool wrote, without ExistingEntry';
    return this.untouchable(request, name, before);
  }

  private restoring(_request: Request, cell: Cell): string | undefined {
    return cell.holders.length > 0 ? undefined : 'a Delete made a mapping';
  }

  private rename(request: Request, top: OwnerKey): string | undefined {
    const { stackStatus } = request;
    // Of what CloudFormation no longer has, a failed clean-up has left the record.
    if (this.world().resource(top) === undefined) return undefined;
    if (request.type === 'Delete') return `a Delete changed what ${top} has taken over`;
    if (stackStatus.startsWith('CREATE_')) return `changed what ${top} of the same stack holds`;
    const isNew = request.type === 'Create' || request.old?.principal !== request.mapping.principal;
    if (isNew || stackStatus.includes('ROLLBACK')) return undefined;
    return `an Update in place changed what ${top} of the same stack holds`;
  }

  /** The provider’s own mapping is nobody’s to take, a node’s only by what gives the same. */
  private untouchable({ mapping }: Request, name: PrincipalName, found: string): string | undefined {
    if (name === 'provider') return 'changed the provider’s own mapping';
    const isNode = loginOfContent(found) === NODE_LOGIN;
    return isNode && !mapping.node ? 'changed the mapping of a node' : undefined;
  }

  /** Ours in force over what somebody else’s gave in the other place. */
  private override(
    request: Request,
    place: Place,
    name: PrincipalName,
    before: string | undefined,
    after: string | undefined,
  ): string | undefined {
    const { cluster, takeover } = this.world();
    if (place !== 'API' || cluster.mode !== 'API_AND_CONFIG_MAP' || after === undefined) return undefined;
    if (before !== undefined && loginOfContent(before) === loginOfContent(after)) return undefined;
    const other = cluster.content('CONFIG_MAP', name);
    const top = this.holder('CONFIG_MAP', name);
    // Once it is in force over the other one, changing it parts nobody from anything.
    if (other === undefined || before !== undefined) return undefined;
    if (top === request.owner || this.cell('CONFIG_MAP', name).holders.includes(request.owner))
      return undefined;
    if (loginOfContent(other) === askedLogin(request.mapping)) return undefined;
    const sameStack = top !== undefined && stackOf(top) === request.stackId;
    if (sameStack) return this.rename(request, top);
    const mayTake =
      request.mapping.existing !== undefined && (top ? takeover === 'any' : takeover !== 'none');
    if (mayTake) return this.untouchable(request, name, other);
    return 'an access entry overrides what aws-auth gives by somebody else, without ExistingEntry';
  }

  /** What CloudFormation no longer has holds nothing: gives what is there all the same. */
  settle(): readonly string[] {
    return PLACES.flatMap((place) => PRINCIPAL_NAMES.map((name) => this.settleCell(place, name))).filter(
      (violation) => violation !== undefined,
    );
  }

  private settleCell(place: Place, name: PrincipalName): string | undefined {
    const { cluster, foreign } = this.world();
    const cell = this.cell(place, name);
    const actual = cluster.content(place, name);
    const left = foreign.content(place, name);
    const live = cell.holders.filter((owner) => this.world().resource(owner)?.principals.includes(name));
    if (cell.isReplaced && (live.length > 0 || actual !== left)) {
      if (live.length > 0 || actual === undefined) foreign.forget(place, name);
      cell.isReplaced = false;
    }
    if (isUnclear(cell)) return undefined;
    const former = cell.holders;
    cell.holders = live;
    const expected = foreign.content(place, name);
    if (live.length > 0 || actual === expected) return undefined;
    return `${place} ${name} is ${actual ?? 'nothing'}, and foreign writers left ${expected ?? 'nothing'} (held before by ${former.join(', ') || 'nobody'})`;
  }
}

/** Whether nothing can be said of it any more. */
export function isUnclear({ isAbandoned, isUnrecorded }: Cell): boolean {
  return isAbandoned || isUnrecorded;
}

export function stackOf(owner: OwnerKey): string {
  return owner.slice(0, owner.indexOf('#'));
}
