/** Parses and checks the template and the parameters of a request, as CloudFormation does before it starts. */
import { parameterTexts } from '../template/parameters';
import { parseTemplate } from '../template/parse-template';
import { type Template } from '../template/template';
import { checkDynamicReferences } from './check-dynamic-references';
import { checkTypes } from './check-types';
import { type EngineOptions, type StackRequest } from './requests';

export type TemplateRequest = Pick<StackRequest, 'template' | 'templateName' | 'templateLimit'>;

export interface ReadRequest {
  readonly template: Template;
  /** By name, defaults filled in. */
  readonly parameters: ReadonlyMap<string, string>;
}

export class RequestReader {
  constructor(private readonly options: Pick<EngineOptions, 'types' | 'customTypes' | 'ssm' | 'onNote'>) {}

  /** Throws TemplateError. */
  template({ template: body, templateName, templateLimit }: TemplateRequest): Template {
    const template = parseTemplate(body, {
      ...(templateName === undefined ? {} : { source: templateName }),
      ...(templateLimit === undefined ? {} : { limit: templateLimit }),
    });
    checkDynamicReferences(template);
    checkTypes(template, this.options.types, this.options.customTypes);
    return template;
  }

  /** Throws TemplateError. */
  request(request: TemplateRequest & Pick<StackRequest, 'parameters'>): ReadRequest {
    const template = this.template(request);
    const { ssm, onNote } = this.options;
    const lookUp = (name: string, type: string): string | undefined => {
      const found = ssm?.find(name, undefined, type);
      if (found?.standIn) onNote?.(`stand-in: the SSM parameter ${name} is ${found.value}`);
      return found?.value;
    };
    return { template, parameters: parameterTexts(template, request.parameters ?? {}, lookUp) };
  }
}
