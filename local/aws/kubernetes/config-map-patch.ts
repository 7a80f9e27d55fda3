/** PATCH of a ConfigMap: the merge patches, JSON patch and server-side apply (GT-56 to GT-59). */
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';
import { json } from './answer';
import { type ConfigMap, type ConfigMapManifest } from './config-map';
import { type ConfigMapStore } from './config-map-store';
import { type Place } from './object-metadata';
import { jsonPatch, mergePatch } from './patch';
import { managerOf, patchTypeOf, placed, readBody } from './request-body';
import { badRequest, StatusError } from './status';
import { decodeManifest, isObject } from './decode-manifest';

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

export function patch({ request, store, authorize }: ConfigMapRequest, place: Place): LocalResponse {
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

function requireMap(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body;
  throw badRequest(
    'error decoding patch: json: cannot unmarshal the body into Go value of type map[string]interface {}',
  );
}
