/**
 * Reads ClusterRoles and bindings, and applies RoleBindings: two verbs over node:https. Decides nothing.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import { type KubernetesAnswer, type KubernetesApi } from '../cluster/kubernetes-api';
import { reasonOf, refusal } from '../cluster/kubernetes-refusal';
import { ProviderError } from '../errors';
import { RIGHTS_MANIFEST } from '../rights/catalogue';
import { type RbacObject, type RbacStore } from './port';

const API = '/apis/rbac.authorization.k8s.io/v1';

export function openRbacStore(api: KubernetesApi): RbacStore {
  const { clusterName } = api.askedAs;
  const asked = { ...api.askedAs, manifest: RIGHTS_MANIFEST };
  return {
    clusterName,
    read: async (kind, name, namespace) => {
      const answer = await api.request('GET', pathOf(kind, name, namespace));
      if (answer.status === 404 && reasonOf(answer) === 'NotFound') return undefined;
      if (answer.status !== 200) throw refusal(answer, asked);
      return JSON.parse(answer.body) as RbacObject;
    },
    apply: async (binding, isDryRun) => {
      const { name, namespace } = binding.metadata;
      // By apply and not by POST: only so can RBAC limit `create` to the names of ours. Without force: what another tool
      // has set stays.
      const query = `?fieldManager=cfn-eks-access${isDryRun ? '&dryRun=All' : ''}`;
      const answer = await api.request(
        'PATCH',
        pathOf('rolebindings', name, namespace) + query,
        Buffer.from(JSON.stringify(binding), 'utf8'),
        'application/apply-patch+yaml',
      );
      if (answer.status >= 300) throw applyRefusal(answer) ?? refusal(answer, asked);

      function applyRefusal(refused: KubernetesAnswer): ProviderError | undefined {
        const where = `namespace ${JSON.stringify(namespace)} of cluster ${clusterName}`;
        // Its role has been read, so that what is not found is the namespace.
        if (reasonOf(refused) === 'NotFound')
          return new ProviderError('NotFound', `Rights: there is no ${where}: create it first`);
        if (refused.body.includes('NamespaceTerminating'))
          return new ProviderError(
            'NotStabilized',
            `Rights: ${where} is being deleted: create it again first`,
          );
        if (reasonOf(refused) === 'Conflict')
          return new ProviderError(
            'InvalidRequest',
            `Rights: another tool has changed the RoleBinding ${name} in ${where}: delete it, and the provider makes it again`,
          );
        return undefined;
      }
    },
  };
}

function pathOf(kind: string, name: string, namespace: string | undefined): string {
  const collection = namespace === undefined ? kind : `namespaces/${encodeURIComponent(namespace)}/${kind}`;
  return `${API}/${collection}/${encodeURIComponent(name)}`;
}
