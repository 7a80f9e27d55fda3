/** AWS::CloudFormation::Stack: a stack of its own, whose outputs are attributes of the resource. */
import { fileURLToPath } from 'node:url';
import { asText, isObject, type Json, type JsonObject } from '../json';
import { physicalName } from '../resources/physical-name';
import { schemaOf } from '../resources/registry/registry';
import { type Provisioned, ResourceFailure, type ResourceType } from '../resources/resource-type';
import { S3_LIMIT } from '../template/parse-template';
import { type DeleteRequest, type StackRequest, type Started } from './requests';
import { type Stack } from './stack';

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

export interface NestedStacks {
  beginCreate(request: StackRequest): Started;
  beginUpdate(request: StackRequest): Started;
  beginDelete(request: DeleteRequest): Started;
  stack(id: string): Pick<Stack, 'template' | 'given'> | undefined;
  /** Text of a template, or in words why it cannot be had. */
  readTemplate(url: string): { readonly text: string } | { readonly obstacle: string };
}

export function nestedStackType(stacks: NestedStacks): ResourceType {
  const request = (name: string, properties: JsonObject): StackRequest => {
    const url = asText(properties['TemplateURL']);
    const read = stacks.readTemplate(url);
    if ('obstacle' in read) throw new ResourceFailure(`TemplateURL is ${url}, ${read.obstacle}`);
    return {
      name,
      template: read.text,
      templateName: nestedName(url),
      templateLimit: S3_LIMIT,
      parameters: nestedParameters(properties['Parameters']),
    };
  };
  const settle = async ({ stack, done }: Started, wanted: RegExp, what: string): Promise<Provisioned> => {
    await done;
    if (wanted.test(stack.status))
      return { physicalId: stack.id, attributes: { Outputs: { ...stack.outputValues } } };
    throw new ResourceFailure(
      `Embedded stack ${stack.id} was not successfully ${what}: ${reasonOf(stack)}`,
      stack.id,
    );
  };
  /** By stack id: what an update began with, which may be found nowhere any more when it is taken back. */
  const earlier = new Map<string, Pick<StackRequest, 'template' | 'parameters'>>();
  const schema = schemaOf(NESTED_STACK);
  return {
    ...(schema ? { schema } : {}),
    create: (properties, { stackName, logicalId }) =>
      settle(
        stacks.beginCreate(request(physicalName(stackName, logicalId, 128), properties)),
        /^CREATE_COMPLETE$/,
        'created',
      ),
    update: async (properties, { isRollback = false }, current) => {
      const { physicalId: id } = current;
      const now = stacks.stack(id);
      const wanted = request(id, properties);
      const again = isRollback ? earlier.get(id) : undefined;
      if (now?.template && !isRollback)
        earlier.set(id, { template: now.template.body, parameters: Object.fromEntries(now.given) });
      try {
        return await settle(stacks.beginUpdate({ ...wanted, ...again }), /^UPDATE_COMPLETE$/, 'updated');
      } catch (error) {
        if (error instanceof Error && error.message === 'No updates are to be performed.') return current;
        throw error;
      }
    },
    delete: async (_properties, _context, physicalId) => {
      await settle(stacks.beginDelete({ name: physicalId }), /^DELETE_COMPLETE$/, 'deleted');
    },
  };
}

/** How messages name the template: a file by its path. */
export function nestedName(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

/** Simple values, as the schema has seen to. */
export function nestedParameters(given: Json | undefined): Record<string, string> {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)]));
}

function reasonOf(stack: Stack): string {
  const failed = stack.events.findLast(
    ({ status, logicalId }) => status.endsWith('_FAILED') && logicalId !== stack.name,
  );
  return failed?.reason ?? stack.reason ?? stack.status;
}
