/** The verbs on ConfigMaps: from an authorised request to the store and back. */
import { type LocalRequest, type LocalResponse } from '../loopback-server';
import { type ConfigMap, type ConfigMapManifest } from './config-map';
import { type ConfigMapStore, type Place } from './config-map-store';
import { jsonPatch, mergePatch } from './patch';
import { patchTypeOf, placed, readBody, readObject } from './request-body';
import { badRequest, invalid, StatusError } from './status';
import { decodeManifest, isObject } from './validation';

export interface ConfigMapRequest {
  readonly request: LocalRequest;
  readonly verb: string;
  /** Undefined: of all namespaces. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly store: ConfigMapStore;
  /** Throws when the user may not do this other verb on the name as well. */
  readonly authorize: (verb: string) => void;
}

export function serveConfigMaps(asked: ConfigMapRequest): LocalResponse {
  const { request, verb, namespace, name } = asked;
  const store = request.query.get('dryRun') === 'All' ? asked.store.copy() : asked.store;
  if (verb === 'list') return json(200, list(store, namespace, request.query));
  if (verb === 'create') return json(201, create(store, namespace ?? '', request));
  const place: Place = { namespace: namespace ?? '', name };
  switch (verb) {
    case 'get':
      return json(200, store.get(place));
    case 'update':
      return json(200, store.replace(place, update(request, place), managerOf(request)));
    case 'patch':
      return patch({ ...asked, store }, place);
    case 'delete':
      return json(200, remove(store, place, request));
    default:
      throw new StatusError(
        405,
        'MethodNotAllowed',
        `${verb} is not supported on resources of kind "configmaps"`,
      );
  }
}

function create(store: ConfigMapStore, namespace: string, request: LocalRequest): ConfigMap {
  const object = readObject(request);
  const metadata = object['metadata'] as Record<string, unknown>;
  const generated =
    typeof metadata['generateName'] === 'string' ? `${metadata['generateName']}${store.resourceVersion}` : '';
  const name = typeof metadata['name'] === 'string' && metadata['name'] ? metadata['name'] : generated;
  if (!name) {
    const cause = {
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      field: 'metadata.name',
    };
    throw invalid('', [cause]);
  }
  return store.create({ namespace, name }, placed(object, { namespace, name }), managerOf(request));
}

function update(request: LocalRequest, place: Place): ConfigMapManifest {
  const object = readObject(request);
  const { name } = object['metadata'] as Record<string, unknown>;
  if (!name) throw badRequest('name must be provided');
  return placed(object, place);
}

function patch({ request, store, authorize }: ConfigMapRequest, place: Place): LocalResponse {
  const type = patchTypeOf(request);
  const body = readBody(request);
  if (type === 'application/apply-patch+yaml') return apply(request, body, store, place, authorize);
  if (request.query.has('force')) {
    const cause = {
      reason: 'FieldValueForbidden',
      message: 'Forbidden: may not be specified for non-apply patch',
      field: 'force',
    };
    throw new StatusError(
      422,
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      { causes: [cause] },
    );
  }
  const change = (current: ConfigMap): ConfigMapManifest => {
    const changed =
      type === 'application/json-patch+json'
        ? jsonPatch(current, body)
        : mergePatch(current, requireMap(body));
    return placed(decodeManifest(changed), place);
  };
  return json(200, store.patch(place, change, managerOf(request)));
}

/** GT-59. An apply that has to create needs the right to create this name as well (GT-63). */
function apply(
  request: LocalRequest,
  body: unknown,
  store: ConfigMapStore,
  place: Place,
  authorize: (verb: string) => void,
): LocalResponse {
  const manager = request.query.get('fieldManager');
  if (!manager) {
    const why = 'fieldManager: Required value: is required for apply patch';
    const cause = {
      reason: 'FieldValueRequired',
      message: 'Required value: is required for apply patch',
      field: 'fieldManager',
    };
    throw new StatusError(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: ${why}`, {
      kind: 'PatchOptions',
      causes: [cause],
    });
  }
  const manifest = placed(decodeManifest(requireMap(body)), place);
  if (manifest.kind === undefined || manifest.apiVersion === undefined)
    throw badRequest("couldn't get version/kind: kind and apiVersion must be set");
  if (!store.find(place)) authorize('create');
  const { object, created } = store.apply(place, manifest, manager, request.query.get('force') === 'true');
  return json(created ? 201 : 200, object);
}

function remove(store: ConfigMapStore, place: Place, request: LocalRequest): Record<string, unknown> {
  const options = request.body.length > 0 ? readBody(request) : {};
  const preconditions =
    isObject(options) && isObject(options['preconditions']) ? options['preconditions'] : {};
  const { metadata } = store.delete(place, preconditions as { uid?: string; resourceVersion?: string });
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: place.name, kind: 'configmaps', uid: metadata.uid },
  };
}

function list(
  store: ConfigMapStore,
  namespace: string | undefined,
  query: URLSearchParams,
): Record<string, unknown> {
  if (query.get('watch') === 'true' || query.get('watch') === '1') {
    throw new StatusError(
      405,
      'MethodNotAllowed',
      'watch is not supported on resources of kind "configmaps"',
    );
  }
  const name = /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1];
  const labels = (query.get('labelSelector') ?? '').split(',').filter((term) => term.includes('='));
  const items = store
    .list(namespace)
    .filter(({ metadata }) => name === undefined || metadata.name === name)
    .filter(({ metadata }) =>
      labels.every((term) => {
        const [key = '', value = ''] = term.split(/==?/);
        return metadata.labels?.[key] === value;
      }),
    )
    .map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item);
  return {
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: { resourceVersion: store.resourceVersion },
    items,
  };
}

function requireMap(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body;
  throw badRequest(
    'error decoding patch: json: cannot unmarshal the body into Go value of type map[string]interface {}',
  );
}

/** Who writes: as told, or the first part of the user agent. */
function managerOf(request: LocalRequest): string {
  return (
    request.query.get('fieldManager') ?? ((request.headers['user-agent'] ?? '').split('/')[0] || 'unknown')
  );
}

export function json(status: number, body: unknown): LocalResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
