/**
 * Reads and writes the ConfigMap kube-system/aws-auth: two verbs over node:https, and one more for a ConfigMap that is
 * missing. Decides nothing.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
import { type KubernetesAnswer, type KubernetesApi } from '../cluster/kubernetes-api';
import { AWS_AUTH } from '../contract';
import { type ConfigMap, type ConfigMapStore } from './reconcile';
import { reasonOf, refusal } from './refusal';

const collection = `/api/v1/namespaces/${AWS_AUTH.namespace}/configmaps`;
const object = `${collection}/${AWS_AUTH.name}`;
/** Names us in managedFields, so that people see who wrote what. */
const manager = 'fieldManager=cfn-eks-access';

export function openConfigMapStore(api: KubernetesApi): ConfigMapStore {
  return {
    read: async () => {
      const answer = await api.request('GET', object);
      return answer.status === 404 && reasonOf(answer) === 'NotFound' ? undefined : configMapOf(answer, api);
    },
    replace: async (configMap) => {
      // With its resourceVersion: the API server refuses the write when anybody wrote since the read (GT-52, GT-53).
      configMapOf(await api.request('PUT', `${object}?${manager}`, JSON.stringify(configMap.object)), api);
    },
    create: async (data, annotations) => {
      // By apply and not by POST: only so can RBAC limit `create` to this one name (GT-63). Without force, so that
      // whoever made it meanwhile is a conflict and never overwritten (GT-59). JSON is YAML.
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...AWS_AUTH, annotations }, data };
      const type = 'application/apply-patch+yaml';
      configMapOf(await api.request('PATCH', `${object}?${manager}`, JSON.stringify(body), type), api);
    },
  };
}

function configMapOf(answer: KubernetesAnswer, api: KubernetesApi): ConfigMap {
  if (answer.status >= 200 && answer.status < 300) {
    const object = JSON.parse(answer.body) as ConfigMap['object'];
    return { object, data: object.data ?? {}, annotations: object.metadata.annotations ?? {} };
  }
  throw refusal(answer, api.clusterName);
}
