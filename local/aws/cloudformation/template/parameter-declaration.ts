/** One entry of the Parameters section. Pure. */
import { asText, isObject, isPrimitive, type Json } from '../json';
import { functionCall } from './function-call';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { type TemplateParameter } from './template';

const simpleTypes = ['String', 'Number', 'List<Number>', 'List<String>', 'CommaDelimitedList'];
const keys = [
  'Type', 'Default', 'AllowedValues', 'AllowedPattern', 'ConstraintDescription', 'MinLength', 'MaxLength', 'MinValue',
  'MaxValue', 'NoEcho', 'Description',
]; // prettier-ignore

/** `source`: the template's file name. Throws TemplateError. */
export function readParameter(name: string, value: Json, source: string): TemplateParameter {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, `parameter ${name} ${sentence}`);
  };
  if (!isObject(value)) return refuse('is not a mapping');
  for (const key of Object.keys(value)) {
    if (!keys.includes(key))
      refuse(`has "${key}", which is not an attribute of a parameter${suggestion(key, keys)}`);
  }
  const type = value['Type'];
  if (typeof type !== 'string') return refuse('has no Type');
  if (!simpleTypes.includes(type) && !/^(List<)?AWS::[\w:]+(<[\w:<>]+>)?>?$/.test(type)) {
    return refuse(
      `has the unknown type "${type}"${
        /^bool/i.test(type)
          ? ': write String with AllowedValues ["true", "false"]'
          : suggestion(type, simpleTypes)
      }`,
    );
  }
  const text = (key: string): string | undefined => {
    const entry = value[key];
    if (entry === undefined) return undefined;
    if (isPrimitive(entry)) return String(entry);
    if (Array.isArray(entry))
      return refuse(`has a ${key} that is a list: write its items as one text with commas, as in "a,b"`);
    const call = functionCall(entry);
    return refuse(
      call
        ? `has ${call.name} as its ${key}, and the section Parameters takes no functions`
        : `has a ${key} that is not a simple value`,
    );
  };
  const number = (key: string): number | undefined => {
    const entry = text(key);
    if (entry === undefined) return undefined;
    return Number.isFinite(Number(entry))
      ? Number(entry)
      : refuse(`has ${key} "${entry}", which is not a number`);
  };
  const allowed = value['AllowedValues'];
  if (allowed !== undefined && !Array.isArray(allowed))
    return refuse('has AllowedValues that are not a list');
  const optional = {
    default: text('Default'),
    allowedValues: allowed?.map((entry) => asText(entry)),
    allowedPattern: text('AllowedPattern'),
    constraintDescription: text('ConstraintDescription'),
    minLength: number('MinLength'),
    maxLength: number('MaxLength'),
    minValue: number('MinValue'),
    maxValue: number('MaxValue'),
    description: text('Description'),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, entry]) => entry !== undefined));
  return { type, noEcho: text('NoEcho') === 'true', ...present };
}
