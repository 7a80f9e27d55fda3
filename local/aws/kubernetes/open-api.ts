/** The little of OpenAPI that kubectl reads before it applies an object or explains it. */
import { RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';

const fieldValidation = {
  name: 'fieldValidation',
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
};
/**
 * Enough of the schema for kubectl to see that the server validates fields itself, so that it does not look for
 * more: an operation on ConfigMaps that takes `fieldValidation`.
 */
export const openApi = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.34.4' },
  paths: {
    '/api/v1/namespaces/{namespace}/configmaps/{name}': {
      patch: {
        operationId: 'patchCoreV1NamespacedConfigMap',
        parameters: [fieldValidation],
        responses: { '200': { description: 'OK' } },
        'x-kubernetes-group-version-kind': { group: '', kind: 'ConfigMap', version: 'v1' },
      },
    },
  },
  // What kubectl explain prints.
  components: {
    schemas: {
      'io.k8s.api.core.v1.ConfigMap': {
        description: 'ConfigMap holds configuration data for pods to consume.',
        type: 'object',
        properties: {
          apiVersion: { type: 'string', description: 'The versioned schema of this object, v1.' },
          kind: { type: 'string', description: 'The REST resource that this object represents, ConfigMap.' },
          metadata: { type: 'object', description: "Standard object's metadata." },
          data: {
            type: 'object',
            description: 'The configuration data, text by key.',
            additionalProperties: { type: 'string' },
          },
          binaryData: {
            type: 'object',
            description: 'The binary data, base64 by key.',
            additionalProperties: { type: 'string', format: 'byte' },
          },
          immutable: { type: 'boolean', description: 'True: the data can no longer be changed.' },
        },
        'x-kubernetes-group-version-kind': [{ group: '', kind: 'ConfigMap', version: 'v1' }],
      },
    },
  },
};

/** The same of the objects of role-based access control. */
export const rbacOpenApi = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.34.4' },
  paths: Object.fromEntries(
    Object.entries(RBAC_KINDS).map(([name, kind]) => [
      `/apis/${RBAC_GROUP}/v1/${kind.startsWith('Cluster') ? '' : 'namespaces/{namespace}/'}${name}/{name}`,
      {
        patch: {
          operationId: `patch${kind}`,
          parameters: [fieldValidation],
          responses: { '200': { description: 'OK' } },
          'x-kubernetes-group-version-kind': { group: RBAC_GROUP, kind, version: 'v1' },
        },
      },
    ]),
  ),
};
