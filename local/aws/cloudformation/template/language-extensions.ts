/**
 * The transform AWS::LanguageExtensions: loops are written out, and functions that stand where CloudFormation takes a
 * plain word are resolved, before the template is read. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { functionCall } from './function-call';
import { resolve } from './resolve';
import { type KnownValues, staticScope } from './static-scope';
import { TemplateError } from '../template-error';

const LOOP = 'Fn::ForEach::';
const extensions = ['Fn::Length', 'Fn::ToJsonString'];
const sections = ['Conditions', 'Resources', 'Outputs'];

/** The first function that only the transform brings, by name; undefined for none. */
export function extensionIn(document: JsonObject): string | undefined {
  const search = (value: Json): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value) && (key.startsWith(LOOP) || extensions.includes(key))) return key;
      const found = search(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return sections.map((name) => search(document[name] ?? {})).find((found) => found !== undefined);
}

/** `known`: undefined when only the template is there; loops over what is not known yet are left out then. */
export function applyLanguageExtensions(
  document: JsonObject,
  known: KnownValues | undefined,
  source: string,
): JsonObject {
  const scope = staticScope(document, known ?? {}, source);
  const valueOf = (value: Json, place: string, unknown: Json): Json => {
    try {
      return resolve(value, scope, place) ?? unknown;
    } catch (error) {
      if (known === undefined && error instanceof TemplateError) return unknown;
      throw error;
    }
  };

  const expand = (value: Json, place: string): Json => {
    if (Array.isArray(value)) return value.map((item) => expand(item, place));
    if (!isObject(value)) return value;
    const result: JsonObject = {};
    const put = (key: string, inner: Json): void => {
      if (Object.hasOwn(result, key))
        throw new TemplateError(source, `${place} has "${key}" more than once after Fn::ForEach`);
      result[key] = inner;
    };
    for (const [key, inner] of Object.entries(value)) {
      const at = place === '' ? key : `${place}/${key}`;
      if (key.startsWith(LOOP)) for (const [name, written] of loop(inner, at)) put(name, written);
      else if (/^(DeletionPolicy|UpdateReplacePolicy)$/.test(key) && functionCall(inner))
        put(key, valueOf(inner, at, 'Delete'));
      else if (key === 'Ref' && functionCall(inner)) put(key, valueOf(inner, at, 'AWS::NoValue'));
      else if (key === 'Fn::GetAtt' && Array.isArray(inner)) put(key, attribute(inner, at));
      else put(key, expand(inner, at));
    }
    return result;
  };

  const attribute = ([name = '', ...rest]: Json[], place: string): Json => [
    functionCall(name) ? valueOf(name, place, '') : name,
    ...rest,
  ];

  const loop = (argument: Json, place: string): [string, Json][] => {
    const malformed = (): never => {
      throw new TemplateError(
        source,
        `${place} takes an identifier, a list and a mapping, as in [Team, [a, b], {"\${Team}Access": …}]`,
      );
    };
    if (!Array.isArray(argument) || argument.length !== 3) return malformed();
    const [identifier, collection = [], body] = argument;
    if (typeof identifier !== 'string' || !isObject(body)) return malformed();
    const items = valueOf(collection, place, []);
    if (!Array.isArray(items)) return malformed();
    return items.flatMap((item) => {
      const written = expand(substitute(body, identifier, asText(item)), place);
      return isObject(written) ? Object.entries(written) : [];
    });
  };

  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      sections.includes(name) ? expand(value, name) : value,
    ]),
  );
}

/** `${Team}` in keys and texts, and `!Ref Team`, become the item; `&{Team}` its letters and digits. */
function substitute(value: Json, identifier: string, item: string): Json {
  const inText = (text: string): string =>
    text
      .replaceAll(`\${${identifier}}`, item)
      .replaceAll(`&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''));
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map((inner) => substitute(inner, identifier, item));
  if (!isObject(value)) return value;
  const call = functionCall(value);
  if (call?.name === 'Ref' && call.argument === identifier) return item;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [inText(key), substitute(inner, identifier, item)]),
  );
}
