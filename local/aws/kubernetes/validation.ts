/** What the API server checks of a ConfigMap before it is stored. Pure. */
import { type ConfigMap } from './config-map';
import { invalid, type StatusCause } from './status';

/** GT-61: bytes of all values together. */
const maxValueBytes = 1_048_576;
/** Bytes of all annotations, keys and values together. */
const maxAnnotationBytes = 262_144;

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
