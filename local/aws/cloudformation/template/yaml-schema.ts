/**
 * YAML as CloudFormation reads it: YAML 1.1 scalars without dates (`Version: 2012-10-17` stays text), and the
 * short forms of the intrinsic functions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  load,
  type MappingTagOptions,
  NOT_RESOLVED,
  Schema,
  type SequenceTagOptions,
  type TagDefinition,
  YAML11_SCHEMA,
  YAMLException,
} from 'js-yaml';
import { asText, isObject, type Json, type JsonObject } from '../json';
import { splitAttribute } from './split-attribute';

const shortForms = [
  'And', 'Base64', 'Cidr', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt',
  'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'RefAll', 'Select', 'Split', 'Sub',
  'ToJsonString', 'Transform', 'ValueOf', 'ValueOfAll',
]; // prettier-ignore

/** A plain scalar with its text: `012345678901:` or `On:` as a key is that text, whatever it would be as a value. */
class Plain {
  constructor(
    readonly text: string,
    readonly value: Json,
  ) {}
}

const keyOf = (key: unknown): string => (key instanceof Plain ? key.text : asText(key as Json));
const valueOf = (value: unknown): Json => (value instanceof Plain ? value.value : (value as Json));

/** The parts of a mapping tag whose result is `finish(entries)`. */
function mapping(finish: (entries: JsonObject) => JsonObject): MappingTagOptions<JsonObject, JsonObject> {
  return {
    create: () => ({}),
    addPair: (entries, key, value) => {
      if (typeof key === 'object' && !(key instanceof Plain))
        return 'a key is a function or a mapping, and keys are texts: write what it is in as one JSON text with !Sub, or put a text that has ": " in it in quotes';
      Object.defineProperty(entries, keyOf(key), {
        value: valueOf(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return '';
    },
    has: (entries, key) => Object.hasOwn(entries, keyOf(key)),
    keys: (result) => Object.keys(result),
    get: (result, key) => result[keyOf(key)],
    finalize: finish,
    identify: () => false,
  };
}

function sequence<Result>(finish: (items: Json[]) => Result): SequenceTagOptions<Json[], Result> {
  return {
    create: () => [],
    addItem: (items, item) => void items.push(valueOf(item)),
    finalize: finish,
    identify: () => false,
  };
}

function tags(short: string, long: string): TagDefinition[] {
  const wrap = (argument: Json): JsonObject => {
    if (short === 'GetStackOutput') refuseShortForms(argument);
    const call = { [long]: argument };
    calledShort.add(call);
    return call;
  };
  return [
    defineScalarTag<JsonObject>(`!${short}`, {
      resolve: (text) => wrap(short === 'GetAtt' ? splitAttribute(text) : text),
      identify: () => false,
    }),
    defineSequenceTag(`!${short}`, sequence(wrap)),
    defineMappingTag(`!${short}`, mapping(wrap)),
  ];
}

/** Calls that were written in the short form. */
const calledShort = new WeakSet<object>();

/** CloudFormation's own rule, which its page of the function states. */
function refuseShortForms(argument: Json): void {
  const parts = isObject(argument) ? Object.values(argument) : [];
  if (parts.some((part) => isObject(part) && calledShort.has(part)))
    throw new YAMLException(
      'the short form !GetStackOutput cannot hold other short forms: write Fn::GetStackOutput',
    );
}

const core = 'tag:yaml.org,2002:';
const isSpecial = (tag: TagDefinition): boolean =>
  /:(timestamp|binary|omap|pairs|set|merge|bool|map|seq)$/.test(tag.tagName);

/** `y` and `n` are text, as in most readers of YAML 1.1. */
const bool = defineScalarTag<Plain>(`${core}bool`, {
  implicit: true,
  resolve: (text) => {
    if (/^(yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return new Plain(text, true);
    return /^(no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text) ? new Plain(text, false) : NOT_RESOLVED;
  },
  identify: () => false,
});

function keepingText(tag: TagDefinition): TagDefinition {
  if (tag.nodeKind !== 'scalar' || !tag.implicit) return tag;
  return defineScalarTag<Plain>(tag.tagName, {
    implicit: true,
    implicitFirstChars: tag.implicitFirstChars,
    resolve: (text, isExplicit, tagName) => {
      const value: unknown = tag.resolve(text, isExplicit, tagName);
      return value === NOT_RESOLVED ? NOT_RESOLVED : new Plain(text, value as Json);
    },
    identify: () => false,
  });
}

const schema = new Schema([
  ...YAML11_SCHEMA.tags.filter((tag) => !isSpecial(tag)).map(keepingText),
  bool,
  defineMappingTag(
    `${core}map`,
    mapping((entries) => entries),
  ),
  defineSequenceTag(
    `${core}seq`,
    sequence((items) => items),
  ),
]).withTags(
  ...shortForms.map((name) => tags(name, `Fn::${name}`)),
  tags('Ref', 'Ref'),
  tags('Condition', 'Condition'),
);

/** The short forms of functions: `!Ref`, `!Sub`, … */
export const SHORT_FORMS: readonly string[] = [...shortForms, 'Ref', 'Condition'].map((name) => `!${name}`);

/** Reads one YAML document; with `mayRepeat` the last of equal keys counts. Throws YAMLException. */
export function loadTemplateYaml(body: string, mayRepeat = false): Json {
  return valueOf(load(body, { schema, json: mayRepeat }));
}
