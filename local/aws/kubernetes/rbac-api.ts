/** The verbs on Roles, ClusterRoles and their bindings: what `kubectl apply`, `get` and `delete` ask. */
import { randomUUID } from 'node:crypto';
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';
import { json } from './answer';
import { isObject } from './decode-manifest';
import { mergePatch } from './patch';
import { type RbacManifest } from './rbac';
import { mediaTypeOf, readBody, readJsonOrYaml } from './request-body';
import { badRequest, StatusError } from './status';
import { type Target } from './target';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${RBAC_GROUP}/v1`;

export const RBAC_KINDS: Readonly<Record<string, string>> = {
  clusterrolebindings: 'ClusterRoleBinding',
  clusterroles: 'ClusterRole',
  rolebindings: 'RoleBinding',
  roles: 'Role',
};

/** By kind, namespace and name. */
export type RbacObjects = Map<string, RbacManifest>;

export function rbacKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

type Asked = Target & { readonly request: LocalRequest; readonly objects: RbacObjects };

export function serveRbac(asked: Asked): LocalResponse {
  const { request, resource, namespace, name, verb, objects } = asked;
  const kind = RBAC_KINDS[resource] ?? '';
  const isDryRun = request.query.get('dryRun') === 'All';
  const key = rbacKey(kind, namespace, name);
  const current = objects.get(key);
  const keep = (status: number, manifest: RbacManifest): LocalResponse => {
    const made = complete(manifest, kind, namespace);
    if (!isDryRun) objects.set(rbacKey(kind, namespace, made.metadata.name), made);
    return json(status, made);
  };
  const about = { name, group: RBAC_GROUP, kind: resource };
  const existing = (): RbacManifest => {
    if (current) return current;
    throw new StatusError(404, 'NotFound', `${resource}.${RBAC_GROUP} "${name}" not found`, about);
  };
  switch (verb) {
    case 'list':
      return json(200, listOf(kind, [...objects.values()], namespace));
    case 'get':
      return json(200, complete(existing(), kind, namespace));
    case 'create': {
      const manifest = manifestOf(readJsonOrYaml(request), kind);
      if (objects.has(rbacKey(kind, namespace, manifest.metadata.name)))
        throw new StatusError(
          409,
          'AlreadyExists',
          `${resource}.${RBAC_GROUP} "${manifest.metadata.name}" already exists`,
          {
            ...about,
            name: manifest.metadata.name,
          },
        );
      return keep(201, manifest);
    }
    case 'update':
      existing();
      return keep(200, manifestOf(readJsonOrYaml(request), kind));
    case 'patch': {
      const body = readBody(request);
      if (mediaTypeOf(request) === 'application/apply-patch+yaml')
        return keep(current ? 200 : 201, manifestOf(body, kind));
      if (!isObject(body)) throw badRequest('a patch of this type is a mapping');
      return keep(200, manifestOf(mergePatch(existing(), body), kind));
    }
    case 'delete':
      existing();
      if (!isDryRun) objects.delete(key);
      return json(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: about });
    default:
      throw new StatusError(
        405,
        'MethodNotAllowed',
        `${verb} is not supported on resources of kind "${resource}"`,
      );
  }
}

function manifestOf(value: unknown, kind: string): RbacManifest {
  const metadata = isObject(value) ? value['metadata'] : undefined;
  if (
    !isObject(value) ||
    value['kind'] !== kind ||
    !isObject(metadata) ||
    typeof metadata['name'] !== 'string'
  )
    throw badRequest(`the body must be a ${kind} with a name`);
  return value as unknown as RbacManifest;
}

function complete(manifest: RbacManifest, kind: string, namespace: string | undefined): RbacManifest {
  const metadata = {
    uid: randomUUID(),
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...(namespace === undefined ? {} : { namespace }),
    ...manifest.metadata,
  };
  return { apiVersion: API_VERSION, ...manifest, kind, metadata } as RbacManifest;
}

function listOf(kind: string, all: readonly RbacManifest[], namespace: string | undefined): object {
  const items = all
    .filter(
      (item) => item.kind === kind && (namespace === undefined || item.metadata.namespace === namespace),
    )
    .map((item) => complete(item, kind, item.metadata.namespace));
  return { kind: `${kind}List`, apiVersion: API_VERSION, metadata: { resourceVersion: '1' }, items };
}
