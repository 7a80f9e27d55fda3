/** What clients ask an API server before they ask for anything: versions, groups and resources. */
import { openApi } from './open-api';
import { rbacOpenApi } from './open-api-rbac';
import { RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';

const configMapVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** Documents by path; every caller may read them (ClusterRole system:discovery). */
export const discovery: Readonly<Record<string, unknown>> = {
  '/version': { major: '1', minor: '34', gitVersion: 'v1.34.4-eks-local', platform: 'linux/amd64' },
  '/api': { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: ['authentication.k8s.io', 'authorization.k8s.io', RBAC_GROUP].map((name) => {
      const version = { groupVersion: `${name}/v1`, version: 'v1' };
      return { name, versions: [version], preferredVersion: version };
    }),
  },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      {
        name: 'configmaps',
        singularName: 'configmap',
        namespaced: true,
        kind: 'ConfigMap',
        verbs: configMapVerbs,
        shortNames: ['cm'],
      },
      {
        name: 'namespaces',
        singularName: 'namespace',
        namespaced: false,
        kind: 'Namespace',
        verbs: ['create', 'get', 'list', 'patch', 'update'],
        shortNames: ['ns'],
      },
      // kubectl describe lists them, and there are none.
      { name: 'events', singularName: 'event', namespaced: true, kind: 'Event', verbs: ['list'] },
    ],
  },
  '/openapi/v3': {
    paths: {
      'api/v1': { serverRelativeURL: '/openapi/v3/api/v1' },
      [`apis/${RBAC_GROUP}/v1`]: { serverRelativeURL: `/openapi/v3/apis/${RBAC_GROUP}/v1` },
    },
  },
  [`/openapi/v3/apis/${RBAC_GROUP}/v1`]: rbacOpenApi,
  [`/apis/${RBAC_GROUP}/v1`]: {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: `${RBAC_GROUP}/v1`,
    resources: Object.entries(RBAC_KINDS).map(([name, kind]) => ({
      name,
      singularName: kind.toLowerCase(),
      namespaced: !kind.startsWith('Cluster'),
      kind,
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'update'],
    })),
  },
  '/openapi/v3/api/v1': openApi,
  '/apis/authentication.k8s.io/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'authentication.k8s.io/v1',
    resources: [
      {
        name: 'selfsubjectreviews',
        singularName: 'selfsubjectreview',
        namespaced: false,
        kind: 'SelfSubjectReview',
        verbs: ['create'],
      },
    ],
  },
  '/apis/authorization.k8s.io/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'authorization.k8s.io/v1',
    resources: [
      {
        name: 'selfsubjectaccessreviews',
        singularName: 'selfsubjectaccessreview',
        namespaced: false,
        kind: 'SelfSubjectAccessReview',
        verbs: ['create'],
      },
      {
        name: 'selfsubjectrulesreviews',
        singularName: 'selfsubjectrulesreview',
        namespaced: false,
        kind: 'SelfSubjectRulesReview',
        verbs: ['create'],
      },
    ],
  },
};
