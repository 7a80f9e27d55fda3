/** What can be said of a resource before anything is made. */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { functionCall } from '../template/function-call';
import { Unresolvable, resolve } from '../template/resolve';
import { type TemplateResource } from '../template/template';
import { type StackScope } from './scope';

/** The properties that need nothing of what is yet to be made, resolved. Throws Unresolvable for what cannot be had at all. */
export function knownProperties(
  logicalId: string,
  { properties }: TemplateResource,
  scope: StackScope,
): JsonObject {
  const known = Object.entries(properties).flatMap(([name, value]) => {
    try {
      const resolved = resolve(value, scope, `resource ${logicalId}, property ${name}`);
      return resolved === undefined ? [] : [[name, resolved] as const];
    } catch (error) {
      if (error instanceof Unresolvable) throw error;
      // It depends on something that is yet to be made, and is looked at then.
      return [];
    }
  });
  return Object.fromEntries(known);
}

/**
 * The value with what is known put in: a call that needs something that is yet to be made stays a call, and what is around
 * it is there all the same. Undefined for `AWS::NoValue`. Throws Unresolvable.
 */
export function asFarAsKnown(value: Json, scope: StackScope, place: string): Json | undefined {
  const into = (inner: Json): Json | undefined => asFarAsKnown(inner, scope, place);
  const call = functionCall(value);
  if (call?.name === 'Fn::If' && Array.isArray(call.argument)) {
    const [condition = '', whenTrue = '', whenFalse = ''] = call.argument;
    return into(scope.condition(asText(condition)) ? whenTrue : whenFalse);
  }
  if (Array.isArray(value)) return value.map(into).filter((item) => item !== undefined);
  if (!call && isObject(value)) {
    const entries = Object.entries(value).map(([name, inner]) => [name, into(inner)] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }
  try {
    return resolve(value, scope, place);
  } catch (error) {
    if (error instanceof Unresolvable) throw error;
    return value;
  }
}
