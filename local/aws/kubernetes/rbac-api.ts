/** The verbs on Roles, ClusterRoles and their bindings: what `kubectl apply`, `get` and `delete` ask, and a server-side apply. */
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';
import { json } from './answer';
import { isObject } from './decode-manifest';
import { type Namespaces } from './namespaces';
import { jsonPatch, mergePatch } from './patch';
import { type RbacManifest } from './rbac';
import { checkEscalation, type Giver } from './rbac-escalation';
import { RBAC_API_VERSION, RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';
import { rbacAlreadyExists, rbacNotFound } from './rbac-status';
import { type RbacStore } from './rbac-store';
import { managerOf, mediaTypeOf, readBody, readJsonOrYaml } from './request-body';
import { selectorOf } from './selectors';
import { badRequest, StatusError } from './status';
import { type Target } from './target';

type Asked = Target & {
  readonly request: LocalRequest;
  readonly store: RbacStore;
  readonly namespaces: Namespaces;
  readonly giver: Giver;
  /** Throws 403; a server-side apply that makes the object asks for `create` as well. */
  readonly authorize: (verb: string) => void;
};

export function serveRbac(asked: Asked): LocalResponse {
  const { request, resource, namespace, name, verb } = asked;
  const store = request.query.get('dryRun') === 'All' ? asked.store.copy() : asked.store;
  const kind = RBAC_KINDS[resource] ?? '';
  const place = { resource, namespace, name };
  const current = verb === 'list' ? undefined : store.find(place);
  const existing = (): RbacManifest => {
    if (current) return current;
    throw rbacNotFound(place);
  };
  const admit = (manifest: RbacManifest, creates: boolean): void => {
    checkEscalation({ resource, namespace, manifest }, asked.giver, store.all());
    if (namespace !== undefined)
      asked.namespaces.admit(namespace, {
        group: RBAC_GROUP,
        resource,
        name: manifest.metadata.name,
        creates,
      });
  };
  const put = (status: number, manifest: RbacManifest): LocalResponse => {
    admit(manifest, status === 201);
    const at = { ...place, name: manifest.metadata.name };
    return json(status, store.put(at, manifest, managerOf(request)));
  };
  switch (verb) {
    case 'list':
      return json(200, listOf(kind, store.all(), namespace, request));
    case 'get':
      return json(200, existing());
    case 'create': {
      const manifest = manifestOf(readJsonOrYaml(request), kind);
      const at = { ...place, name: manifest.metadata.name };
      if (store.find(at)) throw rbacAlreadyExists(at);
      return put(201, manifest);
    }
    case 'update':
      existing();
      return put(200, manifestOf(readJsonOrYaml(request), kind));
    case 'patch': {
      const body = readBody(request);
      if (mediaTypeOf(request) === 'application/apply-patch+yaml') {
        if (!current) asked.authorize('create');
        const manifest = manifestOf(body, kind);
        admit(manifest, !current);
        const isForced = request.query.get('force') === 'true';
        return json(current ? 200 : 201, store.apply(place, manifest, managerOf(request), isForced));
      }
      if (mediaTypeOf(request) === 'application/json-patch+json')
        return put(200, manifestOf(jsonPatch(existing(), body), kind));
      if (!isObject(body)) throw badRequest('a patch of this type is a mapping');
      return put(200, manifestOf(mergePatch(existing(), body), kind));
    }
    case 'delete':
      existing();
      store.delete(place);
      return json(200, {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name, group: RBAC_GROUP, kind: resource },
      });
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
    (value['kind'] !== undefined && value['kind'] !== kind) ||
    !isObject(metadata) ||
    typeof metadata['name'] !== 'string'
  )
    throw badRequest(`the body must be a ${kind} with a name`);
  return { ...value, kind } as unknown as RbacManifest;
}

function listOf(
  kind: string,
  all: readonly RbacManifest[],
  namespace: string | undefined,
  { query }: LocalRequest,
): object {
  const matches = selectorOf(query);
  const items = all.filter(
    (item) =>
      item.kind === kind &&
      (namespace === undefined || item.metadata.namespace === namespace) &&
      matches(item.metadata),
  );
  return { kind: `${kind}List`, apiVersion: RBAC_API_VERSION, metadata: { resourceVersion: '1' }, items };
}
