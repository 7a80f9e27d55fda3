/** The functions that a template's custom resources need: those that cannot run here, and those that nobody makes. */
import { asText, type Json } from '../json';
import { references } from '../template/references';
import { knownProperties } from './known-properties';
import { NESTED_STACK } from './nested-stack';
import { type ResourceTypes } from '../resources/resource-type';
import { type Template } from '../template/template';
import { type StackScope } from './scope';

export interface FunctionCheck {
  readonly template: Template;
  readonly scope: StackScope;
  readonly types: ResourceTypes;
  /** Whether there is a function of this ARN; undefined where that cannot be said. */
  readonly hasFunction?: ((arn: string) => boolean) | undefined;
}

/** The function of the same template that the token names. */
export function checkFunction(
  token: Json,
  { template, scope, types }: FunctionCheck,
  refuse: (sentence: string) => never,
): void {
  for (const reference of references(token, (condition) => scope.condition(condition))) {
    if (reference.kind !== 'ref' && reference.kind !== 'attribute') continue;
    const definition = template.resources.get(reference.name);
    const obstacle =
      definition && types(definition.type)?.obstacle?.(knownProperties(reference.name, definition, scope));
    if (obstacle !== undefined)
      refuse(`cannot be provided here: ${reference.name}, the function of its ServiceToken, ${obstacle}`);
  }
}

/** A function that is named by its ARN: it is there already, or the stack or one in it may make it. */
export function checkPresence(
  token: Json | undefined,
  { template, scope, hasFunction = () => true }: FunctionCheck,
  refuse: (sentence: string) => never,
): void {
  const [arn, name = ''] = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:([\w-]+)/.exec(asText(token)) ?? [];
  if (arn === undefined || hasFunction(arn)) return;
  const isMade = [...template.resources].some(([logicalId, resource]) => {
    if (resource.type === NESTED_STACK) return true;
    if (resource.type !== 'AWS::Lambda::Function') return false;
    const { FunctionName: given } = knownProperties(logicalId, resource, scope);
    return given === name || (given === undefined && resource.properties['FunctionName'] !== undefined);
  });
  if (!isMade)
    refuse(
      `cannot be provided here: ${name}, the function of its ServiceToken, is made by no stack here: make it in the template, or under "npm run local" create its stack first`,
    );
}
