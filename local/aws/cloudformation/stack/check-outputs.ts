/** Outputs that cannot be had, before anything is made. Pure. */
import { isPrimitive, type Json } from '../json';
import { resolve, Unresolvable } from '../template/resolve';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';
import { checkPresent } from './check-present';
import { type StackScope } from './scope';

/** Throws TemplateError. */
export function checkOutputs(template: Template, scope: StackScope): void {
  const exported = new Map<string, string>();
  for (const [name, { value, exportName, condition }] of template.outputs) {
    if (condition !== undefined && !scope.condition(condition)) continue;
    const place = `output ${name}`;
    const refuse = (sentence: string): never => {
      throw new TemplateError(template.source, `${place} ${sentence}`);
    };
    checkPresent(template, scope, place, value);
    const known = knownValue(value, scope, place);
    if (known === 'nothing') refuse('has no value: give the output a Condition');
    if (typeof known === 'object' && !isPrimitive(known.value))
      refuse(
        `is ${Array.isArray(known.value) ? 'a list' : 'a mapping'}, and outputs are texts: ${Array.isArray(known.value) ? 'put it together with !Join [",", …]' : 'give one of its values'}`,
      );
    if (exportName === undefined) continue;
    checkPresent(template, scope, `the export name of ${place}`, exportName);
    const found = knownValue(exportName, scope, `the export name of ${place}`);
    if (typeof found !== 'object' || !isPrimitive(found.value)) continue;
    if (!/^[A-Za-z0-9:-]+$/.test(String(found.value)))
      refuse(
        `exports the name ${JSON.stringify(found.value)}: names of exports have letters, digits, colons and hyphens only`,
      );
    if (typeof known === 'object' && isPrimitive(known.value) && String(known.value).trim() === '')
      refuse('is exported and empty: exported values have something in them');
    const other = exported.get(String(found.value));
    if (other !== undefined)
      refuse(`exports the name ${JSON.stringify(found.value)}, which output ${other} exports already`);
    exported.set(String(found.value), name);
  }
}

/** `later`: it needs something that is yet to be made. */
function knownValue(
  value: Json,
  scope: StackScope,
  place: string,
): { readonly value: Json } | 'nothing' | 'later' {
  try {
    const resolved = resolve(value, scope, place);
    return resolved === undefined ? 'nothing' : { value: resolved };
  } catch (error) {
    if (error instanceof Unresolvable) throw error;
    return 'later';
  }
}
