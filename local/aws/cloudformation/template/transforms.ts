/** Transforms and macros that the local CloudFormation cannot run, by name. Pure. */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { TemplateError } from '../template-error';

const PROCESSED =
  'Take the template that it makes, which "aws cloudformation get-template --template-stage Processed" prints of a deployed stack';

/** Throws TemplateError. */
export function refuseTransforms(document: JsonObject, source: string): void {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, sentence);
  };
  for (const transform of [document['Transform'] ?? []].flat()) {
    const name = isObject(transform) ? asText(transform['Name']) : transform;
    if (name !== 'AWS::LanguageExtensions')
      refuse(
        `the transform ${JSON.stringify(name)} cannot run here: only AWS::LanguageExtensions can. ${PROCESSED}`,
      );
  }
  if (document['Globals'] !== undefined)
    refuse(
      '"Globals" belongs to the transform AWS::Serverless-2016-10-31, which the template does not name and which cannot run here',
    );
  const macro = macroIn(document, '');
  if (macro)
    refuse(
      `${macro.place} uses Fn::Transform (${macro.name}), which cannot run here. ${macro.name === 'AWS::Include' ? 'Write what it includes in its place' : PROCESSED}`,
    );
}

function macroIn(value: Json, place: string): { readonly place: string; readonly name: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::Transform' && !Array.isArray(value))
      return {
        place: place === '' ? 'the template' : place,
        name: [inner]
          .flat()
          .map((call) => (isObject(call) ? asText(call['Name']) : asText(call)))
          .join(', '),
      };
    const found = macroIn(inner, place === '' ? key : `${place}/${key}`);
    if (found) return found;
  }
  return undefined;
}
