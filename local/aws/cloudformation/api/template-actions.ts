/** The actions that are about a template alone. */
import { capabilitiesOf } from '../stack/capabilities';
import { type Actions, existingStack } from './action';
import { optional } from './query-parameters';
import { templateRequest } from './stack-request';
import { describeParameters } from './views';

export const templateActions: Actions = {
  GetTemplate: (parameters, { engine }) => {
    const stack = existingStack(parameters, engine);
    return { TemplateBody: stack.template?.body ?? '', StagesAvailable: ['Original', 'Processed'] };
  },
  GetTemplateSummary: (parameters, { engine }) => {
    const name = optional(parameters, 'StackName');
    const request =
      name === undefined
        ? templateRequest(parameters, engine)
        : { template: engine.stacks.require(name).template?.body ?? '' };
    const template = engine.preparation.reader.template(request);
    const { capabilities, reason } = capabilitiesOf(template);
    return {
      Parameters: describeParameters(template).map(({ DefaultValue: preset, ...rest }) => ({
        ...rest,
        DefaultValue: preset,
      })),
      Capabilities: [...capabilities],
      CapabilitiesReason: reason,
      ResourceTypes: [...new Set([...template.resources.values()].map(({ type }) => type))],
      Description: template.description,
      Version: '2010-09-09',
    };
  },
  ValidateTemplate: (parameters, { engine }) => {
    const template = engine.preparation.reader.template(templateRequest(parameters, engine));
    const { capabilities, reason } = capabilitiesOf(template);
    return {
      Parameters: describeParameters(template).map(({ ParameterType: _type, ...rest }) => rest),
      Description: template.description,
      Capabilities: [...capabilities],
      CapabilitiesReason: reason,
    };
  },
};
