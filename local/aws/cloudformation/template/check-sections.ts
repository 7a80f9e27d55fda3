/**
 * Numbers, names and forms of the sections, beside what refers to what. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
import { isObject, isPrimitive, type Json, type JsonObject } from '../json';
import { TemplateError } from '../template-error';

const limits = { Parameters: 200, Mappings: 200, Outputs: 200, Resources: 500 } as const;
/** Bytes. */
const MAXIMUM_DESCRIPTION = 1024;

/** Names of conditions and rules may have other characters. */
const nouns: Readonly<Record<string, string>> = {
  Parameters: 'parameter',
  Mappings: 'mapping',
  Outputs: 'output',
};

/** Of the sections as they are written, each of which is a mapping. Throws TemplateError. */
export function checkSections(document: JsonObject, source: string): void {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, sentence);
  };
  const entries = (section: string): [string, Json][] =>
    isObject(document[section]) ? Object.entries(document[section]) : [];
  for (const [section, limit] of Object.entries(limits)) {
    const { length } = entries(section);
    if (length > limit) refuse(`it has ${length} ${section.toLowerCase()}, and the limit is ${limit}`);
  }
  for (const [section, noun] of Object.entries(nouns))
    for (const [name] of entries(section))
      if (!/^[A-Za-z0-9]{1,255}$/.test(name))
        refuse(`${noun} name "${name}" must be letters and digits only`);
  const both = entries('Parameters').find(([name]) => entries('Resources').some(([id]) => id === name));
  if (both) refuse(`parameter and resource ${both[0]} have the same name: each needs one of its own`);
  const { Description: description } = document;
  if (description !== undefined && !isPrimitive(description)) refuse('the Description is not a text');
  const bytes = Buffer.byteLength(String(isPrimitive(description) ? description : ''));
  if (bytes > MAXIMUM_DESCRIPTION)
    refuse(`the Description has ${bytes} bytes, and the limit is ${MAXIMUM_DESCRIPTION}`);
  for (const [name, mapping] of entries('Mappings')) checkMapping(`mapping ${name}`, mapping, refuse);
}

/** Two levels of keys, then a simple value or a list of them; no functions. */
function checkMapping(place: string, mapping: Json, refuse: (sentence: string) => never): void {
  const form = 'a mapping has two levels of keys, as in "us-east-1: {Ami: ami-1}"';
  if (!isObject(mapping)) return refuse(`${place} is not a mapping: ${form}`);
  for (const [top, row] of Object.entries(mapping)) {
    if (top === 'Fn::Transform') continue;
    if (!isObject(row)) return refuse(`${place} has a simple value at ${top}: ${form}`);
    if (!/^[A-Za-z0-9.-]{1,255}$/.test(top))
      refuse(`${place} has the top-level key ${JSON.stringify(top)}: these are letters, digits, "-" and "."`);
    const { length } = Object.keys(row);
    if (length > limits.Mappings)
      refuse(`${place} has ${length} keys below ${top}, and the limit is ${limits.Mappings}`);
    for (const [second, value] of Object.entries(row)) {
      if (second !== 'Fn::Transform' && !/^[A-Za-z0-9]{1,255}$/.test(second))
        refuse(
          `${place} has the second-level key ${JSON.stringify(second)} below ${top}: these are letters and digits only`,
        );
      const isList = Array.isArray(value) && value.every((item) => isPrimitive(item));
      if (isPrimitive(value) || isList) continue;
      refuse(
        `${place} has ${JSON.stringify(value)} at ${top}.${second}: values of mappings are simple values or lists of them, without functions`,
      );
    }
  }
}
