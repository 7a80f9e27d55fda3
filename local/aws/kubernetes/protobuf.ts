/**
 * Reading the Protobuf bodies that kubectl sends for typed objects (`kubectl create configmap`, `kubectl auth
 * can-i`). Only the fields that matter here; answers stay JSON, which every client takes as well.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
import { badRequest } from './status';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

type Kind = 'string' | 'bytes' | 'bool' | 'map' | 'bytesMap' | Message;

interface Message {
  readonly [field: number]: readonly [name: string, kind: Kind];
}

const typeMeta: Message = { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] };
const envelope: Message = { 1: ['typeMeta', typeMeta], 2: ['raw', 'bytes'] };
const objectMeta: Message = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  11: ['labels', 'map'],
  12: ['annotations', 'map'],
};
const messages: Readonly<Record<string, Message>> = {
  ConfigMap: {
    1: ['metadata', objectMeta],
    2: ['data', 'map'],
    3: ['binaryData', 'bytesMap'],
    4: ['immutable', 'bool'],
  },
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        1: [
          'resourceAttributes',
          {
            1: ['namespace', 'string'],
            2: ['verb', 'string'],
            3: ['group', 'string'],
            5: ['resource', 'string'],
            7: ['name', 'string'],
          },
        ],
      },
    ],
  },
};

/** The object as its JSON would be. Throws 400 for what is no such body. */
export function readProtobuf(body: Buffer): Record<string, unknown> {
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0')
    throw badRequest('provided data does not appear to be a protobuf message');
  const { typeMeta: type, raw } = decode(body.subarray(4), envelope);
  const { kind, apiVersion } = type as { kind?: string; apiVersion?: string };
  const message = messages[kind ?? ''];
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
    else if (kind === 'string') object[name] = value.toString('utf8');
    else if (kind === 'bytes') object[name] = value;
    else if (kind === 'map' || kind === 'bytesMap') {
      const entry = decode(value, { 1: ['key', 'string'], 2: ['value', 'bytes'] });
      const bytes = Buffer.isBuffer(entry['value']) ? entry['value'] : Buffer.alloc(0);
      const map = { ...(object[name] as Record<string, string> | undefined) };
      map[String((entry as { key?: string }).key ?? '')] = bytes.toString(kind === 'map' ? 'utf8' : 'base64');
      object[name] = map;
    } else object[name] = decode(value, kind);
  }
  return object;
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
