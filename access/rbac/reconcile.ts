/** Sees that the groups of named rights are bound before anybody is given them. Repeatable; nothing is ever removed. */
import { invalidRequest, ProviderError, withActed } from '../errors';
import { fullJitter, retry, type Deadline } from '../retry';
import { bindingOf, type RightsName, rolesOf } from '../rights/catalogue';
import { type GrantedRight } from '../rights/granted';
import { clusterBindingFault, roleBindingOf, roleBindingState, roleFault } from './plan';
import { type AppliedObject, type RbacStore } from './port';

/**
 * Throws ProviderError, InvalidRequest naming the object where the setup is missing or changed and the provider may not
 * apply it. No RoleBinding is written unless all can be: what stays without its mapping binds a group that nobody has.
 */
export async function ensureRights(
  store: RbacStore,
  rights: readonly GrantedRight[],
  deadline: Deadline,
): Promise<void> {
  const patiently = <T>(step: () => Promise<T>): Promise<T> =>
    retry(deadline, step, (error, failures) => pauseAfter(error, failures, deadline));
  const read = (kind: Parameters<RbacStore['read']>[0], name: RightsName, namespace?: string) =>
    patiently(() => store.read(kind, bindingOf(name), namespace));
  const applyAll = async (objects: readonly AppliedObject[]): Promise<void> => {
    for (const isDryRun of objects.length > 1 ? [true, false] : [false])
      for (const object of objects) await patiently(() => store.apply(object, isDryRun));
  };
  /** The RoleBindings that are missing, or what is wrong: a clause. */
  const look = async (): Promise<readonly AppliedObject[] | string> => {
    const missing: AppliedObject[] = [];
    for (const right of rights) {
      const { name, namespace } = right;
      let fault: string | undefined;
      for (const role of rolesOf(name)) fault ??= roleFault(role, await read('ClusterRole', role));
      if (namespace === undefined)
        fault ??= clusterBindingFault(right, await read('ClusterRoleBinding', name));
      else {
        const state = roleBindingState(right, await read('RoleBinding', name, namespace));
        if (typeof state === 'object') fault ??= state.fault;
        if (state === 'missing') missing.push(roleBindingOf(right, namespace));
      }
      if (fault !== undefined) return fault;
    }
    return missing;
  };
  try {
    let seen = await look();
    if (typeof seen === 'string') {
      const setup = store.setup();
      await applyAll(rights.flatMap(({ name }) => setup[name] ?? []));
      seen = await look();
    }
    if (typeof seen === 'string')
      throw invalidRequest(
        `cluster ${store.clusterName} is not set up for Rights: ${seen}; an administrator of the cluster can fix it`,
      );
    await applyAll(seen);
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
