/** The parameter by which a template that makes a cluster lets its authentication mode be chosen. Pure. */
import { isObject, type Json } from '../aws/cloudformation/json';
import { parseTemplate } from '../aws/cloudformation/template/parse-template';
import { type ParameterValues } from '../aws/cloudformation/template/parameters';

/**
 * `given` and, for every parameter that is the `AccessConfig.AuthenticationMode` of an AWS::EKS::Cluster and was not
 * given, `mode`. Throws TemplateError for a template that is none.
 */
export function withMode(
  template: { readonly name: string; readonly text: string },
  mode: string,
  given: ParameterValues,
): ParameterValues {
  const { parameters, resources } = parseTemplate(template.text, { source: template.name });
  const chosen = [...resources.values()].flatMap(({ type, properties }) => {
    const name = type === 'AWS::EKS::Cluster' ? referredBy(properties['AccessConfig']) : undefined;
    return name !== undefined && parameters.has(name) ? [[name, mode] as const] : [];
  });
  return { ...Object.fromEntries(chosen), ...given };
}

function referredBy(accessConfig: Json | undefined): string | undefined {
  const mode = isObject(accessConfig) ? accessConfig['AuthenticationMode'] : undefined;
  const name = isObject(mode) ? mode['Ref'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
