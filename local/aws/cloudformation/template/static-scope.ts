/** What a document knows before any resource exists: parameters, mappings, conditions, and the account. Pure. */
import { isObject, type Json, type JsonObject } from '../json';
import { missingParameters, type ParameterValues, parameterValue } from './parameters';
import { isSsm } from './parameter-types';
import { readParameter } from './parameter-declaration';
import { evaluateCondition, type Scope } from './resolve';
import { TemplateError } from '../template-error';

export interface KnownValues {
  /** Given by the stack; what is left out has its default. */
  readonly parameters?: ParameterValues;
  /** `AWS::Region`, … */
  readonly pseudo?: Readonly<Record<string, Json>>;
}

/** `document`: the sections of a template. What is not known throws TemplateError. */
export function staticScope(document: JsonObject, known: KnownValues, source: string): Scope {
  const section = (name: string): JsonObject => {
    const value = document[name];
    return isObject(value) ? value : {};
  };
  const { parameters = {}, pseudo = {} } = known;
  const { 'AWS::Region': region } = pseudo;
  const notYet = (what: string): never => {
    throw new TemplateError(source, `${what} is not known before the resources are made`);
  };
  const underWay = new Set<string>();
  const scope: Scope = {
    source,
    mappings: section('Mappings'),
    region: typeof region === 'string' ? region : '',
    condition: (name) => {
      const expression = section('Conditions')[name];
      if (expression === undefined) throw new TemplateError(source, `there is no condition "${name}"`);
      // Which it is, the check of the whole template says; loops are read before that.
      if (underWay.has(name)) throw new TemplateError(source, `the condition ${name} needs itself`);
      underWay.add(name);
      const value = evaluateCondition(expression, scope, `condition ${name}`);
      underWay.delete(name);
      return value;
    },
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const declared = section('Parameters')[name];
      if (declared === undefined) return notYet(`"${name}"`);
      const parameter = readParameter(name, declared, source);
      // Its value here is the name of what it reads.
      if (isSsm(parameter.type))
        throw new TemplateError(
          source,
          `the parameter ${name} is read from the parameter store, and no loop or policy can be made of it here: give it the type CommaDelimitedList or String`,
        );
      const value = parameters[name] ?? parameter.default;
      if (value === undefined) throw missingParameters([name], source);
      return parameterValue(parameter, String(value));
    },
    attribute: (logicalId, attribute) => notYet(`"${logicalId}.${attribute}"`),
    importValue: (name) => notYet(`the export ${name}`),
    stackOutput: (stack, output) => notYet(`the output ${output} of ${stack}`),
  };
  return scope;
}
