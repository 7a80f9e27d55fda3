/** Words for what a JSON Schema found wrong: property, value, remedy, in one sentence. Pure. */
import { PROPERTY_NAMES } from '../../schemas/generated/property-names';
import { type SchemaError } from '../../schemas/generated/validators';
import { closest } from '../../access/closest';
import { clusterNameAdvice } from './cluster-name-advice';
import { propertyName, segments, valueAt } from './instance-path';
import { knownProperties } from './known-properties';
import { listAdvice } from './list-advice';
import { MAX_NAMESPACES } from './policies-that-never-work';

/** Of the keyword that was broken, as ajv has them. */
interface Params {
  readonly missingProperty: string;
  readonly additionalProperty: string;
  readonly type: string;
  readonly allowedValues: readonly string[];
  readonly limit: number;
  readonly comparison: string;
}

/**
 * `properties` are those that were validated; nothing of them but the offending value is shown. `schemaTitle` is the
 * schema's; `subject` is what the reader calls the whole: a resource type, an environment variable.
 */
export function describeSchemaError(
  error: SchemaError,
  properties: unknown,
  schemaTitle: string,
  subject: string,
): string {
  const name = propertyName(error.instancePath);
  // What stands under an unknown name inside of it no error tells either (CR-43).
  const raw = valueAt(knownProperties(subject, properties, '…').known, error.instancePath);
  const value = show(raw);
  const params = error.params as Params;
  switch (error.keyword) {
    case 'required': {
      const missing = params.missingProperty;
      const meant = unknownNames(properties, error.instancePath, schemaTitle).find(
        (unknown) => unknown.startsWith(missing) || closest(unknown, [missing]) !== undefined,
      );
      return `${name === '' ? missing : `${name}.${missing}`} is missing${
        meant === undefined
          ? `: ${subject} needs it`
          : `, and there is an unknown property ${JSON.stringify(meant)}: did you mean ${missing}?`
      }`;
    }
    case 'additionalProperties': {
      const unknown = params.additionalProperty;
      const suggestion = closest(unknown, knownNames(error.instancePath, schemaTitle));
      return `${name === '' ? '' : `${name} has `}unknown property ${JSON.stringify(unknown)}${name === '' ? ` of ${subject}` : ''}: ${
        suggestion ? `did you mean ${suggestion}?` : 'remove it, or see docs/reference'
      }`;
    }
    case 'type':
      return typeSentence(name, raw, params.type, knownNames(error.instancePath, schemaTitle));
    case 'enum':
      return `${name} is ${value}: write one of ${params.allowedValues.join(', ')}`;
    case 'minLength':
      return `${name} is empty: give it a value, or leave it out where it is optional`;
    case 'maxLength':
      if (isClusterName(name)) return patternSentence(name, raw);
      return `${name} has more than ${params.limit} characters: shorten it`;
    case 'maxItems':
      return `${name} has ${(raw as readonly unknown[]).length} items and may have ${mostItems(name, params.limit)}: remove some`;
    case 'pattern':
      return patternSentence(name, raw);
    default:
      // minimum, maximum: a test sees that the schemas ask for nothing else.
      return `${name} is ${value}: it must be ${params.comparison} ${params.limit}`;
  }
}

/** The names that the schema has at a place. */
function knownNames(instancePath: string, schemaTitle: string): readonly string[] {
  const place = segments(instancePath).filter((segment) => !/^[0-9]+$/.test(segment));
  return PROPERTY_NAMES[[schemaTitle, ...place].join('/')] ?? [];
}

function unknownNames(properties: unknown, instancePath: string, schemaTitle: string): readonly string[] {
  const known = knownNames(instancePath, schemaTitle);
  return Object.keys(valueAt(properties, instancePath) as object).filter((key) => !known.includes(key));
}

/** `names`: of the properties that it, or an item of it, has. */
function typeSentence(name: string, value: unknown, type: string, names: readonly string[]): string {
  const where = name === '' ? 'ResourceProperties' : name;
  const is = `${where} is ${show(value)}`;
  if (type === 'object') return `${is} and must have properties: ${names.join(', ')}`;
  if (type === 'array') {
    const meant = itemMeant(value, names);
    return `${is} and must be a list: ${listAdvice(where, meant, show)}`;
  }
  if (type === 'integer') return `${is} and must be a whole number`;
  if (typeof value === 'object') return `${is} and must be a string: write one value`;
  return `${is} and must be a string: put it in quotes`;
}

/** Of a list of objects: its one item, the first property of that, or a map, as tags are often written. */
function itemMeant(value: unknown, names: readonly string[]): unknown {
  const [first] = names;
  if (first === undefined || first in Object(value)) return value;
  if (typeof value === 'string') return { [first]: value };
  return Object.fromEntries(names.map((name) => [name, '…']));
}

/** The schema still reads the longer lists of namespaces that were taken once. */
function mostItems(name: string, limit: number): number {
  return name.endsWith('.Namespaces') ? MAX_NAMESPACES : limit;
}

function isClusterName(name: string): boolean {
  return name === 'Cluster' || name === 'ClusterName';
}

function patternSentence(name: string, raw: unknown): string {
  const value = show(raw);
  if (name === 'AccountId')
    return `AccountId is ${value}: it must be the 12 digits of an account id, in quotes so that YAML keeps a leading zero`;
  if (isClusterName(name)) return `${name} is ${value}: ${clusterNameAdvice(String(raw))}`;
  if (name === 'PermissionSet')
    return `PermissionSet is ${value}: write its name as IAM Identity Center has it, up to 32 letters, digits and +=,.@_-, without AWSReservedSSO_ and the digits at the end of the role's name`;
  // GT-16, GT-125: these bytes make the authenticator drop a whole section, or change on the way through YAML.
  return `${name} is ${value}, which holds a control character, a line separator or half a surrogate pair: remove it`;
}

/** As JSON, with what cannot be seen written out. */
function show(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'undefined').replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
