/** Names by which stacks share values, which CloudFormation looks up before it makes anything. Pure. */
import { type Json } from '../json';
import { functionsIn } from './functions-in';
import { references } from './references';
import { type Template } from './template';

/** What follows the place, for a name that cannot be known by then; undefined for one that can. */
export function dependentName(name: Json, template: Template): string | undefined {
  for (const reference of references(name)) {
    if (reference.kind === 'attribute') return why(`${reference.name}.${reference.attribute ?? ''}`);
    if (reference.kind === 'ref' && template.resources.has(reference.name)) return why(reference.name);
  }
  const late = functionsIn(name).find((used) => used === 'Fn::ImportValue' || used === 'Fn::GetAZs');
  return late === undefined ? undefined : why(late);
}

const why = (what: string): string =>
  `depends on ${what}, and must be known before anything is made: put it together from parameters and pseudo parameters`;
