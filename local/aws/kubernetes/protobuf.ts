/**
 * Reading the Protobuf bodies that kubectl sends for typed objects. Only the fields that matter here
 * (`protobuf-messages.ts`); answers stay JSON, which every client takes as well.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
import { ENVELOPE, type Kind, type Message, MESSAGES } from './protobuf-messages';
import { badRequest } from './status';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** The object as its JSON would be. Throws 400 for what is no such body. */
export function readProtobuf(body: Buffer): Record<string, unknown> {
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0')
    throw badRequest('provided data does not appear to be a protobuf message');
  const { typeMeta: type, raw } = decode(body.subarray(4), ENVELOPE);
  const { kind, apiVersion } = type as { kind?: string; apiVersion?: string };
  const message = MESSAGES[kind ?? ''];
  if (!message || !Buffer.isBuffer(raw))
    throw badRequest(`no kind "${kind ?? ''}" is registered for Protobuf`);
  return { kind, apiVersion, ...decode(raw, message) };
}

function decode(buffer: Buffer, message: Message): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { field, value } of fieldsOf(buffer)) {
    const known = message[field];
    if (!known) continue;
    const [name, kind] = known;
    if (kind === 'bool') object[name] = value === 1;
    else if (!Buffer.isBuffer(value)) throw badRequest('proto: wrong wireType');
    else object[name] = joined(object[name], value, kind);
  }
  return object;
}

/** What a field has after one more occurrence of it. */
function joined(before: unknown, value: Buffer, kind: Exclude<Kind, 'bool'>): unknown {
  const list = (before ?? []) as readonly unknown[];
  if (kind === 'string') return value.toString('utf8');
  if (kind === 'strings') return [...list, value.toString('utf8')];
  if (kind === 'bytes') return value;
  if (kind === 'map' || kind === 'bytesMap') {
    const entry = decode(value, { 1: ['key', 'string'], 2: ['value', 'bytes'] });
    const bytes = Buffer.isBuffer(entry['value']) ? entry['value'] : Buffer.alloc(0);
    const text = bytes.toString(kind === 'map' ? 'utf8' : 'base64');
    return {
      ...(before as Record<string, string> | undefined),
      [String((entry as { key?: string }).key ?? '')]: text,
    };
  }
  return isRepeated(kind) ? [...list, decode(value, kind[0])] : decode(value, kind);
}

function isRepeated(kind: Message | readonly [Message]): kind is readonly [Message] {
  return Array.isArray(kind);
}

/** Wire types 0 (number), 2 (bytes), and the fixed ones, which are skipped. */
function* fieldsOf(buffer: Buffer): Generator<{ field: number; value: number | Buffer }> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = buffer[at++];
      if (byte === undefined) throw badRequest('unexpected EOF');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < buffer.length) {
    const tag = varint();
    const wireType = tag & 7;
    if (wireType === 0) yield { field: tag >>> 3, value: varint() };
    else if (wireType === 2) {
      const length = varint();
      if (at + length > buffer.length) throw badRequest('unexpected EOF');
      yield { field: tag >>> 3, value: buffer.subarray(at, (at += length)) };
    } else if (wireType === 1 || wireType === 5) at += wireType === 1 ? 8 : 4;
    else throw badRequest('proto: illegal wireType');
  }
}
