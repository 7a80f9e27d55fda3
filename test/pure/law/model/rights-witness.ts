/**
 * Named rights in what one run of the function does: bindings are made as they have to be and before they are needed, all or
 * none; no mapping is given a group that nothing binds; and who keeps a right is not a moment without it.
 */
import { type Place } from '../../../../access/place';
import { stackOf } from './cell';
import { hasEnded, askedRights, placeOf, rightsByGroup } from './mapping';
import { PRINCIPAL_NAMES, type PrincipalName, principalOf } from './names';
import { type RbacWitness } from './rbac-store';
import { type Delivery } from './request';
import { groupOfToken, type RightName, type Token, tokenOfGroup } from './rights';
import { rightsOf, rightsSaidByGroup } from './rights-given';
import { type SeenWorld } from './seen-world';

const MANAGED_BY = ['app.kubernetes.io/managed-by', 'cfn-eks-access'] as const;

export function rbacWitness(world: SeenWorld, delivery: Delivery, violate: Violate): RbacWitness {
  const { request, fault } = delivery;
  const { rbac, mode } = world.cluster;
  const { mapping } = request;
  const needed = rightsByGroup(mapping, placeOf(mapping, mode));
  const { acts } = rbac;
  return {
    applying: ({ kind, metadata: { name, namespace }, roleRef, subjects = [] }, found) => {
      const what = `${kind} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
      const isOurs = found?.metadata?.labels?.[MANAGED_BY[0]] === MANAGED_BY[1];
      // Of what the API server carries out after the function gave up (docs/law.md).
      const isOvertaken = fault?.kind === 'late' && acts !== rbac.acts;
      if (found && !isOurs && !isOvertaken) violate(`touched ${what}, which is another tool’s`);
      if (request.type === 'Delete') violate(`applied ${what} for a Delete`);
      if (kind !== 'RoleBinding') return;
      if (found && found.roleRef?.name !== roleRef?.name && !isOvertaken)
        violate(`gave ${what} another role`);
      const [subject, ...others] = subjects;
      const token = tokenOfGroup(subject?.name ?? '');
      const isRight =
        token !== undefined &&
        others.length === 0 &&
        subject?.kind === 'Group' &&
        roleRef?.name === name &&
        token === `${name.replace('cfn-eks-access:', '')}@${namespace}`;
      if (!isRight) violate(`bound ${roleRef?.name} to ${subject?.name} in ${what}`);
      if (token !== undefined && !needed.includes(token)) violate(`applied ${what}, which nothing asks for`);
      // What the API server carries out after the function gave up may meet what people have changed since (docs/law.md).
      if (acts !== rbac.acts) return;
      for (const other of needed) {
        const why = whyNot(rbac, other);
        if (why !== undefined) violate(`applied ${what}, though ${other} cannot be given: ${why}`);
      }
    },
  };
}

/** Why a right cannot be given by its group at this moment. */
function whyNot(rbac: SeenWorld['cluster']['rbac'], token: Token): string | undefined {
  const [name, place] = token.split('@') as [RightName, string];
  if (!rbac.isRoleWhole(name)) return `its ClusterRole is not as installed`;
  if (place === '*') return rbac.isBound(token) ? undefined : 'its ClusterRoleBinding is not as installed';
  if (!rbac.isActive(place)) return `namespace ${place} is not there`;
  const found = rbac.read('RoleBinding', `cfn-eks-access:${name}`, place);
  const isOurs = found?.metadata?.labels?.[MANAGED_BY[0]] === MANAGED_BY[1];
  if (found && !isOurs) return 'its RoleBinding is another tool’s';
  return found && found.roleRef?.name !== `cfn-eks-access:${name}`
    ? 'its RoleBinding has another role'
    : undefined;
}

type Violate = (what: string) => void;

/** Looks at who may do what after each write to a place. */
export class RightsWitness {
  private readonly had: ReadonlyMap<PrincipalName, ReadonlySet<Token>>;
  private readonly acts: number;

  constructor(
    private readonly world: SeenWorld,
    private readonly delivery: Delivery,
    private readonly violate: Violate,
  ) {
    const { cluster } = world;
    this.had = new Map(PRINCIPAL_NAMES.map((name) => [name, rightsOf(cluster, name)]));
    this.acts = cluster.rbac.acts;
  }

  /** What the place said of them before. */
  written(
    place: Place,
    changes: readonly { readonly arn: string; readonly was: string | undefined }[],
  ): void {
    const { world, delivery } = this;
    const { mapping, old, type } = delivery.request;
    const name = mapping.principal;
    const change = changes.find(({ arn }) => principalOf(arn) === name);
    if (!change || type === 'Delete') return;
    // What aws-auth gives by groups a new access entry has at first as well.
    const elsewhere = place === 'API' ? world.cluster.content('CONFIG_MAP', name) : undefined;
    // What goes back to its owner, when the mapping moves, has the groups that it had.
    const found = world.ledger.cell(place, name).everFound;
    this.checkBound(place, name, [change.was, elsewhere, ...found].flatMap(rightsSaidByGroup));
    const isKept = type === 'Update' && old?.principal === name && !hasEnded(mapping, world.time.now());
    if (this.isUnderSibling(name)) return;
    if (!isKept || delivery.rival || this.acts !== world.cluster.rbac.acts) return;
    const asked = askedRights(mapping);
    const kept = askedRights(old).filter((token) => asked.includes(token) && this.had.get(name)?.has(token));
    const has = rightsOf(world.cluster, name);
    const isLost = (token: Token): boolean => !has.has(token) && !(this.isBack() && !this.isBound(token));
    for (const token of kept)
      if (isLost(token)) this.violate(`left ${name} for a moment without ${token} (${place})`);
  }

  private checkBound(place: Place, name: PrincipalName, before: readonly Token[]): void {
    const { world, delivery } = this;
    if (this.isBack() || this.acts !== world.cluster.rbac.acts) return;
    const asked = askedRights(delivery.request.mapping);
    for (const token of rightsSaidByGroup(world.cluster.content(place, name)))
      if (asked.includes(token) && !before.includes(token) && !this.isBound(token))
        this.violate(`gave ${name} the group ${groupOfToken(token)}, which nothing binds (${place})`);
  }

  /** What overrides it is the old name's, until the Delete of the old name (as of an answer). */
  private isUnderSibling(name: PrincipalName): boolean {
    const { owner, mapping, stackId } = this.delivery.request;
    const { ledger, cluster } = this.world;
    if (placeOf(mapping, cluster.mode) !== 'CONFIG_MAP') return false;
    // Also while it is given back.
    return ledger.cell('API', name).holders.some((holder) => holder !== owner && stackOf(holder) === stackId);
  }

  /** Then what is given is what was given before, whatever the cluster binds by now. */
  private isBack(): boolean {
    return this.world.describeStack(this.delivery.request.stackId)?.includes('ROLLBACK') ?? false;
  }

  private isBound(token: Token): boolean {
    return this.world.cluster.rbac.isBound(token);
  }
}
