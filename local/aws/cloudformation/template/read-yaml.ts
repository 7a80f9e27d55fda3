/** YAML to the document of a template. */
import { EVENT_ALIAS, parseEvents, YAMLException } from 'js-yaml';
import { type Json } from '../json';
import { TemplateError } from '../template-error';
import { KUBERNETES } from './other-documents';
import { yamlSentence } from './yaml-fault';
import { loadAsYaml11 } from './yaml-indentation';
import { loadTemplateYaml, SHORT_FORMS } from './yaml-schema';

/** Throws TemplateError. */
export function readYaml(
  body: string,
  source: string,
): { readonly document: Json; readonly remarks: readonly string[] } {
  const load = (mayRepeat: boolean): Json =>
    loadAsYaml11(body, (text) => {
      if (parseEvents(text, {}).some((event) => event.type === EVENT_ALIAS))
        throw new TemplateError(
          source,
          'YAML aliases are not allowed in CloudFormation templates: repeat the value',
        );
      return loadTemplateYaml(text, mayRepeat);
    });
  try {
    return { document: load(false), remarks: [] };
  } catch (error) {
    const repeated = repeatedKey(error, body);
    if (repeated === undefined) throw asTemplateError(error, source, body);
    try {
      // CloudFormation's reader takes such templates, some of which AWS has published.
      return { document: load(true), remarks: [repeated] };
    } catch (other) {
      throw asTemplateError(other, source, body);
    }
  }
}

function repeatedKey(error: unknown, body: string): string | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key' || !error.mark)
    return undefined;
  const { line, column } = error.mark;
  const [key = ''] = (body.split('\n')[line] ?? '').slice(column).split(/\s*:(?:\s|$)/);
  return `line ${line + 1} repeats the key ${key.replaceAll(/["']/g, '')}: of two values CloudFormation takes the last`;
}

function asTemplateError(error: unknown, source: string, body: string): unknown {
  if (!(error instanceof YAMLException)) return error;
  return new TemplateError(
    source,
    placeholderOf(body) ?? manifestsOf(error, body) ?? yamlSentence(error, SHORT_FORMS),
  );
}

/** Several documents are no template, and most often they are manifests, as those of samples/ that kubectl applies. */
function manifestsOf({ reason }: YAMLException, body: string): string | undefined {
  return reason.startsWith('expected a single document') && /^apiVersion:/m.test(body) && /^kind:/m.test(body)
    ? KUBERNETES
    : undefined;
}

/** Of Helm, Jinja and their like, which fill a file in before anybody reads it as YAML. */
function placeholderOf(body: string): string | undefined {
  const line = body.split('\n').findIndex((text) => /\{%|\{\{(?!resolve:)/.test(text));
  return line < 0
    ? undefined
    : `line ${line + 1}: {{ }} and {% %} belong to a template engine: give the file that it makes`;
}
