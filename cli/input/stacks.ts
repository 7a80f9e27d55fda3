/** The stacks that may have mappings on a cluster, asked of CloudFormation. */
import { recordedStacks } from '../../access/explain/drift/drift';
import { type SeenStacks } from '../../access/explain/drift/seen-stack';
import { type SeenCluster } from '../../access/explain/seen-cluster';
import { type LiveOptions } from '../live-options';

export type IsAsked = ((stack: string) => boolean) | undefined;

/** `*` is any text, `?` any character. Undefined without a pattern. */
export function namePattern(pattern: string | undefined): IsAsked {
  if (pattern === undefined) return undefined;
  const shape = pattern
    .replace(/[^\w*?-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const names = new RegExp(`^${shape}$`);
  return (stack) => names.test(stack);
}

export async function seenStacks(
  live: LiveOptions,
  cluster: SeenCluster,
  isAsked: IsAsked,
): Promise<SeenStacks> {
  const { reachStacks } = await import('../reach-cluster/reach-cluster');
  return reachStacks(live, recordedStacks(cluster), isAsked);
}
