/** What type go-yaml v2 gives a scalar (GT-14): the table of YAML 1.1 as that library has it, and Go's own numbers. */
import { decodeBinary } from './decode-binary';
import { type ScalarNode } from './node';
import { YamlError } from './source';

/** A value on its way from YAML to JSON. Numbers keep no value: no field of an entry takes one. */
export type GoScalar =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bool' | 'int' | 'uint' | 'float' | 'nan'; readonly id: string }
  | { readonly type: 'null' };

const PREFIX = 'tag:yaml.org,2002:';
const MAX_INT = 2n ** 63n;
const TYPE_OF_TAG: Readonly<Record<string, readonly GoScalar['type'][]>> = {
  [`${PREFIX}bool`]: ['bool'],
  [`${PREFIX}int`]: ['int', 'uint'],
  [`${PREFIX}float`]: ['float', 'nan', 'int'],
  [`${PREFIX}null`]: ['null'],
};

const words = new Map<string, GoScalar>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) {
  words.set(word, { type: 'bool', id: 'true' });
}
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) {
  words.set(word, { type: 'bool', id: 'false' });
}
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, { type: 'null' });
for (const word of ['.nan', '.NaN', '.NAN']) words.set(word, { type: 'nan', id: 'NaN' });
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'])
  words.set(word, { type: 'nan', id: '+Inf' });
for (const word of ['-.inf', '-.Inf', '-.INF']) words.set(word, { type: 'nan', id: '-Inf' });

/** `<<`, unless it is quoted. */
export function isMergeKey(node: ScalarNode): boolean {
  return node.value === '<<' && (node.implicit || node.tag === `${PREFIX}merge`);
}

/** Throws YamlError where the tag contradicts the text, which loses the section. */
export function resolveScalar(node: ScalarNode): GoScalar {
  const { tag, value } = node;
  if (tag === '') return node.implicit ? resolveText(value) : { type: 'string', value };
  if (tag === `${PREFIX}binary`) return { type: 'string', value: decodeBinary(node) };
  if (tag === `${PREFIX}timestamp`) {
    if (!isTimestamp(value)) throw contradiction(node);
    return { type: 'string', value };
  }
  const types = Object.hasOwn(TYPE_OF_TAG, tag) ? TYPE_OF_TAG[tag] : undefined;
  if (types === undefined) return { type: 'string', value };
  const resolved = resolveText(value);
  if (!types.includes(resolved.type)) throw contradiction(node);
  if (types.includes('float') && resolved.type === 'int') return { type: 'float', id: resolved.id };
  return resolved;
}

function contradiction(node: ScalarNode): YamlError {
  return new YamlError(`${JSON.stringify(node.value)} is not what its tag says`, node.start);
}

function resolveText(text: string): GoScalar {
  // The first character tells most texts from all that is not a string.
  if (!/^(?:$|[-+.0-9~yYnNtTfFoO])/.test(text)) return { type: 'string', value: text };
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charAt(0);
  // Go's own numbers hold underscores between digits only.
  if (first === '.')
    return (
      (/_(?![0-9])|(?<![0-9])_/.test(text) ? undefined : float(text.replaceAll('_', ''))) ?? {
        type: 'string',
        value: text,
      }
    );
  if (/[-+0-9]/.test(first)) {
    // go-yaml drops every underscore first.
    const digits = text.replaceAll('_', '');
    const number = integer(digits) ?? float(digits);
    if (number !== undefined) return number;
  }
  return { type: 'string', value: text };
}

/** Go's strconv with base 0, then go-yaml's own `0b`, which takes a sign after the prefix. */
function integer(text: string): GoScalar | undefined {
  const signed = text.replace(/^(0b)([-+])/, '$2$1');
  if (!/^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.test(signed)) return undefined;
  const digits = signed.replace(/^[-+]/, '');
  // JavaScript knows the same prefixes, but not a 0 alone for octal.
  const magnitude = BigInt(digits.replace(/^0(?=[0-7])/, '0o'));
  const value = signed.startsWith('-') ? -magnitude : magnitude;
  if (value >= -MAX_INT && value < MAX_INT) return { type: 'int', id: value.toString() };
  if (digits === signed && value < 2n * MAX_INT) return { type: 'uint', id: value.toString() };
  return undefined;
}

/** What overflows a float is a string. */
function float(text: string): GoScalar | undefined {
  if (!/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value)
    ? { type: 'float', id: Object.is(value, -0) ? '0' : String(value) }
    : undefined;
}

const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?:[.,]\d+)?`;
const ZONE = String.raw`(?:Z|[-+](?:[01]\d|2[0-4]):(?:[0-5]\d|60))`;
const TIMESTAMP = new RegExp(String.raw`^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]${CLOCK}${ZONE}| +${CLOCK})?$`);

function isTimestamp(text: string): boolean {
  if (!TIMESTAMP.test(text)) return false;
  const date = text.replace(/[Tt ].*$/, '').replace(/-(?=\d(?:-|$))/g, '-0');
  const time = Date.parse(`${date}T00:00:00Z`);
  // JavaScript makes the 1st of March of a 29th of February that is none.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
