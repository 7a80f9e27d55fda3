/** The parameters that CreateStack, UpdateStack and CreateChangeSet share. */
import { validationError } from '../api-error';
import { checkCapabilities } from '../stack/capabilities';
import { type LocalCloudFormation } from '../stack/engine';
import { type StackRequest } from '../stack/requests';
import { list, optional, records, required } from './query-parameters';
import { S3_LIMIT } from '../template/parse-template';

/** The template of a request; a TemplateURL names an object of the local S3, or is a `file:` URL. */
export function templateRequest(
  parameters: URLSearchParams,
  engine: LocalCloudFormation,
): Pick<StackRequest, 'template' | 'templateName' | 'templateLimit'> {
  const body = optional(parameters, 'TemplateBody');
  const url = optional(parameters, 'TemplateURL');
  if (body !== undefined) return { template: body };
  if (url === undefined) throw validationError('Either Template URL or Template Body must be specified.');
  const read = engine.readTemplate(url);
  if ('obstacle' in read) throw validationError(`TemplateURL is ${url}, ${read.obstacle}`);
  return { template: read.text, templateLimit: S3_LIMIT };
}

export function stackRequest(parameters: URLSearchParams, engine: LocalCloudFormation): StackRequest {
  const name = required(parameters, 'StackName');
  const current = engine.stack(name);
  const previous =
    optional(parameters, 'UsePreviousTemplate') === 'true' ? current?.template?.body : undefined;
  const source =
    previous === undefined
      ? templateRequest(parameters, engine)
      : { template: previous, templateLimit: S3_LIMIT };
  const capabilities = list(parameters, 'Capabilities');
  const tags = records(parameters, 'Tags').map(
    ({ Key: key = '', Value: value = '' }) => [key, value] as const,
  );
  checkCapabilities(engine.preparation.reader.template(source), capabilities);
  const given = records(parameters, 'Parameters').map(
    ({ ParameterKey: key = '', ParameterValue: value = '', UsePreviousValue: previously }) => [
      key,
      previously === 'true' ? (current?.given.get(key) ?? '') : value,
    ],
  );
  const onFailure = optional(parameters, 'OnFailure') ?? optional(parameters, 'OnStackFailure');
  return {
    name: current?.name ?? name,
    ...source,
    parameters: Object.fromEntries(given) as Record<string, string>,
    capabilities,
    ...(tags.length > 0 ? { tags: Object.fromEntries(tags) } : {}),
    disableRollback: optional(parameters, 'DisableRollback') === 'true' || onFailure === 'DO_NOTHING',
  };
}
