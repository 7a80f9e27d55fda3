/** The parameter by which a template that makes a cluster lets its authentication mode be chosen. Pure. */
import { isObject, type Json } from '../aws/cloudformation/json';
import { TemplateError } from '../aws/cloudformation/template-error';
import { parseTemplate, S3_LIMIT } from '../aws/cloudformation/template/parse-template';
import { type ParameterValues } from '../aws/cloudformation/template/parameters';
import { type Template } from '../aws/cloudformation/template/template';

/**
 * `given` and, for every parameter that is the `AccessConfig.AuthenticationMode` of an AWS::EKS::Cluster and was not
 * given, `mode`. `given` alone for a template that cannot be read: CloudFormation says so when it gets it.
 */
export function withMode(
  template: { readonly name: string; readonly text: string },
  mode: string,
  given: ParameterValues,
): ParameterValues {
  const read = readable(template, given);
  if (!read) return given;
  const { parameters, resources } = read;
  const chosen = [...resources.values()].flatMap(({ type, properties }) => {
    const name = type === 'AWS::EKS::Cluster' ? referredBy(properties['AccessConfig']) : undefined;
    return name !== undefined && parameters.has(name) ? [[name, mode] as const] : [];
  });
  return { ...Object.fromEntries(chosen), ...given };
}

function readable(
  { name, text }: { readonly name: string; readonly text: string },
  parameters: ParameterValues,
): Template | undefined {
  try {
    return parseTemplate(text, { source: name, limit: S3_LIMIT, known: { parameters } });
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function referredBy(accessConfig: Json | undefined): string | undefined {
  const mode = isObject(accessConfig) ? accessConfig['AuthenticationMode'] : undefined;
  const name = isObject(mode) ? mode['Ref'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
