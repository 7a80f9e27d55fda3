/** JSON merge patch (RFC 7396) and JSON patch (RFC 6902). Pure. */
import { badRequest, unprocessablePatch } from './status';
import { isObject } from './decode-manifest';

/** RFC 7396; a strategic merge of a ConfigMap, which has no lists, comes to the same. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** A patch that cannot be applied, a failed `test` included, is a 422 (GT-57); one that is no patch a 400. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  const document = { root: structuredClone(target) };
  for (const step of patch as unknown[]) {
    if (!isObject(step) || typeof step['op'] !== 'string')
      throw badRequest('error decoding patch: missing operation');
    applyStep(document, step['op'], step);
  }
  return document.root;
}

function applyStep(document: { root: unknown }, op: string, step: Record<string, unknown>): void {
  const path = pointer(step['path']);
  switch (op) {
    case 'add':
      return write(document, path, step['value'], false);
    case 'replace':
      return write(document, path, step['value'], true);
    case 'remove':
      return void take(document, path);
    case 'test':
      if (JSON.stringify(read(document, path)) !== JSON.stringify(step['value'])) throw unprocessablePatch();
      return;
    case 'move':
      return write(document, path, take(document, pointer(step['from'])), false);
    case 'copy':
      return write(document, path, structuredClone(read(document, pointer(step['from']))), false);
    default:
      throw badRequest(`error decoding patch: unexpected kind: ${op}`);
  }
}

function pointer(value: unknown): readonly string[] {
  if (typeof value !== 'string' || (value !== '' && !value.startsWith('/'))) throw unprocessablePatch();
  return [
    'root',
    ...value
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
  ];
}

/** The object or list that holds the last part of the path. */
function parentOf(document: { root: unknown }, path: readonly string[]): Record<string, unknown> | unknown[] {
  const parent = path.slice(0, -1).reduce<unknown>((value, part) => {
    const next: unknown =
      isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[part] : undefined;
    if (!isObject(next) && !Array.isArray(next)) throw unprocessablePatch();
    return next;
  }, document);
  return parent as Record<string, unknown> | unknown[];
}

function read(document: { root: unknown }, path: readonly string[]): unknown {
  return (parentOf(document, path) as Record<string, unknown>)[path.at(-1) ?? ''];
}

function write(
  document: { root: unknown },
  path: readonly string[],
  value: unknown,
  mustExist: boolean,
): void {
  const parent = parentOf(document, path);
  const key = path.at(-1) ?? '';
  if (mustExist && !Object.hasOwn(parent, key)) throw unprocessablePatch();
  if (Array.isArray(parent) && !mustExist) {
    const index = key === '-' ? parent.length : Number(key);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) throw unprocessablePatch();
    parent.splice(index, 0, value);
  } else {
    (parent as Record<string, unknown>)[key] = value;
  }
}

function take(document: { root: unknown }, path: readonly string[]): unknown {
  const parent = parentOf(document, path);
  const key = path.at(-1) ?? '';
  if (!Object.hasOwn(parent, key)) throw unprocessablePatch();
  const value = (parent as Record<string, unknown>)[key];
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return value;
}
