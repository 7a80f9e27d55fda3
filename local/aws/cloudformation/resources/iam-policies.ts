/** AWS::IAM::ManagedPolicy and AWS::IAM::Policy, and the ARNs of IAM. */
import { type JsonObject } from '../json';
import { physicalName, uniqueId } from './physical-name';
import { type ResourceContext, type ResourceType } from './resource-type';

export function arnOf(
  noun: string,
  properties: JsonObject,
  { partition, accountId }: ResourceContext,
  name: string,
): string {
  const path = typeof properties['Path'] === 'string' ? properties['Path'] : '/';
  return `arn:${partition}:iam::${accountId}:${noun}${path}${name}`;
}

/** `Ref` is the ARN. */
export function managedPolicy(): ResourceType {
  return {
    attributes: [
      'PolicyArn',
      'PolicyId',
      'AttachmentCount',
      'CreateDate',
      'DefaultVersionId',
      'IsAttachable',
      'PermissionsBoundaryUsageCount',
      'UpdateDate',
    ],
    replacedBy: ['ManagedPolicyName', 'Path', 'Description'],
    nameProperty: 'ManagedPolicyName',
    create: (properties, context) => {
      const given = properties['ManagedPolicyName'];
      const name =
        typeof given === 'string' ? given : physicalName(context.stackName, context.logicalId, 128);
      const arn = arnOf('policy', properties, context, name);
      return {
        physicalId: arn,
        attributes: { PolicyArn: arn, PolicyId: uniqueId('ANPA'), DefaultVersionId: 'v1' },
      };
    },
  };
}

export function inlinePolicy(): ResourceType {
  return {
    attributes: ['Id'],
    create: (_properties, { stackName, logicalId }) => {
      const name = physicalName(stackName, logicalId, 64);
      return { physicalId: name, attributes: { Id: name } };
    },
  };
}
