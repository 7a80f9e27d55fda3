/** RBAC of the cluster as it is: bindings, and the roles that exist. Each list that cannot be read says why. */
import {
  RbacAuthorizationV1Api,
  type RbacV1Subject,
  type V1ClusterRoleBinding,
  type V1RoleBinding,
} from '@kubernetes/client-node';
import { type SeenBinding, type SeenKubernetesRole } from '../../access/explain/seen-cluster';
import { abortedBy, type Kubernetes } from './kubernetes';
import { kubernetesWhy } from './kubernetes-refusal';
import { type Session, within } from './session';

export interface ReadBindings {
  readonly bindings: readonly SeenBinding[];
  readonly roles: readonly SeenKubernetesRole[];
  /** Why bindings are missing, one clause; undefined where all were read. */
  readonly why: string | undefined;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly metadata?: { readonly _continue?: string };
}

const PAGE = 500;

export async function readBindings(
  kubernetes: () => Promise<Kubernetes>,
  session: Pick<Session, 'timeoutMs'>,
): Promise<ReadBindings> {
  let why: string | undefined;
  const listed = async <T>(
    resource: string,
    list: (api: RbacAuthorizationV1Api, page: Asked, options: Options) => Promise<Page<T>>,
  ): Promise<readonly T[]> => {
    try {
      return await within(session, async (signal) => {
        const api = (await kubernetes()).config.makeApiClient(RbacAuthorizationV1Api);
        const found: T[] = [];
        let _continue: string | undefined;
        do {
          const page = await list(
            api,
            { limit: PAGE, ...(_continue === undefined ? {} : { _continue }) },
            abortedBy(signal),
          );
          found.push(...page.items);
          _continue = page.metadata?._continue;
        } while (_continue);
        return found;
      });
    } catch (error) {
      // Without the roles nothing is concluded from one that is not there.
      if (resource.endsWith('bindings'))
        why ??= kubernetesWhy(error, `list on ${resource}.rbac.authorization.k8s.io`, undefined);
      return [];
    }
  };
  const [clusterBindings, roleBindings, clusterRoles, roles] = await Promise.all([
    listed('clusterrolebindings', (api, page, options) => api.listClusterRoleBinding(page, options)),
    listed('rolebindings', (api, page, options) => api.listRoleBindingForAllNamespaces(page, options)),
    listed('clusterroles', (api, page, options) => api.listClusterRole(page, options)),
    listed('roles', (api, page, options) => api.listRoleForAllNamespaces(page, options)),
  ]);
  return {
    bindings: [
      ...clusterBindings.map((each) => bindingOf('ClusterRoleBinding', each)),
      ...roleBindings.map((each) => bindingOf('RoleBinding', each)),
    ],
    roles: [
      ...clusterRoles.map(({ metadata }) => ({ kind: 'ClusterRole' as const, name: metadata?.name ?? '' })),
      ...roles.map(({ metadata }) => ({
        kind: 'Role' as const,
        name: metadata?.name ?? '',
        namespace: metadata?.namespace,
      })),
    ],
    why,
  };
}

type Asked = { readonly limit: number; readonly _continue?: string };
type Options = ReturnType<typeof abortedBy>;

function bindingOf(
  kind: SeenBinding['kind'],
  { metadata, roleRef, subjects = [] }: V1ClusterRoleBinding | V1RoleBinding,
): SeenBinding {
  return {
    kind,
    name: metadata?.name ?? '',
    namespace: kind === 'RoleBinding' ? metadata?.namespace : undefined,
    roleRef: { kind: roleRef.kind, name: roleRef.name },
    subjects: subjects.flatMap(subjectOf),
  };
}

function subjectOf({ kind, name, namespace }: RbacV1Subject): SeenBinding['subjects'] {
  return kind === 'User' || kind === 'Group' || kind === 'ServiceAccount' ? [{ kind, name, namespace }] : [];
}
