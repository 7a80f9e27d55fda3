/**
 * Whether one event may make one change, by the ownership table of docs/design.md section 2, written down a second
 * time and from the other end: from who held what, not from what is recorded.
 */
import { loginOfContent } from './cluster';
import { type Cell, type Cells, type Change, stackOf, type Surroundings } from './cell';
import { isHalfDeleted } from './half-done';
import { askedLogin, hasEnded, NODE_LOGIN, placeOf } from './mapping';
import { type OwnerKey, type PrincipalName } from './names';
import { type Delivery, type Request, wasBlind, wasNotLookedFor } from './request';

/** Gives what is wrong with it; undefined where nothing is. */
export function judgeChange(
  delivery: Delivery,
  change: Change,
  cell: Cell,
  world: Surroundings,
  ledger: Cells,
): string | undefined {
  const { request, startedSuperseded } = delivery;
  const isOwn = cell.holders.at(-1) === request.owner;
  // Whose it is cannot be told any more.
  if (cell.isUnrecorded) return undefined;
  return (
    unconcerned(request, change.name) ??
    (startedSuperseded ? overtaken(delivery, change, cell, world) : undefined) ??
    (isOwn ? ownChange(request, change, world) : takeover(delivery, change, cell, world)) ??
    override(delivery, change, world, ledger) ??
    lostAccess(delivery, change, world)
  );
}

/** A mapping that moves is in the new place before it leaves the old one (GT-108). */
function lostAccess(
  { request: { type, mapping, old }, rival }: Delivery,
  { place, name, after }: Change,
  { cluster, now }: Surroundings,
): string | undefined {
  // Its copy is between the delete and the create by which an access entry gets another type.
  if (rival === 'a copy' && mapping.node) return undefined;
  if (hasEnded(mapping, now())) return undefined;
  const isMoving = type === 'Update' && old?.principal === mapping.principal && name === mapping.principal;
  if (!isMoving || after !== undefined || !cluster.reads(place)) return undefined;
  if (place === placeOf(mapping, cluster.mode) || cluster.login(name) !== undefined) return undefined;
  return 'left the principal without access on its way to the other place';
}

function unconcerned({ mapping, old, physicalId }: Request, name: PrincipalName): string | undefined {
  const names = [mapping.principal, old?.principal];
  return names.includes(name) || physicalId?.includes(`/${name}`)
    ? undefined
    : 'changed a principal that the event does not name';
}

/** A delivery that began after the next event of the same resource had been made. */
function overtaken(
  { request, startedAt }: Delivery,
  { place, before }: Change,
  { lastWrite, holders }: Cell,
  world: Surroundings,
): string | undefined {
  // Where nothing of the resource is left, no record tells what came after: a young delivery makes and withdraws. A
  // node's access entry has none.
  const hasRecord = before !== undefined && (place === 'CONFIG_MAP' || loginOfContent(before) !== NODE_LOGIN);
  const isNewer =
    hasRecord &&
    holders.includes(request.owner) &&
    lastWrite?.owner === request.owner &&
    lastWrite.requestedAt > request.requestedAt + 2_000 &&
    !isHalfDeleted(request, place, lastWrite, world);
  const isOld = startedAt - request.requestedAt > 45_000;
  const live = world.resource(request.owner)?.physicalId;
  const isCleanUp = request.type === 'Delete' && live !== request.physicalId && !isNewer;
  // CloudFormation, whose next Delete has failed as well, has it deleted all the same.
  const isGoing = request.type === 'Delete' && world.resource(request.owner)?.status === 'DELETE_FAILED';
  return (isNewer || isOld) && !isCleanUp && !isGoing
    ? 'a late delivery changed what a newer event had made'
    : undefined;
}

function ownChange(request: Request, { name, after }: Change, world: Surroundings): string | undefined {
  if (request.type !== 'Delete' || after !== undefined) return undefined;
  const live = world.resource(request.owner);
  const isWanted = live?.principals.includes(name) && /^(CREATE|UPDATE)_COMPLETE$/.test(live.status);
  return isWanted ? 'a Delete removed the mapping of a resource that CloudFormation still has' : undefined;
}

