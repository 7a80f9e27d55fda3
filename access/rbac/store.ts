/**
 * Reads ClusterRoles and bindings, and applies ours: two verbs over node:https. Decides nothing.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import { brotliDecompressSync } from 'node:zlib';
import { type KubernetesApi } from '../cluster/kubernetes-api';
import { objectOf } from '../cluster/kubernetes-object';
import { reasonOf } from '../cluster/kubernetes-refusal';
import { invalidRequest, ProviderError } from '../errors';
import { RIGHTS_MANIFEST } from '../rights/catalogue';
import { type RbacObject, type RbacStore, type RightsSetup } from './port';

const API = '/apis/rbac.authorization.k8s.io/v1';

/**
 * `setup`: `ENVIRONMENT.setUpRights`. It counts only where the cluster is reached as a role that the provider's owner has
 * named for it: the provider's own role has no right to make ClusterRoles.
 */
export function openRbacStore(api: KubernetesApi, setup: string | undefined): RbacStore {
  const { clusterName, roleArn } = api.askedAs;
  const asked = { ...api.askedAs, manifest: RIGHTS_MANIFEST };
  return {
    clusterName,
    read: async (kind, name, namespace) => {
      const answer = await api.request('GET', pathOf(kind, name, namespace));
      if (answer.status === 404 && reasonOf(answer) === 'NotFound') return undefined;
      return objectOf<RbacObject>(answer, asked);
    },
    setup: () =>
      setup && roleArn
        ? (JSON.parse(String(brotliDecompressSync(Buffer.from(setup, 'base64')))) as RightsSetup)
        : {},
    apply: async (object, isDryRun) => {
      const { kind, metadata } = object;
      const { name, namespace } = metadata;
      // By apply and not by POST: only so can RBAC limit `create` to the names of ours. Without force: what another tool
      // has set stays.
      const query = `?fieldManager=cfn-eks-access${isDryRun ? '&dryRun=All' : ''}`;
      const answer = await api.request(
        'PATCH',
        pathOf(kind, name, namespace) + query,
        Buffer.from(JSON.stringify(object), 'utf8'),
        'application/apply-patch+yaml',
      );
      const where = `${namespace === undefined ? '' : `namespace ${JSON.stringify(namespace)} of `}cluster ${clusterName}`;
      const reason = reasonOf(answer);
      // Its role has been read, so that what is not found is the namespace.
      if (reason === 'NotFound')
        throw new ProviderError(reason, `Rights: there is no ${where}: create it first`);
      if (answer.body.includes('NamespaceTerminating'))
        throw new ProviderError('NotStabilized', `Rights: ${where} is being deleted: create it again first`);
      if (reason === 'Conflict')
        throw invalidRequest(
          `Rights: another tool has changed the ${kind} ${name} in ${where}: delete it, and the provider makes it again`,
        );
      objectOf(answer, asked);
    },
  };
}

function pathOf(kind: string, name: string, namespace: string | undefined): string {
  const where = namespace === undefined ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
  return `${API}/${where}${kind.toLowerCase()}s/${name}`;
}
