/** The verbs on namespaces: what `kubectl get`, `create` and `apply` ask. None is deleted by a request. */
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';
import { json } from './answer';
import { isObject } from './decode-manifest';
import { type Namespaces } from './namespaces';
import { mergePatch } from './patch';
import { readBody, readJsonOrYaml } from './request-body';
import { type Selectable, selectorOf } from './selectors';
import { badRequest, StatusError } from './status';
import { type Target } from './target';

export function serveNamespaces({
  request,
  name,
  verb,
  namespaces,
}: Target & { readonly request: LocalRequest; readonly namespaces: Namespaces }): LocalResponse {
  switch (verb) {
    case 'list': {
      const matches = selectorOf(request.query);
      const all = namespaces.names().map((one) => namespaces.show(one));
      return json(200, {
        kind: 'NamespaceList',
        apiVersion: 'v1',
        metadata: { resourceVersion: '1' },
        items: all.filter(({ metadata }) => matches(metadata as Selectable)),
      });
    }
    case 'get':
      return json(200, namespaces.show(name));
    case 'create': {
      const { name: made, ...rest } = metadataOf(readJsonOrYaml(request));
      if (typeof made !== 'string') throw badRequest('the body must be a Namespace with a name');
      if (namespaces.names().includes(made))
        throw new StatusError(409, 'AlreadyExists', `namespaces "${made}" already exists`, {
          name: made,
          kind: 'namespaces',
        });
      namespaces.set(made, 'Active');
      return json(201, namespaces.describe(made, rest));
    }
    case 'patch':
    case 'update': {
      const { labels, annotations } = metadataOf(
        mergePatch(namespaces.show(name), verb === 'patch' ? readBody(request) : readJsonOrYaml(request)),
      );
      return json(200, namespaces.describe(name, { labels, annotations }));
    }
    default:
      throw new StatusError(405, 'MethodNotAllowed', `${verb} of namespaces is not supported here`);
  }
}

function metadataOf(value: unknown): Record<string, unknown> {
  if (isObject(value) && (value['kind'] ?? 'Namespace') === 'Namespace' && isObject(value['metadata']))
    return value['metadata'];
  throw badRequest('the body must be a Namespace with a name');
}
