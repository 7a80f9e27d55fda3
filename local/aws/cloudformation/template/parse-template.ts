/** Text to template: YAML or JSON, limits, sections. What refers to what is checked in check-template.ts. */
import { checkSections } from './check-sections';
import { checkTemplate } from './check-template';
import { isObject, type Json, type JsonObject } from '../json';
import { applyLanguageExtensions, extensionIn } from './language-extensions';
import { type KnownValues } from './static-scope';
import { refuseTransforms } from './transforms';
import { sectionRemarks } from './remarks';
import { readOutput, readResource } from './template-entries';
import { refuseNulls } from './null-values';
import { otherDocument } from './other-documents';
import { readParameter } from './parameter-declaration';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { type Template } from './template';
import { readJson } from './json-text';
import { readYaml } from './read-yaml';

/** Bytes; the second is for templates from S3. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const DIRECT_LIMIT = 51_200;
export const S3_LIMIT = 1_048_576;

export interface ParseOptions {
  /** File name for messages. Default `template`. */
  readonly source?: string;
  /** Bytes. Default 51,200. */
  readonly limit?: number;
  /** Values that loops may be over; undefined when only the template is there. */
  readonly known?: KnownValues;
}

/** Throws TemplateError, and nothing else, for everything CloudFormation would refuse before it starts. */
export function parseTemplate(body: string, options: ParseOptions = {}): Template {
  const source = options.source ?? 'template';
  const limit = options.limit ?? DIRECT_LIMIT;
  const size = Buffer.byteLength(body);
  if (size > limit) {
    const remedy = limit < S3_LIMIT ? ': upload it to S3 to send up to 1 MB' : '';
    throw new TemplateError(source, `it has ${size} bytes, and the limit is ${limit}${remedy}`);
  }
  const { document, remarks } = readDocument(body.replace(/^\ufeff/, ''), source);
  const whole = withExtensions(document, options.known, source);
  const template = readSections(whole, { source, body, remarks: [...remarks, ...sectionRemarks(whole)] });
  // Loops over what is not known yet have left theirs out.
  const isPartial = options.known === undefined && whole !== document;
  if (template.resources.size === 0 && !isPartial)
    throw new TemplateError(source, 'at least one resource must be defined in the section Resources');
  checkTemplate(template);
  return template;
}

function readDocument(
  body: string,
  source: string,
): { readonly document: JsonObject; readonly remarks: readonly string[] } {
  const isJson = body.trimStart().startsWith('{');
  const { document, remarks } = isJson ? readJson(body, source) : readYaml(body, source);
  if (!isObject(document))
    throw new TemplateError(source, 'it is not a template: write a mapping with a Resources section');
  const other = otherDocument(document);
  if (other !== undefined) throw new TemplateError(source, other);
  refuseNulls(document, '', source);
  return { document, remarks };
}

/** Loops and the like written out, where the template asks for the transform that does it. */
function withExtensions(document: JsonObject, known: KnownValues | undefined, source: string): JsonObject {
  refuseTransforms(document, source);
  if ([document['Transform'] ?? []].flat().includes('AWS::LanguageExtensions'))
    return applyLanguageExtensions(document, known, source);
  const extension = extensionIn(document);
  if (extension === undefined) return document;
  throw new TemplateError(source, `it uses ${extension}, which needs "Transform: AWS::LanguageExtensions"`);
}

const sections = [
  'AWSTemplateFormatVersion', 'Conditions', 'Description', 'Mappings', 'Metadata', 'Outputs', 'Parameters',
  'Resources', 'Rules', 'Transform', 'Hooks',
]; // prettier-ignore

/** As documents show one, without what is around it. */
function isBareResource(value: Json | undefined): boolean {
  return isObject(value) && typeof value['Type'] === 'string' && value['Type'].includes('::');
}

function readSections(document: JsonObject, given: Pick<Template, 'source' | 'body' | 'remarks'>): Template {
  const { source } = given;
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, sentence);
  };
  const section = (name: string): JsonObject => {
    const value = document[name] ?? {};
    return isObject(value) ? value : refuse(`section ${name} is not a mapping`);
  };
  for (const name of Object.keys(document)) {
    if (name === 'Hooks') refuse('the section Hooks cannot run here: the local AWS has no CodeDeploy');
    if (isBareResource(document[name]))
      refuse(
        `"${name}" is a resource outside the section Resources: write "Resources:" in a line above it, and indent it`,
      );
    if (!sections.includes(name))
      refuse(`"${name}" is not a section of a template${suggestion(name, sections)}`);
  }
  const version = document['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09')
    refuse(`AWSTemplateFormatVersion is ${JSON.stringify(version)}: it must be "2010-09-09"`);
  section('Metadata');
  checkSections(document, source);
  const resources = Object.entries(section('Resources'));
  const description = document['Description'];
  return {
    ...given,
    ...(typeof description === 'string' ? { description } : {}),
    parameters: new Map(
      Object.entries(section('Parameters')).map(([name, value]) => [
        name,
        readParameter(name, value, source),
      ]),
    ),
    mappings: section('Mappings'),
    conditions: new Map(Object.entries(section('Conditions'))),
    resources: new Map(
      resources.map(([logicalId, value]) => [logicalId, readResource(logicalId, value, source)]),
    ),
    outputs: new Map(
      Object.entries(section('Outputs')).map(([name, value]) => [name, readOutput(name, value, source)]),
    ),
    rules: new Map(Object.entries(section('Rules'))),
  };
}
