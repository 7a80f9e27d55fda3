/** The parameters that CreateStack, UpdateStack and CreateChangeSet share. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validationError } from '../api-error';
import { checkCapabilities } from '../stack/capabilities';
import { type LocalCloudFormation } from '../stack/engine';
import { type StackRequest } from '../stack/requests';
import { list, optional, records, required } from './query-parameters';
import { S3_LIMIT } from '../template/parse-template';

/** The template of a request; there is no S3 here, so that a TemplateURL is a `file:` URL. */
export function templateRequest(
  parameters: URLSearchParams,
): Pick<StackRequest, 'template' | 'templateName' | 'templateLimit'> {
  const body = optional(parameters, 'TemplateBody');
  const url = optional(parameters, 'TemplateURL');
  if (body !== undefined) return { template: body };
  if (url === undefined) throw validationError('Either Template URL or Template Body must be specified.');
  if (!url.startsWith('file:')) throw validationError('TemplateURL must be a supported URL.');
  return { template: readFileSync(fileURLToPath(url), 'utf8'), templateLimit: S3_LIMIT };
}

export function stackRequest(parameters: URLSearchParams, engine: LocalCloudFormation): StackRequest {
  const name = required(parameters, 'StackName');
  const current = engine.stack(name);
  const previous =
    optional(parameters, 'UsePreviousTemplate') === 'true' ? current?.template?.body : undefined;
  const source =
    previous === undefined ? templateRequest(parameters) : { template: previous, templateLimit: S3_LIMIT };
  const capabilities = list(parameters, 'Capabilities');
  const tags = records(parameters, 'Tags').map(
    ({ Key: key = '', Value: value = '' }) => [key, value] as const,
  );
  checkCapabilities(engine.preparation.reader.template(source), capabilities);
  const given = records(parameters, 'Parameters').map(
    ({ ParameterKey: key = '', ParameterValue: value = '', UsePreviousValue: previously }) => [
      key,
      previously === 'true' ? (current?.parameters.get(key) ?? '') : value,
    ],
  );
  const onFailure = optional(parameters, 'OnFailure');
  return {
    name: current?.name ?? name,
    ...source,
    parameters: Object.fromEntries(given) as Record<string, string>,
    capabilities,
    ...(tags.length > 0 ? { tags: Object.fromEntries(tags) } : {}),
    disableRollback: optional(parameters, 'DisableRollback') === 'true' || onFailure === 'DO_NOTHING',
  };
}
