/** Whether a text keeps to what a parameter says of its values. Pure. */
import { javaPattern } from './java-pattern';
import { isList, isSsm } from './parameter-types';
import { TemplateError } from '../template-error';
import { type TemplateParameter } from './template';

/** Bytes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAXIMUM = 4096;

/** Throws TemplateError. `isPreset`: it is the Default, which has to keep to them whether or not it is taken. */
export function checkConstraints(
  name: string,
  parameter: TemplateParameter,
  text: string,
  source: string,
  isPreset = false,
): void {
  const shown = parameter.noEcho ? '****' : JSON.stringify(text);
  const what = isPreset ? `parameter ${name} has the Default ${shown}` : `parameter ${name} is ${shown}`;
  const refuse = (must: string): never => {
    throw new TemplateError(
      source,
      parameter.constraintDescription === undefined
        ? `${what}: it must ${must}`
        : `${what}, which does not keep to: ${parameter.constraintDescription}`,
    );
  };
  const bytes = Buffer.byteLength(text);
  if (bytes > MAXIMUM)
    throw new TemplateError(
      source,
      `parameter ${name} has ${isPreset ? 'a Default' : 'a value'} of ${bytes} bytes, and the limit is ${MAXIMUM}`,
    );
  for (const item of isList(parameter.type) ? splitList(text) : [text]) {
    // Of one that is read from SSM the text is a name.
    if (
      /Number/.test(parameter.type) &&
      !isSsm(parameter.type) &&
      (item.trim() === '' || !Number.isFinite(Number(item)))
    )
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

/** `a, b` is two items without the blank, as in CloudFormation; an empty text is one empty item. */
export function splitList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
