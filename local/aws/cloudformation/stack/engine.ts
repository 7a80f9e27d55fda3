/** The local CloudFormation: stacks by name, one operation at a time on each. */
import { type Clock, systemClock } from '../../lambda/clock';
import { CloudFormationError, validationError } from '../api-error';
import { deleteOperation } from './delete-operation';
import { NESTED_STACK, type NestedStacks, nestedStackType } from './nested-stack';
import { type ResourceTypes } from '../resources/resource-type';
import { readTemplateUrl } from './template-url';
import { nothingToUpdate } from './no-updates';
import { createOperation, updateOperation } from './operation';
import { Preparation } from './preparation';
import { type DeleteRequest, type EngineOptions, type Started, type StackRequest } from './requests';
import { rollbackCreation, rollbackOperation } from './rollback-operation';
import { RunningOperations } from './running-operations';
import { type Stack } from './stack';
import { StackList } from './stack-list';
import {
  requireDeletable,
  requireRollbackFrom,
  requireSameTypes,
  requireUpdatable,
  requireUpdating,
} from './stack-rules';
import { type World } from './step';

/** `begin…` throw the API's errors and answer what is under way; the others wait for the stack's final state. */
export class LocalCloudFormation {
  readonly stacks: StackList;
  readonly preparation: Preparation;
  /** Text of a template by its URL, or in words why it cannot be had. */
  readonly readTemplate: NestedStacks['readTemplate'];
  private readonly running = new RunningOperations();
  private readonly world: World;
  private readonly clock: Clock;

  constructor(options: EngineOptions) {
    const { accountId, region, clock = systemClock, objects } = options;
    const nested = nestedStackType(this);
    const types: ResourceTypes = (type) => (type === NESTED_STACK ? nested : options.types(type));
    this.world = { accountId, region, types };
    this.readTemplate = (url) => readTemplateUrl(url, objects);
    this.clock = clock;
    this.stacks = new StackList({ ...options, clock });
    this.preparation = new Preparation({
      ...options,
      types,
      readTemplate: this.readTemplate,
      world: this.world,
      stacks: this.stacks,
    });
  }

  /** By name (not if deleted) or by id. */
  stack(nameOrId: string): Stack | undefined {
    return this.stacks.find(nameOrId);
  }

  /** The final state, also when that is ROLLBACK_COMPLETE. Rejects with TemplateError or CloudFormationError only. */
  async createStack(request: StackRequest): Promise<Stack> {
    return this.beginCreate(request).done;
  }

  async updateStack(request: StackRequest): Promise<Stack> {
    return this.beginUpdate(request).done;
  }

  /** When an export is still imported, the stack stays as it was and its `reason` says by whom it is used. */
  async deleteStack(request: string | DeleteRequest): Promise<Stack> {
    return this.beginDelete(typeof request === 'string' ? { name: request } : request).done;
  }

  async continueUpdateRollback(name: string, resourcesToSkip: readonly string[] = []): Promise<Stack> {
    return this.beginContinueRollback(name, resourcesToSkip).done;
  }

  beginCreate(request: StackRequest): Started {
    const existing = this.stack(request.name);
    if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw new CloudFormationError('AlreadyExistsException', `Stack [${request.name}] already exists`);
    }
    const read = this.preparation.read(request);
    const stack = existing ?? this.stacks.add(request.name);
    Object.assign(stack, read);
    stack.applySettings(request);
    return this.running.start(stack, (cancel) =>
      createOperation(this.preparation.operation(stack, read, cancel)),
    );
  }

  beginUpdate(request: StackRequest): Started {
    const stack = this.stack(request.name);
    if (!stack) throw validationError(`Stack [${request.name}] does not exist`);
    requireUpdatable(stack);
    const read = this.preparation.read(request);
    requireSameTypes(stack, read.template);
    if (nothingToUpdate(this.preparation.operation(stack, read), request.tags))
      throw validationError('No updates are to be performed.');
    stack.applySettings(request);
    stack.updated = this.clock.now();
    return this.running.start(stack, async (cancel) => {
      // What an earlier update without rollback has changed goes back with this one.
      stack.unfinished = await updateOperation(
        this.preparation.operation(stack, read, cancel),
        stack.unfinished,
      );
    });
  }

  beginDelete({ name, retainResources = [], force = false }: DeleteRequest): Started {
    const stack = this.stacks.require(name);
    const under = this.running.of(stack);
    requireDeletable(stack, retainResources, under !== undefined);
    if (stack.status === 'DELETE_COMPLETE') return { stack, done: Promise.resolve(stack) };
    if (under && stack.status === 'DELETE_IN_PROGRESS') return { stack, done: under.done };
    // Deleting a stack that is being created cancels the creation first.
    under?.cancel.abort();
    return this.running.start(stack, async () => {
      if (under) await under.done;
      await deleteOperation(
        { world: this.world, stack, exports: this.stacks },
        { retain: retainResources, force },
      );
      if (stack.status === 'DELETE_COMPLETE') stack.deleted = this.clock.now();
    });
  }

  /** `CancelUpdateStack`: turns the running update into a rollback. */
  cancelUpdate(name: string): void {
    const stack = this.stacks.require(name);
    requireUpdating(stack);
    this.running.of(stack)?.cancel.abort();
  }

  beginContinueRollback(name: string, resourcesToSkip: readonly string[]): Started {
    const stack = this.stacks.require(name);
    requireRollbackFrom(stack, ['UPDATE_ROLLBACK_FAILED']);
    return this.running.start(stack, () => this.rollBackUpdate(stack, resourcesToSkip));
  }

  /** `RollbackStack`: back from a failure that was kept by `disableRollback`. */
  beginRollback(name: string): Started {
    const stack = this.stacks.require(name);
    requireRollbackFrom(stack, ['CREATE_FAILED', 'UPDATE_FAILED']);
    return this.running.start(stack, async () => {
      if (stack.status === 'UPDATE_FAILED') return this.rollBackUpdate(stack, []);
      stack.enter('ROLLBACK_IN_PROGRESS', 'User Initiated');
      await rollbackCreation({ world: this.world, stack });
    });
  }

  private async rollBackUpdate(stack: Stack, skip: readonly string[]): Promise<void> {
    stack.enter('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
    stack.unfinished = await rollbackOperation({ world: this.world, stack }, stack.unfinished, skip);
  }

  /** Resolves when no operation is running. */
  idle(): Promise<void> {
    return this.running.idle();
  }
}
