/** Change sets, as far as `aws cloudformation deploy` and `cdk deploy` use them. */
import { randomUUID } from 'node:crypto';
import { CloudFormationError, validationError } from '../api-error';
import { type LocalCloudFormation } from '../stack/engine';
import { type StackRequest } from '../stack/requests';
import { nothingToUpdate } from '../stack/no-updates';
import { plannedChanges } from './planned-changes';
import { optional, required } from './query-parameters';
import { type Stack } from '../stack/stack';
import { stackRequest } from './stack-request';
import { partitionOf } from '../template/template';
import { isoTime } from './views';
import { type Xml } from './xml';

interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly type: string;
  readonly request: StackRequest;
  readonly changes: readonly Xml[];
  readonly created: number;
  status: string;
  executionStatus: string;
  reason?: string;
}

const UNCHANGED =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export class ChangeSets {
  private readonly all: ChangeSet[] = [];

  constructor(private readonly engine: LocalCloudFormation) {}

  create(parameters: URLSearchParams): Xml {
    const type = optional(parameters, 'ChangeSetType') ?? 'UPDATE';
    const name = required(parameters, 'ChangeSetName');
    const request = stackRequest(parameters, this.engine);
    const read = this.engine.preparation.read(request);
    const existing = this.engine.stack(request.name);
    if (type === 'UPDATE' && !existing) throw validationError(`Stack [${request.name}] does not exist`);
    if (type === 'CREATE' && existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw validationError(
        `Stack [${request.name}] already exists and cannot be created again with the changeSet [${name}].`,
      );
    }
    if (this.all.some((other) => other.name === name && other.stack === existing)) {
      throw new CloudFormationError('AlreadyExistsException', `ChangeSet [${name}] already exists`);
    }
    const stack = existing ?? this.engine.stacks.add(request.name);
    if (!existing) stack.enter('REVIEW_IN_PROGRESS', 'User Initiated');
    const operation = this.engine.preparation.operation(stack, read);
    const unchanged = type === 'UPDATE' && nothingToUpdate(operation, request.tags);
    const [, , , region = '', account = ''] = stack.id.split(':');
    const set: ChangeSet = {
      id: `arn:${partitionOf(region).partition}:cloudformation:${region}:${account}:changeSet/${name}/${randomUUID()}`,
      name,
      stack,
      type,
      request,
      created: Date.now(),
      changes: unchanged ? [] : plannedChanges(operation),
      status: unchanged ? 'FAILED' : 'CREATE_COMPLETE',
      executionStatus: unchanged ? 'UNAVAILABLE' : 'AVAILABLE',
      ...(unchanged ? { reason: UNCHANGED } : {}),
    };
    this.all.push(set);
    return { Id: set.id, StackId: stack.id };
  }

  describe(parameters: URLSearchParams): Xml {
    const set = this.find(parameters);
    const { request, stack } = set;
    return {
      ...summary(set),
      Parameters: Object.entries(request.parameters ?? {}).map(([key, value]) => ({
        ParameterKey: key,
        ParameterValue: String(value),
      })),
      Capabilities: [...(request.capabilities ?? [])],
      Tags: Object.entries(request.tags ?? stack.tags).map(([key, value]) => ({ Key: key, Value: value })),
      NotificationARNs: [],
      Changes: set.changes,
    };
  }

  execute(parameters: URLSearchParams): Xml {
    const set = this.find(parameters);
    if (set.executionStatus !== 'AVAILABLE') {
      throw new CloudFormationError(
        'InvalidChangeSetStatus',
        `ChangeSet [${set.id}] cannot be executed in its current execution status of [${set.executionStatus}]`,
      );
    }
    const isDisabled = optional(parameters, 'DisableRollback') === 'true';
    const request = { ...set.request, disableRollback: isDisabled || set.request.disableRollback === true };
    if (set.type === 'CREATE') this.engine.beginCreate(request);
    else this.engine.beginUpdate(request);
    set.executionStatus = 'EXECUTE_COMPLETE';
    return {};
  }

  /** Of a stack that exists, a change set that does not is gone already, as the CDK relies on. */
  remove(parameters: URLSearchParams): Xml {
    const stackName = optional(parameters, 'StackName');
    const set = this.lookUp(parameters);
    if (set) this.all.splice(this.all.indexOf(set), 1);
    else if (stackName === undefined || !this.engine.stack(stackName))
      throw notFound(required(parameters, 'ChangeSetName'));
    return {};
  }

  list(parameters: URLSearchParams): Xml {
    const stack = this.engine.stacks.require(required(parameters, 'StackName'));
    return { Summaries: this.all.filter((set) => set.stack === stack).map(summary) };
  }

  private find(parameters: URLSearchParams): ChangeSet {
    const found = this.lookUp(parameters);
    if (!found) throw notFound(required(parameters, 'ChangeSetName'));
    return found;
  }

  private lookUp(parameters: URLSearchParams): ChangeSet | undefined {
    const name = required(parameters, 'ChangeSetName');
    const stackName = optional(parameters, 'StackName');
    return this.all.findLast(
      (set) =>
        set.id === name ||
        (set.name === name && (set.stack.name === stackName || set.stack.id === stackName)),
    );
  }
}

const notFound = (name: string): CloudFormationError =>
  new CloudFormationError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);

function summary(set: ChangeSet): Record<string, Xml> {
  return {
    ChangeSetId: set.id,
    ChangeSetName: set.name,
    StackId: set.stack.id,
    StackName: set.stack.name,
    CreationTime: isoTime(set.created),
    Status: set.status,
    StatusReason: set.reason,
    ExecutionStatus: set.executionStatus,
  };
}
