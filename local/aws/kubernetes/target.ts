/** From the URL to the resource and the verb of authorisation. Pure. */
import { type LocalRequest } from '../server/loopback-server';
import { isTrue } from './watch-options';

export interface Target {
  /** Empty for the core group. */
  readonly apiGroup: string;
  readonly resource: string;
  /** Undefined: all namespaces, or the resource has none. */
  readonly namespace: string | undefined;
  /** Empty where the request names no object. */
  readonly name: string;
  readonly verb: string;
}

const verbs: Readonly<Record<string, readonly [named: string, collection: string]>> = {
  GET: ['get', 'list'],
  POST: ['create', 'create'],
  PUT: ['update', 'update'],
  PATCH: ['patch', 'patch'],
  DELETE: ['delete', 'deletecollection'],
};

/** Undefined: not one of the resources that this API serves. */
export function targetOf({ method, path, query }: LocalRequest): Target | undefined {
  const parts =
    /^\/api\/v1(?:\/namespaces\/([^/]+))?\/(configmaps)(?:\/([^/]+))?$/.exec(path) ??
    /^\/api\/v1()\/(namespaces)(?:\/([^/]+))?$/.exec(path) ??
    /^\/api\/v1(?:\/namespaces\/([^/]+))?\/(events)()$/.exec(path) ??
    /^\/apis\/rbac\.authorization\.k8s\.io\/v1(?:\/namespaces\/([^/]+))?\/(roles|rolebindings)(?:\/([^/]+))?$/.exec(
      path,
    ) ??
    /^\/apis\/rbac\.authorization\.k8s\.io\/v1()\/(clusterroles|clusterrolebindings)(?:\/([^/]+))?$/.exec(
      path,
    ) ??
    /^\/apis\/(?:authentication|authorization)\.k8s\.io\/v1()\/(selfsubjectreviews|selfsubjectaccessreviews|selfsubjectrulesreviews)()$/.exec(
      path,
    );
  if (!parts) return undefined;
  const [, namespace, resource = '', urlName] = parts.map(
    (part: string | undefined) => part && decodeURIComponent(part),
  );
  const [named, collection] = verbs[method] ?? ['', ''];
  return {
    apiGroup: /^\/apis\/([^/]+)/.exec(path)?.[1] ?? '',
    resource,
    namespace: namespace || undefined,
    name: (urlName || (method === 'GET' ? selectedName(query) : undefined)) ?? '',
    verb: urlName ? named : isTrue(query.get('watch')) ? 'watch' : collection,
  };
}

/** A list or watch of one name counts as a request for that name. */
export function selectedName(query: URLSearchParams): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1];
}
