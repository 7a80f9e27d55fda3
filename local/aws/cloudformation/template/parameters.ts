/** The values that a stack gives for the parameters of its template. Pure. */
import { type Json } from '../json';
import { checkConstraints, splitList } from './parameter-constraints';
import { isList, isSsm } from './parameter-types';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { type Template, type TemplateParameter } from './template';

export type ParameterValues = Readonly<Record<string, string | number | boolean>>;

/**
 * The text of every parameter, defaults filled in and constraints checked. Lists stay comma-separated text here.
 * `ssm` looks up parameters of type AWS::SSM::Parameter::Value<…>; `remedy`: how those that are missing are given.
 */
export function parameterTexts(
  template: Template,
  given: ParameterValues,
  ssm: (name: string, type: string) => string | undefined,
  remedy: (missing: readonly string[]) => string = byOption,
): Map<string, string> {
  for (const name of Object.keys(given)) {
    if (!template.parameters.has(name)) {
      throw new TemplateError(
        template.source,
        `there is no parameter "${name}"${suggestion(name, template.parameters.keys())}`,
      );
    }
  }
  const missing = [...template.parameters].filter(
    ([name, { default: preset }]) => given[name] === undefined && preset === undefined,
  );
  if (missing.length > 0)
    throw missingParameters(
      missing.map(([name]) => name),
      template.source,
      remedy,
    );
  const texts = new Map<string, string>();
  const unknown: { readonly name: string; readonly key: string }[] = [];
  for (const [name, parameter] of template.parameters) {
    const text = String(given[name] ?? parameter.default);
    checkConstraints(name, parameter, text, template.source);
    const value = isSsm(parameter.type) ? ssm(text, parameter.type) : text;
    if (value === undefined) unknown.push({ name, key: text });
    else texts.set(name, value);
  }
  const [first] = unknown;
  if (first === undefined) return texts;
  throw new TemplateError(
    template.source,
    `parameter ${first.name} names the SSM parameter "${first.key}", which does not exist here: ${withOptions(
      '--ssm',
      unknown.map(({ key }) => key),
    )}`,
  );
}

/** `remedy`: as of `parameterTexts`. */
export function missingParameters(
  names: readonly string[],
  source: string,
  remedy: (missing: readonly string[]) => string = byOption,
): TemplateError {
  return new TemplateError(source, `parameters [${names.join(', ')}] must have values: ${remedy(names)}`);
}

/** By parameter: the name of the SSM parameter that it reads its value from. */
export function ssmNames(template: Template, given: ParameterValues): ReadonlyMap<string, string> {
  const read = [...template.parameters].filter(([, { type }]) => isSsm(type));
  return new Map(read.map(([name, { default: preset }]) => [name, String(given[name] ?? preset)]));
}

const byOption = (names: readonly string[]): string =>
  `give ${names.length === 1 ? 'it' : 'them'} with --parameters ${names.map((name) => `${name}=VALUE`).join(' ')}`;

/** `give it with --ssm /a=VALUE`, or several of them at once. */
export function withOptions(option: string, names: readonly string[]): string {
  const all = [...new Set(names)];
  return `give ${all.length === 1 ? 'it' : 'all that are missing'} with ${all.map((name) => `${option} ${name}=VALUE`).join(' ')}`;
}

/** What `Ref` gives for a parameter. */
export function parameterValue(parameter: TemplateParameter, text: string): Json {
  return isList(parameter.type) ? splitList(text) : text;
}
