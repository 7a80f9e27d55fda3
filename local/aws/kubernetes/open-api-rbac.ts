/** What kubectl reads of OpenAPI before it applies or explains an object of role-based access control. */
import { patchOf, schemaOf } from './open-api';
import { RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';

const text = (description: string): object => ({ type: 'string', description });
const texts = (description: string): object => ({
  type: 'array',
  description,
  items: { type: 'string' },
});

const rules = {
  type: 'array',
  description: 'What the role allows; a request needs one rule that covers it.',
  items: {
    type: 'object',
    properties: {
      verbs: texts('What may be done: get, list, watch, create, update, patch, delete, or * for all.'),
      apiGroups: texts('API groups of the resources; the empty text is the core group.'),
      resources: texts('Resources as in URLs, such as configmaps or pods/log.'),
      resourceNames: texts('Names of the objects that are meant. None: all of them.'),
      nonResourceURLs: texts('Paths that are no resources, for ClusterRoles alone.'),
    },
  },
};
const aggregationRule = {
  type: 'object',
  description: 'Where it is given, the rules are those of the ClusterRoles that it selects.',
};
const roleRef = {
  type: 'object',
  description: 'The role that is bound. It cannot be changed.',
  properties: {
    apiGroup: text(`${RBAC_GROUP}.`),
    kind: text('Role or ClusterRole.'),
    name: text('Name of the role.'),
  },
};
const subjects = {
  type: 'array',
  description: 'Who gets what the role allows.',
  items: {
    type: 'object',
    properties: {
      apiGroup: text(`${RBAC_GROUP} for User and Group.`),
      kind: text('User, Group or ServiceAccount.'),
      name: text('A user name or group as a mapping gives it.'),
      namespace: text('Of a ServiceAccount.'),
    },
  },
};

const kinds: Readonly<Record<string, readonly [description: string, properties: object]>> = {
  ClusterRole: [
    'ClusterRole is a list of rules that bindings of any namespace may refer to.',
    { aggregationRule, rules },
  ],
  ClusterRoleBinding: ['ClusterRoleBinding gives a ClusterRole in all namespaces.', { roleRef, subjects }],
  Role: ['Role is a list of rules for one namespace.', { rules }],
  RoleBinding: ['RoleBinding gives a Role or ClusterRole in one namespace.', { roleRef, subjects }],
};

export const rbacOpenApi = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.34.4' },
  paths: Object.fromEntries(
    Object.entries(RBAC_KINDS).map(([name, kind]) => [
      `/apis/${RBAC_GROUP}/v1/${kind.startsWith('Cluster') ? '' : 'namespaces/{namespace}/'}${name}/{name}`,
      patchOf(RBAC_GROUP, kind),
    ]),
  ),
  components: {
    schemas: Object.fromEntries(
      Object.entries(kinds).map(([kind, [description, properties]]) => [
        `io.k8s.api.rbac.v1.${kind}`,
        schemaOf(RBAC_GROUP, kind, description, properties),
      ]),
    ),
  },
};
