/** What an action of the API is, and the stack that most of them name. */
import { validationError } from '../api-error';
import { type LocalCloudFormation } from '../stack/engine';
import { type Stack } from '../stack/stack';
import { type ChangeSets } from './change-sets';
import { required } from './query-parameters';
import { type Xml } from './xml';

export interface ApiContext {
  readonly engine: LocalCloudFormation;
  readonly changeSets: ChangeSets;
}

/** Answers the content of the result element, undefined for none. Throws CloudFormationError or TemplateError. */
type Action = (parameters: URLSearchParams, context: ApiContext) => Xml | undefined;

export type Actions = Readonly<Record<string, Action>>;

/** Throws the API's ValidationError when there is none of this `StackName`. */
export function existingStack(parameters: URLSearchParams, engine: LocalCloudFormation): Stack {
  const name = required(parameters, 'StackName');
  const stack = engine.stack(name);
  if (stack) return stack;
  throw validationError(`Stack '${name}' does not exist`);
}
