/** What a part of the stack needs, and its conditions leave out. Pure. */
import { references } from '../template/references';
import { type Json } from '../json';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';
import { type StackScope } from './scope';

/** `place` begins the sentence. Throws TemplateError for a reference to a resource that is not in the stack. */
export function checkPresent(
  template: Template,
  scope: Pick<StackScope, 'condition'>,
  place: string,
  value: Json,
): void {
  for (const reference of references(value, (name) => scope.condition(name))) {
    if (reference.kind !== 'ref' && reference.kind !== 'attribute') continue;
    const condition = template.resources.get(reference.name)?.condition;
    if (condition === undefined || scope.condition(condition)) continue;
    throw new TemplateError(
      template.source,
      `${place} refers to "${reference.name}", which its condition ${condition} leaves out of the stack: put the reference into an Fn::If of ${condition}, or the condition on this one, too`,
    );
  }
}
