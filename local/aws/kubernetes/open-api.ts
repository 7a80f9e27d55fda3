/** The little of OpenAPI that kubectl reads before it applies an object or explains it. Those of RBAC: `open-api-rbac.ts`. */
const fieldValidation = {
  name: 'fieldValidation',
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
};

/**
 * Enough of an operation for kubectl to see that the server validates fields itself, so that it does not look for more:
 * one that takes `fieldValidation`.
 */
export function patchOf(group: string, kind: string): object {
  return {
    patch: {
      operationId: `patch${kind}`,
      parameters: [fieldValidation],
      responses: { '200': { description: 'OK' } },
      'x-kubernetes-group-version-kind': { group, kind, version: 'v1' },
    },
  };
}

/** What `kubectl explain` prints of an object. */
export function schemaOf(group: string, kind: string, description: string, properties: object): object {
  return {
    description,
    type: 'object',
    properties: {
      apiVersion: {
        type: 'string',
        description: `The versioned schema of this object, ${group === '' ? '' : `${group}/`}v1.`,
      },
      kind: { type: 'string', description: `The REST resource that this object represents, ${kind}.` },
      metadata: { type: 'object', description: "Standard object's metadata." },
      ...properties,
    },
    'x-kubernetes-group-version-kind': [{ group, kind, version: 'v1' }],
  };
}

export const openApi = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.34.4' },
  paths: {
    '/api/v1/namespaces/{namespace}/configmaps/{name}': patchOf('', 'ConfigMap'),
    '/api/v1/namespaces/{name}': patchOf('', 'Namespace'),
  },
  components: {
    schemas: {
      'io.k8s.api.core.v1.ConfigMap': schemaOf(
        '',
        'ConfigMap',
        'ConfigMap holds configuration data for pods to consume.',
        {
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
      ),
      'io.k8s.api.core.v1.Namespace': schemaOf(
        '',
        'Namespace',
        'Namespace is a scope for names of objects.',
        {},
      ),
    },
  },
};
