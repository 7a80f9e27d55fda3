/** Reading request bodies as the API server does: limits, media types, decoding, and names that must agree. */
import { load } from 'js-yaml';
import { type LocalRequest } from '../server/loopback-server';
import { type ConfigMapManifest } from './config-map';
import { type Place } from './object-metadata';
import { PROTOBUF, readProtobuf } from './protobuf';
import { badRequest, StatusError } from './status';
import { decodeManifest, isObject } from './decode-manifest';

/** GT-61. */
const maxBodyBytes = 3 * 1024 * 1024;

export const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const;
export type PatchType = (typeof PATCH_TYPES)[number];

const objectTypes = ['application/json', 'application/yaml', PROTOBUF];

export function mediaTypeOf(request: LocalRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** GT-58. */
export function patchTypeOf(request: LocalRequest): PatchType {
  const type = PATCH_TYPES.find((known) => known === mediaTypeOf(request));
  if (!type) throw unsupported(PATCH_TYPES);
  return type;
}

/** The body as a value; JSON is read as JSON, everything else as YAML. */
export function readBody(request: LocalRequest): unknown {
  if (request.body.length > maxBodyBytes) {
    throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBodyBytes}`);
  }
  if (mediaTypeOf(request) === PROTOBUF) return readProtobuf(request.body);
  const text = request.body.toString('utf8');
  try {
    return mediaTypeOf(request).endsWith('yaml') ? load(text) : (JSON.parse(text || 'null') as unknown);
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The body of a POST or PUT of anything. */
export function readJsonOrYaml(request: LocalRequest): unknown {
  const type = mediaTypeOf(request);
  if (type !== '' && !objectTypes.includes(type)) throw unsupported(objectTypes);
  return readBody(request);
}

/** The body of a POST or PUT of a ConfigMap. */
export function readObject(request: LocalRequest): Record<string, unknown> {
  return decodeManifest(readJsonOrYaml(request));
}

/** Holds the names in the object against those of the URL. */
export function placed(object: Record<string, unknown>, place: Place): ConfigMapManifest {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const { name, namespace } = metadata;
  if (name !== undefined && name !== place.name) {
    throw badRequest(
      `the name of the object (${JSON.stringify(name).replace(/^"(.*)"$/, '$1')}) does not match the name on the URL (${place.name})`,
    );
  }
  if (namespace !== undefined && namespace !== '' && namespace !== place.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return object;
}

function unsupported(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}

/** Who writes: as told, or the first part of the user agent. */
export function managerOf(request: LocalRequest): string {
  return (
    request.query.get('fieldManager') ?? ((request.headers['user-agent'] ?? '').split('/')[0] || 'unknown')
  );
}
