/** Where a mapping lived by what an Update in place asked for before. */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { undefinedIfRefused } from '../../access/errors';
import { type Placement, placementOf } from '../../access/placement';
import { type Invocation } from '../invocation';

/** Where the mapping lived, or was to live, by what an Update in place asked for before; undefined where it cannot be said. */
export function formerPlace(
  { edges }: Invocation,
  cluster: Cluster,
  previous: DesiredAccess | undefined,
): BackEnd | undefined {
  return formerPlacement({ edges }, cluster, previous)?.backEnd;
}

/** The same, with what it gave there. */
export function formerPlacement(
  { edges }: Pick<Invocation, 'edges'>,
  cluster: Cluster,
  previous: DesiredAccess | undefined,
): Placement<BackEnd> | undefined {
  return previous && undefinedIfRefused(() => placementOf(previous, cluster, edges.backEnds(cluster)));
}
