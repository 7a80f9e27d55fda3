/** The API's actions by name. Each reads its parameters, asks the engine, and says what goes into the answer. */
import { validationError } from '../api-error';
import { exportsOf } from '../stack/outputs';
import { list, optional, required } from './query-parameters';
import { type Actions, existingStack } from './action';
import { stackRequest } from './stack-request';
import { templateActions } from './template-actions';
import {
  describeResource,
  describeResourceDetail,
  describeStack,
  isoTime,
  summarizeResource,
  summarizeStack,
} from './views';

export const actions: Actions = {
  CreateStack: (parameters, { engine }) => ({
    StackId: engine.beginCreate(stackRequest(parameters, engine)).stack.id,
  }),
  UpdateStack: (parameters, { engine }) => ({
    StackId: engine.beginUpdate(stackRequest(parameters, engine)).stack.id,
  }),
  DeleteStack: (parameters, { engine }) => {
    const name = required(parameters, 'StackName');
    // Deleting what is not there is a success.
    if (!engine.stack(name)) return undefined;
    engine.beginDelete({
      name,
      retainResources: list(parameters, 'RetainResources'),
      force: optional(parameters, 'DeletionMode') === 'FORCE_DELETE_STACK',
    });
    return undefined;
  },
  CancelUpdateStack: (parameters, { engine }) => void engine.cancelUpdate(required(parameters, 'StackName')),
  ContinueUpdateRollback: (parameters, { engine }) => {
    engine.beginContinueRollback(required(parameters, 'StackName'), list(parameters, 'ResourcesToSkip'));
    return {};
  },
  RollbackStack: (parameters, { engine }) => ({
    StackId: engine.beginRollback(required(parameters, 'StackName')).stack.id,
  }),
  DescribeStacks: (parameters, { engine }) => {
    const name = optional(parameters, 'StackName');
    const stacks =
      name === undefined
        ? engine.stacks.all.filter(({ status }) => status !== 'DELETE_COMPLETE')
        : [engine.stacks.require(name)];
    return { Stacks: stacks.map(describeStack) };
  },
  DescribeStackEvents: (parameters, { engine }) => {
    const name = required(parameters, 'StackName');
    const stack = engine.stack(name);
    if (!stack) throw validationError(`Stack [${name}] does not exist`);
    return {
      StackEvents: stack.events.toReversed().map((event) => ({
        StackId: event.stackId,
        EventId: event.eventId,
        StackName: event.stackName,
        LogicalResourceId: event.logicalId,
        PhysicalResourceId: event.physicalId,
        ResourceType: event.type,
        Timestamp: isoTime(event.timestamp),
        ResourceStatus: event.status,
        ResourceStatusReason: event.reason,
        ResourceProperties: event.properties,
      })),
    };
  },
  DescribeStackResource: (parameters, { engine }) => {
    const stack = existingStack(parameters, engine);
    const logicalId = required(parameters, 'LogicalResourceId');
    const resource = stack.resources.get(logicalId);
    if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
    return { StackResourceDetail: describeResourceDetail(stack, resource) };
  },
  DescribeStackResources: (parameters, { engine }) => {
    const stack = existingStack(parameters, engine);
    const logicalId = optional(parameters, 'LogicalResourceId');
    const resources = [...stack.resources.values()].filter(
      (resource) => logicalId === undefined || resource.logicalId === logicalId,
    );
    return { StackResources: resources.map((resource) => describeResource(stack, resource)) };
  },
  ListStackResources: (parameters, { engine }) => ({
    StackResourceSummaries: [...existingStack(parameters, engine).resources.values()].map(summarizeResource),
  }),
  ListStacks: (parameters, { engine }) => {
    const wanted = list(parameters, 'StackStatusFilter');
    const stacks = engine.stacks.all.filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    return { StackSummaries: stacks.toReversed().map(summarizeStack) };
  },
  ListExports: (_parameters, { engine }) => ({
    Exports: engine.stacks.exports().map(({ name, value, exportingStackId }) => ({
      ExportingStackId: exportingStackId,
      Name: name,
      Value: value,
    })),
  }),
  ListImports: (parameters, { engine }) => {
    const name = required(parameters, 'ExportName');
    if (!engine.stacks.all.some((stack) => exportsOf(stack.outputs).has(name)))
      throw validationError(`Export '${name}' does not exist.`);
    const importers = engine.stacks.importers(name);
    if (importers.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
    return { Imports: [...importers] };
  },
  ...templateActions,
  CreateChangeSet: (parameters, { changeSets }) => changeSets.create(parameters),
  DescribeChangeSet: (parameters, { changeSets }) => changeSets.describe(parameters),
  ExecuteChangeSet: (parameters, { changeSets }) => changeSets.execute(parameters),
  DeleteChangeSet: (parameters, { changeSets }) => changeSets.remove(parameters),
  ListChangeSets: (parameters, { changeSets }) => changeSets.list(parameters),
};
