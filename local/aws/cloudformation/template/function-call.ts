/** Whether a value of a template is the call of a function. Pure. */
import { isObject, type Json } from '../json';

/** The one function call that this mapping is, or undefined for plain data. */
export function functionCall(value: Json): { readonly name: string; readonly argument: Json } | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}