/** Changing what this resource does not hold. */
function takeover(
  delivery: Delivery,
  { place, name, before, after }: Change,
  cell: Cell,
  world: Surroundings,
): string | undefined {
  const { request, startedSettled, warnings } = delivery;
  const isGoingOn = cell.lastDelivery === delivery;
  // What goes back to its owner, record and all, loses the tags of who had it in a last call.
  const isGoingBack = isGoingOn && cell.found.get(request.owner) === after;
  if (isGoingBack && after !== undefined && hasSameLogin(before, after)) return undefined;
  // Between two of its calls an Update may pass what was found.
  if (isGoingOn && request.type === 'Update' && [...cell.found.values()].includes(before)) return undefined;
  const mayTake = request.type !== 'Delete' && request.mapping.existing !== undefined;
  const top = cell.holders.at(-1);
  const hasHeld = cell.holders.includes(request.owner);
  if (before === undefined) {
    const isStrange = request.type === 'Delete' && cell.holders.length === 0;
    return isStrange ? 'a Delete made a mapping' : undefined;
  }
  if (place === 'API' && loginOfContent(before) === NODE_LOGIN) {
    // A node's access entry has no record: whose of ours it is only the model knows.
    if (hasHeld || (request.type === 'Delete' && startedSettled && top !== undefined)) return undefined;
    // The log says that aws-auth, whose record would tell whose it is, could not be looked at.
    if (request.type === 'Delete' && wasNotLookedFor({ warnings })) return undefined;
    if (request.type === 'Update' && request.old?.node && wasBlind({ warnings })) return undefined;
    // Another resource of ours may have taken it away since, and made its own.
    const hadNodes = request.type === 'Update' && request.old?.node && request.old.principal === name;
    if (hadNodes && top !== undefined && !startedSettled) return undefined;
    // CloudFormation deletes again what it could not, and does not know that a repeat has done it meanwhile.
    const isTriedAgain =
      request.type === 'Delete' && world.resource(request.owner)?.status.startsWith('DELETE_');
    if (isTriedAgain && cell.found.has(request.owner)) return undefined;
    const why = request.type === 'Delete' ? undefined : untouchable(request, name, before);
    if (why !== undefined) return why;
    // A record that cannot be is not met: REPLACE takes the entry as one of an unknown owner.
    if (mayTake && world.takeover !== 'none') return undefined;
  }
  if (hasHeld && mayTake) return undefined;
  // What a resource held that is gone since, one that held it before may take away.
  if (top !== undefined && world.resource(top) === undefined && cell.found.has(request.owner))
    return undefined;
  if (top !== undefined) {
    if (stackOf(top) === request.stackId) return rename(delivery, top, world);
    // A record whose resource is gone counts as none.
    const isTopGone = world.resource(top) === undefined && world.takeover !== 'none';
    return mayTake && (world.takeover === 'any' || isTopGone)
      ? undefined
      : `changed what ${top} of another stack holds`;
  }
  if (world.foreign.content(place, name) !== before) return undefined;
  // REPLACE asks for what is found to go, the Delete after a Create of unknown outcome included (docs/design.md, section 2).
  const mayGo = mayTake || request.mapping.existing === 'REPLACE';
  if (!mayGo || world.takeover === 'none') return 'changed what another tool wrote, without ExistingEntry';
  return untouchable(request, name, before);
}

function hasSameLogin(before: string | undefined, after: string): boolean {
  return before !== undefined && loginOfContent(before) === loginOfContent(after);
}

/** Within one stack: a new logical id takes over, not while the stack is being made, and in place only on the way back. */
function rename(
  { request, startedSettled }: Delivery,
  top: OwnerKey,
  world: Surroundings,
): string | undefined {
  const { stackStatus } = request;
  // Of what CloudFormation no longer has, a failed clean-up has left the record.
  if (world.resource(top) === undefined) return undefined;
  if (request.type === 'Delete') return `a Delete changed what ${top} has taken over`;
  // A copy of the Create may come when the stack is made and being updated, is told so, and takes back what it did.
  if (stackStatus.startsWith('CREATE_') && !startedSettled)
    return `changed what ${top} of the same stack holds`;
  // Another provider's resource is new to us, whatever CloudFormation calls it.
  const isNew =
    request.type === 'Create' ||
    request.old?.principal !== request.mapping.principal ||
    !request.physicalId?.includes('|');
  if (isNew || stackStatus.includes('ROLLBACK')) return undefined;
  return `an Update in place changed what ${top} of the same stack holds`;
}

/** The provider’s own mapping is nobody’s to take, a node’s only by what gives the same. */
function untouchable({ mapping }: Request, name: PrincipalName, found: string): string | undefined {
  if (name === 'provider') return 'changed the provider’s own mapping';
  const isNode = loginOfContent(found) === NODE_LOGIN;
  return isNode && !mapping.node ? 'changed the mapping of a node' : undefined;
}

/** Ours in force over what somebody else’s gave in the other place (GT-50). */
function override(
  delivery: Delivery,
  { place, name, before, after }: Change,
  world: Surroundings,
  ledger: Cells,
): string | undefined {
  const { request, warnings } = delivery;
  const { cluster, takeover: allowed } = world;
  // Once it is in force over the other one, changing it parts nobody from anything.
  if (place !== 'API' || cluster.mode !== 'API_AND_CONFIG_MAP' || !after || before !== undefined)
    return undefined;
  // The log says that what is there could not be seen (docs/design.md, section 2).
  if (wasBlind({ warnings })) return undefined;
  const other = cluster.content('CONFIG_MAP', name);
  // Deleted and made again as another type: what it overrides was judged when it was first made.
  if (ledger.cell('API', name).lastWrite === request) return undefined;
  const { holders, isUnrecorded } = ledger.cell('CONFIG_MAP', name);
  if (isUnrecorded) return undefined;
  const top = holders.at(-1);
  if (other === undefined || holders.includes(request.owner)) return undefined;
  if (loginOfContent(other) === askedLogin(request.mapping)) return undefined;
  if (top !== undefined && stackOf(top) === request.stackId) return rename(delivery, top, world);
  // A record whose resource is gone counts as none (docs/design.md, section 2).
  const isRecorded = top !== undefined && world.resource(top) !== undefined;
  const mayTake =
    request.mapping.existing !== undefined && (isRecorded ? allowed === 'any' : allowed !== 'none');
  // A node's mapping that a stack has recorded is its stack's (docs/design.md, section 2, rows in their order).
  if (mayTake && top !== undefined && name !== 'provider') return undefined;
  return mayTake
    ? untouchable(request, name, other)
    : 'an access entry overrides what aws-auth gives by somebody else, without ExistingEntry';
}
