/** Sees that the groups of named rights are bound before anybody is given them. Repeatable; nothing is ever removed. */
import { invalidRequest, ProviderError, withActed } from '../errors';
import { fullJitter, retry, type Deadline } from '../retry';
import { bindingOf, clusterRoleOf } from '../rights/catalogue';
import { type GrantedRight } from '../rights/granted';
import { clusterBindingFault, roleBindingOf, roleBindingState, roleFault } from './plan';
import { type RbacStore, type RoleBinding } from './port';

/**
 * Throws ProviderError, InvalidRequest naming the object where the setup is missing or changed. No RoleBinding is written
 * unless all can be: one that stays without its mapping binds a group that nobody has.
 */
export async function ensureRights(
  store: RbacStore,
  rights: readonly GrantedRight[],
  deadline: Deadline,
): Promise<void> {
  const patiently = <T>(step: () => Promise<T>): Promise<T> =>
    retry(deadline, step, (error, failures) => pauseAfter(error, failures, deadline));
  const refuse = (fault: string | undefined): void => {
    if (fault !== undefined)
      throw invalidRequest(
        `cluster ${store.clusterName} is not set up for Rights: ${fault}; an administrator of the cluster can put it right with kubectl`,
      );
  };
  try {
    const missing: RoleBinding[] = [];
    for (const right of rights) {
      const { name, namespace } = right;
      const role = clusterRoleOf(name);
      const binding = bindingOf(name);
      // The other one is Kubernetes' own, and the provider may not read it.
      if (role === binding) refuse(roleFault(right, await patiently(() => store.read('clusterroles', role))));
      if (namespace === undefined) {
        const found = await patiently(() => store.read('clusterrolebindings', binding));
        refuse(clusterBindingFault(right, found));
        continue;
      }
      const found = await patiently(() => store.read('rolebindings', binding, namespace));
      const state = roleBindingState(right, found);
      if (typeof state === 'object') refuse(state.fault);
      if (state === 'missing') missing.push(roleBindingOf(right, namespace));
    }
    for (const isDryRun of missing.length > 1 ? [true, false] : [false])
      for (const binding of missing) await patiently(() => store.apply(binding, isDryRun));
  } catch (error) {
    // Whatever became of a binding, nobody has been mapped.
    throw error instanceof ProviderError ? withActed(error, false) : error;
  }
}

function pauseAfter(error: unknown, failures: number, deadline: Deadline): number | undefined {
  if (!(error instanceof ProviderError)) return undefined;
  return ['Throttling', 'ServiceUnavailable', 'NotStabilized'].includes(error.code)
    ? fullJitter(failures, 200, 5_000, () => deadline.random())
    : undefined;
}
