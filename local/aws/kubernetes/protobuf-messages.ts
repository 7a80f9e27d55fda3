/**
 * The fields, by number, of what kubectl sends in Protobuf (`kubectl create`, `kubectl auth can-i`).
 * https://github.com/kubernetes/api (generated.proto of core, rbac and authorization, v1)
 */
export type Kind =
  'string' | 'strings' | 'bytes' | 'bool' | 'map' | 'bytesMap' | Message | readonly [Message];

/** A message in brackets may come any number of times, as a list. */
export interface Message {
  readonly [field: number]: readonly [name: string, kind: Kind];
}

const typeMeta: Message = { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] };
export const ENVELOPE: Message = { 1: ['typeMeta', typeMeta], 2: ['raw', 'bytes'] };

const objectMeta: Message = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  11: ['labels', 'map'],
  12: ['annotations', 'map'],
};
const policyRule: Message = {
  1: ['verbs', 'strings'],
  2: ['apiGroups', 'strings'],
  3: ['resources', 'strings'],
  4: ['resourceNames', 'strings'],
  5: ['nonResourceURLs', 'strings'],
};
const subject: Message = {
  1: ['kind', 'string'],
  2: ['apiGroup', 'string'],
  3: ['name', 'string'],
  4: ['namespace', 'string'],
};
const labelSelector: Message = {
  1: ['matchLabels', 'map'],
  2: ['matchExpressions', [{ 1: ['key', 'string'], 2: ['operator', 'string'], 3: ['values', 'strings'] }]],
};
const binding: Message = {
  1: ['metadata', objectMeta],
  2: ['subjects', [subject]],
  3: ['roleRef', { 1: ['apiGroup', 'string'], 2: ['kind', 'string'], 3: ['name', 'string'] }],
};
const role: Message = { 1: ['metadata', objectMeta], 2: ['rules', [policyRule]] };
const resourceAttributes: Message = {
  1: ['namespace', 'string'],
  2: ['verb', 'string'],
  3: ['group', 'string'],
  4: ['version', 'string'],
  5: ['resource', 'string'],
  6: ['subresource', 'string'],
  7: ['name', 'string'],
};
const accessReviewSpec: Message = {
  1: ['resourceAttributes', resourceAttributes],
  2: ['nonResourceAttributes', { 1: ['path', 'string'], 2: ['verb', 'string'] }],
};

export const MESSAGES: Readonly<Record<string, Message>> = {
  ConfigMap: {
    1: ['metadata', objectMeta],
    2: ['data', 'map'],
    3: ['binaryData', 'bytesMap'],
    4: ['immutable', 'bool'],
  },
  Namespace: { 1: ['metadata', objectMeta] },
  Role: role,
  ClusterRole: { ...role, 3: ['aggregationRule', { 1: ['clusterRoleSelectors', [labelSelector]] }] },
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  SelfSubjectReview: {},
  SelfSubjectAccessReview: { 2: ['spec', accessReviewSpec] },
  SelfSubjectRulesReview: { 2: ['spec', { 1: ['namespace', 'string'] }] },
};
