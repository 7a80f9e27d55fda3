/** Intrinsic functions to values. Pure: what other resources and stacks give is asked of the scope. */
import { cidrBlocks } from './cidr';
import { asText, isObject, isPrimitive, type Json, type JsonObject } from '../json';
import { functionCall } from './function-call';
import { PLACEHOLDER } from './references';
import { TemplateError } from '../template-error';
import { zonesOf } from './zones';
import { GET_STACK_OUTPUT, stackOutputName } from './stack-output';
import { splitAttribute } from './split-attribute';

export interface Scope {
  /** File name for messages. */
  readonly source: string;
  readonly mappings: JsonObject;
  readonly region: string;
  /** Throws for an unknown condition. */
  condition(name: string): boolean;
  /** Parameter, pseudo parameter or physical id; undefined when there is none. `AWS::NoValue` never gets here. */
  ref(name: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json;
  importValue(name: string): Json;
  /** An output of another stack. */
  stackOutput(stack: string, output: string): Json;
}

/** The value, or undefined for `AWS::NoValue`. `place` begins the message of a TemplateError. */
export function resolve(value: Json, scope: Scope, place: string): Json | undefined {
  const call = functionCall(value);
  if (call) return callFunction(call.name, call.argument, scope, place);
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope, place)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner, scope, place)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Same as `resolve` where nothing at all makes no sense. */
function required(value: Json, scope: Scope, place: string, what: string): Json {
  const resolved = resolve(value, scope, place);
  if (resolved === undefined) throw new TemplateError(scope.source, `${place}: ${what} has no value`);
  return resolved;
}

function text(value: Json, scope: Scope, place: string, what: string): string {
  const resolved = required(value, scope, place, what);
  if (isPrimitive(resolved)) return String(resolved);
  throw new Unresolvable(
    scope.source,
    `${place}: ${what} must be text, and it is ${JSON.stringify(resolved)}`,
  );
}

function list(value: Json, scope: Scope, place: string, what: string): Json[] {
  const resolved = required(value, scope, place, what);
  if (Array.isArray(resolved)) return resolved;
  throw new Unresolvable(
    scope.source,
    `${place}: ${what} must be a list, and it is ${JSON.stringify(resolved)}`,
  );
}

function callFunction(name: string, argument: Json, scope: Scope, place: string): Json | undefined {
  const malformed = (how: string): never => {
    throw new Unresolvable(scope.source, `${place} uses ${name} wrongly: it takes ${how}`);
  };
  const parts = (count: number, how: string): Json[] =>
    Array.isArray(argument) && argument.length >= count ? argument : malformed(how);
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : reference(asText(argument), scope, place);
    case 'Fn::GetAtt': {
      const pair: Json = typeof argument === 'string' ? splitAttribute(argument) : argument;
      if (!Array.isArray(pair)) return malformed('a resource and an attribute');
      const [logicalId, ...attribute] = pair.map((part) => text(part, scope, place, 'a part of Fn::GetAtt'));
      return scope.attribute(logicalId ?? '', attribute.join('.'));
    }
    case 'Fn::Sub':
      return substitute(argument, scope, place);
    case 'Fn::Join': {
      const [delimiter = '', items = []] = parts(2, 'a delimiter and a list');
      const texts = list(items, scope, place, 'the list of Fn::Join').map((item) =>
        text(item, scope, place, 'an item of Fn::Join'),
      );
      return texts.join(text(delimiter, scope, place, 'the delimiter'));
    }
    case 'Fn::Split': {
      const [delimiter = '', whole = ''] = parts(2, 'a delimiter and a text');
      return text(whole, scope, place, 'the text of Fn::Split').split(
        text(delimiter, scope, place, 'the delimiter'),
      );
    }
    case 'Fn::Select': {
      const [index = 0, items = []] = parts(2, 'an index and a list');
      const at = Number(text(index, scope, place, 'the index of Fn::Select'));
      const item = list(items, scope, place, 'the list of Fn::Select')[at];
      if (item === undefined)
        throw new Unresolvable(
          scope.source,
          `${place}: Fn::Select cannot select nonexistent value at index ${at}`,
        );
      return item;
    }
    case 'Fn::If': {
      const [condition = '', whenTrue = '', whenFalse = ''] = parts(
        3,
        'the name of a condition and two values',
      );
      return resolve(scope.condition(asText(condition)) ? whenTrue : whenFalse, scope, place);
    }
    case 'Fn::FindInMap':
      return findInMap(parts(3, 'a mapping, a top-level key and a second-level key'), scope, place);
    case 'Fn::ImportValue':
      return scope.importValue(text(argument, scope, place, 'the name of Fn::ImportValue'));
    case GET_STACK_OUTPUT: {
      const given = required(argument, scope, place, 'the argument of Fn::GetStackOutput');
      if (!isObject(given)) return malformed('a mapping with StackName and OutputName');
      const { stack, output } = stackOutputName(given, scope, place);
      return scope.stackOutput(stack, output);
    }
    case 'Fn::Base64':
      return Buffer.from(text(argument, scope, place, 'the text of Fn::Base64')).toString('base64');
    case 'Fn::Cidr': {
      const [block = '', count = 1, bits = 8] = parts(2, 'an address block, a count and the host bits');
      const numbers = [count, bits].map((value) => Number(text(value, scope, place, 'a number of Fn::Cidr')));
      const blocks = cidrBlocks(
        text(block, scope, place, 'the block of Fn::Cidr'),
        numbers[0] ?? 1,
        numbers[1] ?? 8,
      );
      return blocks ?? malformed('a block that holds that many blocks');
    }
    case 'Fn::GetAZs': {
      const region = text(argument, scope, place, 'the region of Fn::GetAZs');
      return zonesOf(region === '' ? scope.region : region);
    }
    case 'Fn::Length':
      return list(argument, scope, place, 'the list of Fn::Length').length;
    case 'Fn::ToJsonString':
      return JSON.stringify(resolve(argument, scope, place) ?? null);
    case 'Fn::Equals':
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return String(evaluateCondition({ [name]: argument }, scope, place));
    default:
      throw new TemplateError(scope.source, `${place} uses ${name}, which is not a function that works here`);
  }
}

