/** From a request body to the parts of a ConfigMap, with the refusals of Go's decoder. Pure. */
import { badRequest } from './status';

/** Turns a decoded body into the parts of a ConfigMap; what Go's decoder refuses is a 400. */
export function decodeManifest(body: unknown): Record<string, unknown> {
  if (!isObject(body))
    throw cannotHandle('json: cannot unmarshal the body into Go value of type v1.ConfigMap');
  if (body['kind'] !== undefined && body['kind'] !== 'ConfigMap') {
    throw badRequest(
      `${text(body['kind'])} in version "${text(body['apiVersion'])}" cannot be handled as a ConfigMap: no kind "${text(body['kind'])}" is registered for this resource`,
    );
  }
  if (body['apiVersion'] !== undefined && body['apiVersion'] !== 'v1') {
    throw badRequest(
      `the API version in the data (${text(body['apiVersion'])}) does not match the expected API version (v1)`,
    );
  }
  const metadata = body['metadata'] ?? {};
  if (!isObject(metadata))
    throw cannotHandle(
      `json: cannot unmarshal ${jsonType(metadata)} into Go struct field ObjectMeta.metadata`,
    );
  for (const field of ['annotations', 'labels'] as const)
    checkStrings(metadata[field], `ObjectMeta.metadata.${field}`);
  for (const field of ['data', 'binaryData'] as const) checkStrings(body[field], `ConfigMap.${field}`);
  const { immutable } = body;
  if (immutable !== undefined && immutable !== null && typeof immutable !== 'boolean') {
    throw cannotHandle(
      `json: cannot unmarshal ${jsonType(immutable)} into Go struct field ConfigMap.immutable of type bool`,
    );
  }
  return { ...body, metadata };
}

function checkStrings(value: unknown, field: string): void {
  if (value === undefined || value === null) return;
  if (!isObject(value))
    throw cannotHandle(
      `json: cannot unmarshal ${jsonType(value)} into Go struct field ${field} of type map[string]string`,
    );
  for (const item of Object.values(value)) {
    if (typeof item === 'string' || item === null) continue;
    throw cannotHandle(
      `json: cannot unmarshal ${jsonType(item)} into Go struct field ${field} of type string`,
    );
  }
}

function cannotHandle(why: string): ReturnType<typeof badRequest> {
  return badRequest(`ConfigMap in version "v1" cannot be handled as a ConfigMap: ${why}`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
