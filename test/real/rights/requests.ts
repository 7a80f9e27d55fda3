/** Single requests on objects of RBAC, as the role that is mapped to a group. */
import {
  bindingOf,
  clusterRoleOf,
  groupOf,
  MANAGED_BY,
  type RightsName,
} from '../../../access/rights/catalogue';
import { type RequestOptions, send } from '../rig/kubernetes-door';
import { type Rig } from '../rig/rig';
import { roleOf } from './granted';

export const API_GROUP = 'rbac.authorization.k8s.io';
export const RBAC = `/apis/${API_GROUP}/v1`;

export function collection(namespace: string): string {
  return `${RBAC}/namespaces/${namespace}/rolebindings`;
}

export interface Said {
  readonly status: number;
  /** Of a Status; else empty. */
  readonly message: string;
  readonly body: unknown;
}

export async function ask(
  rig: Rig,
  group: string,
  method: string,
  path: string,
  options?: RequestOptions,
): Promise<Said> {
  const { endpoint, authority } = rig.door;
  const token = await rig.token(roleOf(group));
  const door = { endpoint, token, ...(authority === undefined ? {} : { authority }) };
  const { status, body } = await send(door, method, path, options);
  const { message = '' } = body as { readonly message?: string };
  return { status, message, body };
}

/** As the function makes it. */
export function roleBinding(name: RightsName, namespace: string, role = clusterRoleOf(name)) {
  return {
    apiVersion: `${API_GROUP}/v1`,
    kind: 'RoleBinding',
    metadata: { name: bindingOf(name), namespace, labels: { [MANAGED_BY.key]: MANAGED_BY.value } },
    roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: API_GROUP, kind: 'Group', name: groupOf(name, namespace) }],
  };
}