function reference(name: string, scope: Scope, place: string): Json {
  const value = scope.ref(name);
  if (value !== undefined) return value;
  throw new TemplateError(
    scope.source,
    `${place} refers to "${name}", which its condition leaves out of the stack`,
  );
}

function substitute(argument: Json, scope: Scope, place: string): string {
  const [template, variables = {}]: readonly Json[] = Array.isArray(argument) ? argument : [argument];
  const given = isObject(variables) ? variables : {};
  return asText(template)
    .replace(PLACEHOLDER, (_whole, name: string) => {
      const replacement: Json = Object.hasOwn(given, name)
        ? (given[name] ?? '')
        : name.includes('.')
          ? { 'Fn::GetAtt': splitAttribute(name) }
          : { Ref: name };
      return text(replacement, scope, place, `\${${name}} of Fn::Sub`);
    })
    .replace(/\$\{!([^{}]*)\}/g, '${$1}');
}

function findInMap(parts: readonly Json[], scope: Scope, place: string): Json {
  const [map = '', top = '', second = ''] = parts
    .slice(0, 3)
    .map((part) => text(part, scope, place, 'a key of Fn::FindInMap'));
  const table = scope.mappings[map];
  const row = isObject(table) ? table[top] : undefined;
  const value = isObject(row) ? row[second] : undefined;
  if (value !== undefined) return value;
  const preset = isObject(parts[3]) ? parts[3]['DefaultValue'] : undefined;
  if (preset !== undefined) return required(preset, scope, place, 'the DefaultValue');
  const regions =
    isObject(table) && row === undefined && top === scope.region
      ? `: --region takes one of ${Object.keys(table).join(', ')}`
      : '';
  throw new Unresolvable(
    scope.source,
    `${place}: the mapping ${map} has no value for "${top}", "${second}"${regions}`,
  );
}

/** Cannot be had whatever is made, unlike what needs something that is yet to be made. */
export class Unresolvable extends TemplateError {}

export function evaluateCondition(value: Json, scope: Scope, place: string): boolean {
  const refuse = (): never => {
    throw new TemplateError(
      scope.source,
      `${place} is not a condition: use Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition`,
    );
  };
  if (!isObject(value)) return refuse();
  const [[name, argument] = ['', null]] = Object.entries(value);
  const several = (): boolean[] =>
    Array.isArray(argument) ? argument.map((item) => evaluateCondition(item, scope, place)) : refuse();
  switch (name) {
    case 'Condition':
      return scope.condition(asText(argument));
    case 'Fn::Equals': {
      const [left, right] = Array.isArray(argument) ? argument : refuse();
      const read = (side: Json | undefined): string =>
        JSON.stringify(stringify(resolve(side ?? '', scope, place) ?? ''));
      return read(left) === read(right);
    }
    case 'Fn::And':
      return several().every(Boolean);
    case 'Fn::Or':
      return several().some(Boolean);
    case 'Fn::Not':
      return several()[0] !== true;
    default:
      return refuse();
  }
}

function stringify(value: Json): Json {
  return isPrimitive(value) ? String(value) : value;
}
