/** Sees that the groups of named rights are bound before anybody is given them. Repeatable; nothing is ever removed. */
import { hasCode, invalidRequest, ProviderError, withActed } from '../errors';
import { fullJitter, retry, type Deadline } from '../retry';
import { bindingOf, type RightsName, rolesOf } from '../rights/catalogue';
import { type GrantedRight } from '../rights/granted';
import { binds, clusterBindingFault, roleBindingFault, roleBindingOf, roleFault } from './plan';
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
  const applyAll = async (objects: readonly AppliedObject[]): Promise<void> => {
    for (const isDryRun of objects.length > 1 ? [true, false] : [false])
      for (const object of objects) await patiently(deadline, () => store.apply(object, isDryRun));
  };
  try {
    let seen = await lookAtRights(store, rights, deadline);
    if (typeof seen === 'string') {
      const setup = store.setup();
      await applyAll(rights.flatMap(({ name }) => setup[name] ?? []));
      seen = await lookAtRights(store, rights, deadline);
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

/** The RoleBindings that are missing, or what is wrong: a clause. Throws ProviderError for what cannot be read. */
export async function lookAtRights(
  store: RbacStore,
  rights: readonly GrantedRight[],
  deadline: Deadline,
): Promise<readonly AppliedObject[] | string> {
  const read = (kind: Parameters<RbacStore['read']>[0], name: RightsName, namespace?: string) =>
    patiently(deadline, () => store.read(kind, bindingOf(name), namespace));
  const missing: AppliedObject[] = [];
  for (const right of rights) {
    const { name, namespace } = right;
    let fault: string | undefined;
    for (const role of rolesOf(name)) fault ??= roleFault(role, await read('ClusterRole', role));
    if (namespace === undefined) fault ??= clusterBindingFault(right, await read('ClusterRoleBinding', name));
    else {
      const found = await read('RoleBinding', name, namespace);
      fault ??= roleBindingFault(right, found);
      if (!found || !binds(found, right)) missing.push(roleBindingOf(right, namespace));
    }
    if (fault !== undefined) return fault;
  }
  return missing;
}

function patiently<T>(deadline: Deadline, step: () => Promise<T>): Promise<T> {
  return retry(deadline, step, (error, failures) => pauseAfter(error, failures, deadline));
}

function pauseAfter(error: unknown, failures: number, deadline: Deadline): number | undefined {
  return hasCode(error, 'Throttling', 'ServiceUnavailable', 'NotStabilized')
    ? fullJitter(failures, 200, 5_000, () => deadline.random())
    : undefined;
}
