/** What the API server says about the asker: who it is, what it may do, and all that it may do. Pure. */
import { type PolicyRule, type RequestAttributes } from './rbac';
import { isObject } from './decode-manifest';

/** `kubectl auth whoami`. */
export function whoAmI(user: {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}): Record<string, unknown> {
  const { username, uid, groups, extra } = user;
  return {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: null },
    status: { userInfo: { username, uid, groups, extra } },
  };
}

/** `kubectl auth can-i`. */
export function canI(
  body: unknown,
  isAllowed: (asked: Omit<RequestAttributes, 'username' | 'groups'>) => boolean,
): Record<string, unknown> {
  const spec = isObject(body) && isObject(body['spec']) ? body['spec'] : {};
  const asked = isObject(spec['resourceAttributes']) ? spec['resourceAttributes'] : {};
  const text = (key: string): string => (typeof asked[key] === 'string' ? asked[key] : '');
  const allowed = isAllowed({
    verb: text('verb'),
    apiGroup: text('group'),
    resource: text('subresource') === '' ? text('resource') : `${text('resource')}/${text('subresource')}`,
    namespace: text('namespace'),
    name: text('name'),
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: { allowed },
  };
}

/** What `system:masters` may do, without any binding. */
const everything: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };

/** `kubectl auth can-i --list`. What access policies of EKS allow is not in it: it comes from RBAC alone. */
export function rulesReview(
  body: unknown,
  groups: readonly string[],
  rulesIn: (namespace: string) => readonly PolicyRule[],
): Record<string, unknown> {
  const spec = isObject(body) && isObject(body['spec']) ? body['spec'] : {};
  const namespace = typeof spec['namespace'] === 'string' ? spec['namespace'] : 'default';
  const resourceRules = groups.includes('system:masters') ? [everything] : rulesIn(namespace);
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: {},
    status: { resourceRules, nonResourceRules: [], incomplete: false },
  };
}
