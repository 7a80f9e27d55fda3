/** One entry of the Parameters section. Pure. */
import { asText, isObject, isPrimitive, type Json } from '../json';
import { functionCall } from './function-call';
import { checkConstraints } from './parameter-constraints';
import { unknownType } from './parameter-types';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { type TemplateParameter } from './template';

/** Characters. */
const MAXIMUM_DESCRIPTION = 4000;
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
  const beside = unknownType(type);
  if (beside !== undefined) return refuse(`has the unknown type "${type}"${beside}`);
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
  const characters = (key: string): number | undefined => {
    const count = number(key);
    return count === undefined || (Number.isInteger(count) && count >= 0)
      ? count
      : refuse(`has ${key} ${count}: write a whole number of characters`);
  };
  const noEcho = text('NoEcho') ?? 'false';
  if (!/^(true|false)$/i.test(noEcho)) refuse(`has NoEcho ${JSON.stringify(noEcho)}: write true or false`);
  const description = text('Description');
  if ((description?.length ?? 0) > MAXIMUM_DESCRIPTION)
    refuse(
      `has a Description of ${description?.length ?? 0} characters, and the limit is ${MAXIMUM_DESCRIPTION}`,
    );
  const optional = {
    default: text('Default'),
    allowedValues: allowedValues(value['AllowedValues'], refuse),
    allowedPattern: text('AllowedPattern'),
    constraintDescription: text('ConstraintDescription'),
    minLength: characters('MinLength'),
    maxLength: characters('MaxLength'),
    minValue: number('MinValue'),
    maxValue: number('MaxValue'),
    description,
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, entry]) => entry !== undefined));
  const parameter: TemplateParameter = { type, noEcho: /^true$/i.test(noEcho), ...present };
  if (parameter.default !== undefined) checkConstraints(name, parameter, parameter.default, source, true);
  return parameter;
}

function allowedValues(value: Json | undefined, refuse: (sentence: string) => never): string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return refuse('has AllowedValues that are not a list');
  if (value.length === 0) return refuse('has an empty list as its AllowedValues, which allows no value');
  const other = value.find((entry) => !isPrimitive(entry));
  if (other !== undefined)
    refuse(`has ${JSON.stringify(other)} in its AllowedValues, which are texts without functions`);
  return value.map((entry) => asText(entry));
}
