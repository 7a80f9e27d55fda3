/** Properties that a condition chooses as a whole, said property by property. Pure. */
import { isObject, type Json, type JsonObject } from '../json';
import { functionCall } from './function-call';

const NO_VALUE: Json = { Ref: 'AWS::NoValue' };

/**
 * `Fn::If` in the place of all properties becomes one for each of them, which comes to the same. `refuse`: for what is no
 * mapping, and for other functions.
 */
export function conditionalProperties(properties: Json, refuse: (sentence: string) => never): JsonObject {
  const call = functionCall(properties);
  if (!call) return isObject(properties) ? properties : refuse('has Properties that are not a mapping');
  if (call.name === 'Ref' && call.argument === 'AWS::NoValue') return {};
  if (call.name !== 'Fn::If' || !Array.isArray(call.argument) || call.argument.length !== 3)
    return refuse(
      `has ${call.name} as its Properties, and the only function there is Fn::If with a condition and two mappings`,
    );
  const [condition = '', ...branches] = call.argument;
  const [whenTrue = {}, whenFalse = {}] = branches.map((branch) => conditionalProperties(branch, refuse));
  const names = new Set([...Object.keys(whenTrue), ...Object.keys(whenFalse)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      { 'Fn::If': [condition, whenTrue[name] ?? NO_VALUE, whenFalse[name] ?? NO_VALUE] },
    ]),
  );
}
