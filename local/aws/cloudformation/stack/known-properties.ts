/** What can be said of a resource before anything is made. */
import { type JsonObject } from '../json';
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
