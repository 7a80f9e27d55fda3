/**
 * Reads and writes the ConfigMap kube-system/aws-auth: two verbs over node:https, and one more for a ConfigMap that is
 * missing. Decides nothing.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
import { type KubernetesAnswer, type KubernetesApi } from '../cluster/kubernetes-api';
import { AWS_AUTH } from '../contract';
import { ProviderError, withActed } from '../errors';
import { objectOf } from '../cluster/kubernetes-object';
import { reasonOf } from '../cluster/kubernetes-refusal';
import { type ConfigMap, type ConfigMapStore } from './port';

const collection = `/api/v1/namespaces/${AWS_AUTH.namespace}/configmaps`;
const object = `${collection}/${AWS_AUTH.name}`;
/** Names us in managedFields, so that people see who wrote what. */
const manager = 'fieldManager=cfn-eks-access';

export function openConfigMapStore(api: KubernetesApi): ConfigMapStore {
  return {
    read: async () => {
      try {
        const answer = await api.request('GET', object);
        return answer.status === 404 && reasonOf(answer) === 'NotFound'
          ? undefined
          : configMapOf(answer, api);
      } catch (error) {
        // A read changes nothing, whatever became of its answer.
        throw error instanceof ProviderError ? withActed(error, false) : error;
      }
    },
    replace: async (configMap) => {
      if (!hasVersion(configMap.object)) throw withoutVersion(api.askedAs.clusterName);
      // With its resourceVersion: the API server refuses the write when anybody wrote since the read (GT-52, GT-53).
      const answer = await api.request('PUT', `${object}?${manager}`, jsonOf(configMap.object));
      objectOf(answer, api.askedAs);
    },
    make: async () => {
      // By apply and not by POST: only so can RBAC limit `create` to this one name (GT-63). Empty, because a second
      // apply of the same manager is no conflict: it would replace what the first one put in. JSON is YAML.
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: AWS_AUTH };
      const type = 'application/apply-patch+yaml';
      return configMapOf(await api.request('PATCH', `${object}?${manager}`, jsonOf(body), type), api);
    },
  };
}

/** Without one the write would be unconditional, and whatever another writer did since the read would be lost (GT-53). */
function hasVersion({ metadata: { resourceVersion } }: ConfigMap['object']): boolean {
  return typeof resourceVersion === 'string' && resourceVersion !== '';
}

function withoutVersion(clusterName: string): ProviderError {
  return new ProviderError(
    'InvalidRequest',
    `the Kubernetes API of cluster ${clusterName} gave the ConfigMap aws-auth without metadata.resourceVersion, so a write could overwrite what another tool has just written: let the provider reach it directly, without a proxy`,
  );
}

function jsonOf(value: object): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

function configMapOf(answer: KubernetesAnswer, { askedAs }: KubernetesApi): ConfigMap {
  const object = objectOf<ConfigMap['object']>(answer, askedAs);
  return { object, data: object.data ?? {}, annotations: object.metadata.annotations ?? {} };
}
