/** Outputs and exports of a stack whose resources are all there. */
import { isPrimitive, type Json } from '../json';
import { resolve } from '../template/resolve';
import { ResourceFailure } from '../resources/resource-type';
import { type StackScope } from './scope';
import { type StackOutput } from './stack';
import { type Template } from '../template/template';

export function resolveOutputs(template: Template, scope: StackScope): StackOutput[] {
  const wanted = [...template.outputs].filter(
    ([, { condition }]) => condition === undefined || scope.condition(condition),
  );
  return wanted.map(([key, output]) => {
    const value = text(scope.fillIn(resolve(output.value, scope, `output ${key}`) ?? null), key, 'value');
    const exportName =
      output.exportName === undefined
        ? undefined
        : text(resolve(output.exportName, scope, `output ${key}`), key, 'export name');
    return {
      key,
      value,
      ...(output.description === undefined ? {} : { description: output.description }),
      ...(exportName === undefined ? {} : { exportName }),
    };
  });
}

function text(value: Json | undefined, key: string, what: string): string {
  if (isPrimitive(value)) return String(value);
  throw new ResourceFailure(
    `Template format error: Output ${key} is malformed. The ${what} must be a String, and it is ${JSON.stringify(value) ?? 'nothing'}.`,
  );
}

export function exportsOf(outputs: readonly StackOutput[]): Map<string, string> {
  return new Map(
    outputs.flatMap(({ exportName, value }) =>
      exportName === undefined ? [] : [[exportName, value] as const],
    ),
  );
}
