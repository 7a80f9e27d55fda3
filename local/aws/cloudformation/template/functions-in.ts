/** The names of all functions in a value, at every depth, those that do not exist included. Pure. */
import { type Json } from '../json';
import { functionCall } from './function-call';

export function functionsIn(value: Json): string[] {
  const call = functionCall(value);
  if (call) return [call.name, ...functionsIn(call.argument)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(functionsIn) : [];
}
