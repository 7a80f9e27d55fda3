/** A node's access entry has no record: after what nothing tells any more whose it is. */
import { type Cell, type Change, type Surroundings } from './cell';
import { loginOfContent } from './cluster';
import { type Mapping, NODE_LOGIN } from './mapping';
import { type Request } from './request';

/** With the record of a node's mapping in aws-auth goes all that told its resource that the access entry is not its own. */
export function isNodeLost(
  { owner, isSettled: isLate }: Request,
  { place, before }: Change,
  { holders }: Cell,
  { cluster }: Surroundings,
): boolean {
  if (place !== 'CONFIG_MAP' || before === undefined || loginOfContent(before) !== NODE_LOGIN) return false;
  // One that the API server carries out late, where nobody looks at aws-auth any more, finds no later version.
  const isUnseen = isLate && !cluster.reads('CONFIG_MAP');
  return isUnseen || holders.some((holder) => holder !== owner);
}

/**
 * A Create does not know what came of its call, and answers the real id: its Delete takes the entry for its own, though
 * another resource made it since the Create was sent (docs/law.md).
 */
export function leaveUntold({ owner, mapping }: Request, cell: Cell): void {
  if (!mapping.node) return;
  if (cell.holders.some((holder) => holder !== owner)) cell.isUnrecorded = true;
  else cell.untold = owner;
}

/** The Delete of such a Create, when that other resource has made it since the Create answered. */
export function takesUntold({ owner, type }: Request, { untold, holders }: Cell): boolean {
  const isAnothers = holders.length > 0 && !holders.includes(owner);
  return type === 'Delete' && untold === owner && isAnothers;
}

/** So REPLACE may take it from another resource of ours. */
export function takeBlindly({ owner, mapping }: Request, cell: Cell): void {
  if (mapping.existing === 'REPLACE' && cell.holders.some((holder) => holder !== owner))
    cell.isUnrecorded = true;
}

/** What an attempt that was never answered may have made, and its way back cannot tell from an entry of EKS's own. */
export function leavesNodes({ node, principal }: Mapping, { cluster }: Surroundings): boolean {
  const content = cluster.content('API', principal);
  return node === true && content !== undefined && loginOfContent(content) === NODE_LOGIN;
}
