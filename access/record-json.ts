/** An ownership record as fields of JSON, its owner aside, and back. Pure. */
import { invalidRequest, type ProviderError } from './errors';
import { type Owner } from './owner';
import {
  type MoreFields,
  type OwnershipRecord,
  type PreviousEntry,
  RECORD_VERSION,
} from './ownership-record';

type Fields<Value> = Omit<OwnershipRecord<Value>, 'owner'>;

/** For JSON.stringify, which leaves out what is undefined. */
export function fieldsOf<Value>({ at, more, found, renamedFrom }: Fields<Value>): MoreFields {
  return { ...more, at, found: previousFields(found), renamedFrom: previousFields(renamedFrom) };
}

function previousFields<Value>(previous: PreviousEntry<Value> | undefined): MoreFields | undefined {
  return previous && { ...previous.more, value: previous.value, owner: previous.owner, at: previous.at };
}

/** Undefined when the fields are not those of a record; `isValue` tells what an entry is kept as. */
export function readFields<Value>(
  { at, found, renamedFrom, ...more }: MoreFields,
  isValue: (value: unknown) => value is Value,
): Fields<Value> | undefined {
  if (!isDate(at)) return undefined;
  if (found !== undefined && !isPrevious(found, isValue)) return undefined;
  if (renamedFrom !== undefined && !(isPrevious(renamedFrom, isValue) && hasOwner(renamedFrom)))
    return undefined;
  return {
    at,
    more: someOf(more),
    found: found && toPrevious(found),
    renamedFrom: renamedFrom && { ...toPrevious(renamedFrom), owner: renamedFrom.owner },
  };
}

type PreviousFields<Value> = Pick<PreviousEntry<Value>, 'value' | 'owner' | 'at'>;

function toPrevious<Value>({ value, owner, at, ...more }: PreviousFields<Value>): PreviousEntry<Value> {
  return { value, owner, at, more: someOf(more) };
}

function someOf(fields: MoreFields): MoreFields | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}

export function isObject(value: unknown): value is MoreFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrevious<Value>(
  field: unknown,
  isValue: (value: unknown) => value is Value,
): field is PreviousFields<Value> {
  return (
    isObject(field) &&
    isValue(field['value']) &&
    isDate(field['at']) &&
    (field['owner'] === undefined || isOwner(field['owner']))
  );
}

function hasOwner<Value>(
  field: PreviousFields<Value>,
): field is PreviousFields<Value> & { readonly owner: Owner } {
  return field.owner !== undefined;
}

/** In milliseconds; or none. */
function isDate(value: unknown): value is number | undefined {
  return value === undefined || typeof value === 'number';
}

function isOwner(value: unknown): value is Owner {
  return isObject(value) && typeof value['stackId'] === 'string' && typeof value['logicalId'] === 'string';
}

/** `where` names the annotation or the tag. */
export function newerRecord(where: string, version: number): ProviderError {
  return invalidRequest(
    `${where} has version ${version}, written by a newer provider, and this one knows version ${RECORD_VERSION} and would lose what it does not know: update the provider of this stack to the release of the other one`,
  );
}
