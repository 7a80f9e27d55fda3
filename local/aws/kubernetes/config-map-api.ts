/** The verbs on ConfigMaps: from an authorised request to the store and back. */
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';
import { json } from './answer';
import { type ConfigMap, type ConfigMapManifest } from './config-map';
import { patch, type ConfigMapRequest } from './config-map-patch';
import { type ConfigMapStore } from './config-map-store';
import { type Place } from './object-metadata';
import { managerOf, placed, readBody, readObject } from './request-body';
import { badRequest, invalid, StatusError } from './status';
import { selectorOf } from './selectors';
import { watch } from './watch';
import { isObject } from './decode-manifest';

export function serveConfigMaps(asked: ConfigMapRequest): LocalResponse {
  const response = serve(asked);
  return wantsMetadata(asked.request) ? metadataOf(response) : response;
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources */
function wantsMetadata({ headers }: LocalRequest): boolean {
  return /^application\/json;(?=.*\bas=PartialObjectMetadata\b)/.test(headers['accept'] ?? '');
}

/** Of a ConfigMap; anything else stays as it is. */
function metadataOf(response: LocalResponse): LocalResponse {
  if (response.stream) return response;
  const { kind, metadata } = JSON.parse(String(response.body)) as { kind?: string; metadata?: unknown };
  if (kind !== 'ConfigMap') return response;
  return json(response.status, { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });
}

function serve(asked: ConfigMapRequest): LocalResponse {
  const { request, verb, namespace, name } = asked;
  const store = request.query.get('dryRun') === 'All' ? asked.store.copy() : asked.store;
  const { query } = request;
  if (verb === 'list') return json(200, list(store, namespace, query));
  if (verb === 'watch') {
    const [matches, items] = [selected(namespace, query), store.list(namespace)];
    return watch({ changes: store.changes, items, matches, query, latest: store.resourceVersion });
  }
  if (verb === 'create' && name === '') return json(201, create(store, namespace ?? '', request));
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

function remove(store: ConfigMapStore, place: Place, request: LocalRequest): Record<string, unknown> {
  const options = request.body.length > 0 ? readBody(request) : {};
  const preconditions =
    isObject(options) && isObject(options['preconditions']) ? options['preconditions'] : {};
  const { metadata } = store.delete(place, preconditions);
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
  const matches = selected(namespace, query);
  const items = store
    .list(namespace)
    .filter(matches)
    .map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item);
  return {
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: { resourceVersion: store.resourceVersion },
    items,
  };
}

/** By namespace, name and labels. */
function selected(namespace: string | undefined, query: URLSearchParams): (object: ConfigMap) => boolean {
  const matches = selectorOf(query);
  return ({ metadata }) => (namespace === undefined || metadata.namespace === namespace) && matches(metadata);
}
