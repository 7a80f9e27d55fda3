/**
 * What the section Conditions may hold, whether or not anything uses it. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
import { isObject, isPrimitive, type Json } from '../json';
import { functionCall } from './function-call';
import { functionsIn } from './functions-in';
import { isList } from './parameter-types';
import { TemplateError } from '../template-error';
import { type Template } from './template';

/** Throws TemplateError. */
export function checkConditions({ conditions, parameters, source }: Template): void {
  const isListParameter = (name: Json): boolean =>
    typeof name === 'string' && isList(parameters.get(name)?.type ?? '');
  for (const [name, value] of conditions) {
    const refuse = (sentence: string): never => {
      throw new TemplateError(source, `condition ${name} ${sentence}`);
    };
    if (functionsIn(value).includes('Fn::ImportValue'))
      refuse('uses Fn::ImportValue, and conditions import nothing: make what it imports a parameter');
    checkTruth(value, refuse, isListParameter);
  }
}

const FORMS = 'write Fn::Equals, Fn::And, Fn::Or, Fn::Not, or Condition and the name of another one';

function checkTruth(
  value: Json,
  refuse: (sentence: string) => never,
  isListParameter: (name: Json) => boolean,
): void {
  const [[name, argument] = ['', null], ...others] = isObject(value) ? Object.entries(value) : [];
  const parts = Array.isArray(argument) ? argument : [];
  if (others.length > 0) refuse(`has several keys where one function is wanted: ${FORMS}`);
  switch (name) {
    case 'Condition':
      if (typeof argument !== 'string') refuse('has a Condition that is not a name');
      return;
    case 'Fn::Equals': {
      const list = parts.find((part) => isListAlways(part, isListParameter));
      if (parts.length !== 2) refuse('uses Fn::Equals wrongly: it takes two texts');
      if (list !== undefined)
        refuse(
          `uses Fn::Equals wrongly: it compares texts, and ${JSON.stringify(list)} is a list: put it together with !Join [",", …]`,
        );
      return;
    }
    case 'Fn::Not':
      if (parts.length !== 1) refuse('uses Fn::Not wrongly: it takes a list of one condition');
      break;
    case 'Fn::And':
    case 'Fn::Or':
      if (parts.length < 2 || parts.length > 10)
        refuse(`uses ${name} wrongly: it takes 2 to 10 conditions, and these are ${parts.length}`);
      break;
    default:
      refuse(`is ${JSON.stringify(value)}, which is no condition: ${FORMS}`);
  }
  for (const part of parts) checkTruth(part, refuse, isListParameter);
}

function isListAlways(value: Json, isListParameter: (name: Json) => boolean): boolean {
  const call = functionCall(value);
  if (!call) return !isPrimitive(value);
  if (call.name === 'Ref') return isListParameter(call.argument);
  return ['Fn::Cidr', 'Fn::GetAZs', 'Fn::Split'].includes(call.name);
}
