/** Parses and checks the template and the parameters of a request, as CloudFormation does before it starts. */
import { parameterTexts, ssmNames } from '../template/parameters';
import { parseTemplate } from '../template/parse-template';
import { type KnownValues } from '../template/static-scope';
import { partitionOf, type Template } from '../template/template';
import { checkDynamicReferences } from './check-dynamic-references';
import { checkTypes, type IsLookedAt, unconditional } from './check-types';
import { NESTED_STACK } from './nested-stack';
import { urlBeside } from './template-url';
import { type EngineOptions, type StackRequest } from './requests';

export type TemplateRequest = Pick<StackRequest, 'template' | 'templateName' | 'templateLimit'>;

export interface ReadRequest {
  readonly template: Template;
  /** By name, defaults filled in. */
  readonly parameters: ReadonlyMap<string, string>;
  /** By parameter of type AWS::SSM::Parameter::Value<…>: the parameter of SSM that it names. */
  readonly ssmNames: ReadonlyMap<string, string>;
}

export class RequestReader {
  constructor(
    private readonly options: Pick<
      EngineOptions,
      'accountId' | 'region' | 'types' | 'customTypes' | 'ssm' | 'onNote'
    >,
  ) {}

  /** Throws TemplateError. */
  template({ template: body, templateName, templateLimit }: TemplateRequest, known?: KnownValues): Template {
    const template = withFiles(
      templateName,
      parseTemplate(body, {
        ...(templateName === undefined ? {} : { source: templateName }),
        ...(templateLimit === undefined ? {} : { limit: templateLimit }),
        ...(known === undefined ? {} : { known }),
      }),
    );
    this.check(template, unconditional);
    return template;
  }

  /** What can be said of the entries that are looked at, whatever becomes of them. Throws TemplateError. */
  check(template: Template, isLookedAt: IsLookedAt): void {
    const { types, customTypes } = this.options;
    checkDynamicReferences(template, types, isLookedAt);
    checkTypes(template, types, customTypes, isLookedAt);
  }

  /** Throws TemplateError. */
  request(
    request: TemplateRequest & Pick<StackRequest, 'parameters' | 'name'>,
    isNested = false,
  ): ReadRequest {
    const { accountId, region } = this.options;
    const { partition, urlSuffix } = partitionOf(region);
    const pseudo = {
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::StackName': request.name,
      'AWS::URLSuffix': urlSuffix,
    };
    const template = this.template(request, { parameters: request.parameters ?? {}, pseudo });
    const { ssm, onNote } = this.options;
    const lookUp = (name: string, type: string): string | undefined => {
      const found = ssm?.find(name, undefined, type);
      if (found?.standIn) onNote?.(`stand-in: the SSM parameter ${name} is ${found.value}`);
      return found?.value;
    };
    const remedy = isNested
      ? () => 'the resource that nests this template gives them as its Parameters'
      : undefined;
    const given = request.parameters ?? {};
    const parameters = parameterTexts(template, given, lookUp, remedy);
    return { template, parameters, ssmNames: ssmNames(template, given) };
  }
}

/** Nested templates that are named by a path lie beside the template that names them. */
function withFiles(templateName: string | undefined, template: Template): Template {
  const resources = [...template.resources].map(([logicalId, resource]) => {
    const url = resource.type === NESTED_STACK ? resource.properties['TemplateURL'] : undefined;
    if (typeof url !== 'string') return [logicalId, resource] as const;
    const properties = { ...resource.properties, TemplateURL: urlBeside(templateName, url) };
    return [logicalId, { ...resource, properties }] as const;
  });
  return { ...template, resources: new Map(resources) };
}
