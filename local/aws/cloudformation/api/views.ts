/** Stacks and resources as the API shows them. */
import { type ResourceState } from '../stack/resource-state';
import { type Stack } from '../stack/stack';
import { isPrimitive } from '../json';
import { type Template } from '../template/template';
import { type Xml } from './xml';

type Fields = Record<string, Xml>;

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

const pairs = (entries: Iterable<readonly [string, string]>, key: string, value: string): Fields[] =>
  Array.from(entries, ([name, text]) => ({ [key]: name, [value]: text }));

export function describeStack(stack: Stack): Fields {
  const shown = [...stack.given].map(
    ([name, text]) => [name, stack.template?.parameters.get(name)?.noEcho ? '****' : text] as const,
  );
  const resolved = new Map([...stack.ssmNames.keys()].map((name) => [name, stack.parameters.get(name)]));
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: stack.template?.description,
    CreationTime: isoTime(stack.created),
    LastUpdatedTime: stack.updated === undefined ? undefined : isoTime(stack.updated),
    DeletionTime: stack.deleted === undefined ? undefined : isoTime(stack.deleted),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: [...stack.capabilities],
    Parameters: pairs(shown, 'ParameterKey', 'ParameterValue').map((shownAs) => ({
      ...shownAs,
      ResolvedValue: resolved.get(shownAs['ParameterKey'] as string),
    })),
    Tags: pairs(Object.entries(stack.tags), 'Key', 'Value'),
    EnableTerminationProtection: false,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
  };
}

export function summarizeStack(stack: Stack): Fields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.template?.description,
    CreationTime: isoTime(stack.created),
    LastUpdatedTime: stack.updated === undefined ? undefined : isoTime(stack.updated),
    DeletionTime: stack.deleted === undefined ? undefined : isoTime(stack.deleted),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function resourceFields(resource: ResourceState): Fields {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

export function describeResource(stack: Stack, resource: ResourceState): Fields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    Timestamp: isoTime(resource.updated),
    ...resourceFields(resource),
  };
}

export function describeResourceDetail(stack: Stack, resource: ResourceState): Fields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    LastUpdatedTimestamp: isoTime(resource.updated),
    Metadata: resource.metadata === undefined ? undefined : JSON.stringify(resource.metadata),
    ...resourceFields(resource),
  };
}

export function summarizeResource(resource: ResourceState): Fields {
  return { LastUpdatedTimestamp: isoTime(resource.updated), ...resourceFields(resource) };
}

export function describeParameters(template: Template): Fields[] {
  return [...template.parameters].map(
    ([name, { type, default: preset, noEcho, description, allowedValues }]) => ({
      ParameterKey: name,
      DefaultValue: preset,
      ParameterType: type,
      NoEcho: noEcho,
      Description: description,
      ParameterConstraints:
        allowedValues === undefined ? undefined : { AllowedValues: allowedValues.filter(isPrimitive) },
    }),
  );
}
