/** What the API server accepts as a ConfigMap. Pure. */
import { type ConfigMap } from './config-map';
import { badRequest, invalid, type StatusCause } from './status';

/** GT-61: bytes of all values together. */
const maxValueBytes = 1_048_576;
/** Bytes of all annotations, keys and values together. */
const maxAnnotationBytes = 262_144;

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

/** Throws 422 Invalid with every cause. `before` is the object that would be replaced. */
export function validate(after: ConfigMap, before?: ConfigMap): void {
  const causes = [
    ...metadataCauses(after),
    ...contentCauses(after),
    ...(before ? immutableCauses(after, before) : []),
  ];
  if (causes.length > 0) throw invalid(after.metadata.name, causes);
}

function metadataCauses({ metadata }: ConfigMap): StatusCause[] {
  const causes: StatusCause[] = [];
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(metadata.name)) {
    causes.push(
      invalidValue(
        'metadata.name',
        metadata.name,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      ),
    );
  }
  for (const key of [...Object.keys(metadata.annotations ?? {}), ...Object.keys(metadata.labels ?? {})]) {
    if (
      !/^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/i.test(key)
    ) {
      causes.push(
        invalidValue(
          'metadata.annotations',
          key,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        ),
      );
    }
  }
  if (bytesOf(metadata.annotations, true) > maxAnnotationBytes)
    causes.push(tooLong('metadata.annotations', maxAnnotationBytes));
  return causes;
}

function contentCauses({ data, binaryData }: ConfigMap): StatusCause[] {
  const causes: StatusCause[] = [];
  for (const [field, map] of [
    ['data', data],
    ['binaryData', binaryData],
  ] as const) {
    for (const key of Object.keys(map ?? {})) {
      if (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..')) continue;
      causes.push(
        invalidValue(
          `${field}[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ),
      );
    }
  }
  const binaryBytes = Object.values(binaryData ?? {}).reduce(
    (sum, value) => sum + Buffer.from(value, 'base64').length,
    0,
  );
  if (bytesOf(data, false) + binaryBytes > maxValueBytes) causes.push(tooLong('[]', maxValueBytes));
  return causes;
}

function immutableCauses(after: ConfigMap, before: ConfigMap): StatusCause[] {
  if (before.immutable !== true) return [];
  const frozen = (field: string): StatusCause => ({
    reason: 'FieldValueForbidden',
    message: 'Forbidden: field is immutable when `immutable` is set',
    field,
  });
  return [
    ...(after.immutable === true ? [] : [frozen('immutable')]),
    ...(JSON.stringify(after.data) === JSON.stringify(before.data) ? [] : [frozen('data')]),
    ...(JSON.stringify(after.binaryData) === JSON.stringify(before.binaryData) ? [] : [frozen('binaryData')]),
  ];
}

function tooLong(field: string, limit: number): StatusCause {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${limit} bytes`, field };
}

function invalidValue(field: string, value: string, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

function bytesOf(map: Readonly<Record<string, string>> | undefined, withKeys: boolean): number {
  return Object.entries(map ?? {}).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(withKeys ? key + value : value),
    0,
  );
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
