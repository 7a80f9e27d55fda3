/** The values that a stack gives for the parameters of its template. Pure. */
import { type Json } from '../json';
import { javaPattern } from './java-pattern';
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

export const isSsm = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

const byOption = (names: readonly string[]): string =>
  `give ${names.length === 1 ? 'it' : 'them'} with --parameters ${names.map((name) => `${name}=VALUE`).join(' ')}`;

/** `give it with --ssm /a=VALUE`, or several of them at once. */
export function withOptions(option: string, names: readonly string[]): string {
  const all = [...new Set(names)];
  return `give ${all.length === 1 ? 'it' : 'all that are missing'} with ${all.map((name) => `${option} ${name}=VALUE`).join(' ')}`;
}

function checkConstraints(name: string, parameter: TemplateParameter, text: string, source: string): void {
  const list = isList(parameter.type);
  const shown = parameter.noEcho ? '****' : JSON.stringify(text);
  const refuse = (must: string): never => {
    throw new TemplateError(
      source,
      parameter.constraintDescription === undefined
        ? `parameter ${name} is ${shown}: it must ${must}`
        : `parameter ${name} is ${shown}, which does not keep to: ${parameter.constraintDescription}`,
    );
  };
  for (const item of list ? splitList(text) : [text]) {
    if (/Number/.test(parameter.type) && (item.trim() === '' || !Number.isFinite(Number(item))))
      refuse('be a number');
    if (parameter.allowedValues && !parameter.allowedValues.includes(item))
      refuse(`be one of ${parameter.allowedValues.join(', ')}`);
    if (parameter.allowedPattern !== undefined && !matches(name, parameter.allowedPattern, item, source))
      refuse(`match the pattern ${parameter.allowedPattern}`);
    if (parameter.minLength !== undefined && item.length < parameter.minLength)
      refuse(`have at least ${parameter.minLength} characters`);
    if (parameter.maxLength !== undefined && item.length > parameter.maxLength)
      refuse(`have at most ${parameter.maxLength} characters`);
    if (parameter.minValue !== undefined && Number(item) < parameter.minValue)
      refuse(`be at least ${parameter.minValue}`);
    if (parameter.maxValue !== undefined && Number(item) > parameter.maxValue)
      refuse(`be at most ${parameter.maxValue}`);
  }
}

function matches(name: string, allowed: string, item: string, source: string): boolean {
  const pattern = javaPattern(allowed);
  if (!('obstacle' in pattern)) return pattern.test(item);
  throw new TemplateError(
    source,
    `parameter ${name} has the AllowedPattern ${allowed}, which cannot be tried here: ${pattern.obstacle}`,
  );
}

export function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || /(^|<)List</.test(type) || type.includes('<CommaDelimitedList>');
}

/** `a, b` is two items without the blank, as in CloudFormation; an empty text is one empty item. */
export function splitList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

/** What `Ref` gives for a parameter. */
export function parameterValue(parameter: TemplateParameter, text: string): Json {
  return isList(parameter.type) ? splitList(text) : text;
}
