/** The local CloudFormation: stacks by name, one operation at a time on each. */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../lambda/clock';
import { validationError, CloudFormationError } from '../api-error';
import { type Change } from './deployment';
import { checkTypes } from './check-types';
import { nothingToUpdate } from './no-updates';
import {
  createOperation,
  deleteOperation,
  type Operation,
  rollbackCreation,
  rollbackOperation,
  updateOperation,
} from './operation';
import { type ExportRegistry } from './export-checks';
import { exportsOf } from './outputs';
import { parameterTexts } from '../template/parameters';
import { parseTemplate } from '../template/parse-template';
import { type ScopeOptions, stackScope } from './scope';
import {
  type DeleteRequest,
  type EngineOptions,
  type ExportDescription,
  type Started,
  type StackRequest,
} from './requests';
import { Stack } from './stack';
import {
  requireDeletable,
  requireRollbackFrom,
  requireSameTypes,
  requireStackName,
  requireUpdatable,
  requireUpdating,
} from './stack-rules';
import { type World } from './step';
import { partitionOf, type Template } from '../template/template';

export type { DeleteRequest, EngineOptions, ExportDescription, Started, StackRequest } from './requests';

export class LocalCloudFormation {
  private readonly all: Stack[] = [];
  private readonly running = new Map<
    Stack,
    { readonly cancel: AbortController; readonly done: Promise<Stack> }
  >();
  private readonly unfinished = new Map<Stack, readonly Change[]>();
  private readonly world: World;
  private readonly clock: Clock;
  private readonly ssm: ReadonlyMap<string, string>;

  constructor(private readonly options: EngineOptions) {
    const { accountId, region, types } = options;
    this.world = { accountId, region, types };
    this.clock = options.clock ?? systemClock;
    this.ssm = options.ssm ?? new Map();
  }

  /** Oldest first, deleted ones included. */
  get stacks(): readonly Stack[] {
    return this.all;
  }

  /** By name (not if deleted) or by id. */
  stack(nameOrId: string): Stack | undefined {
    return this.all.find(
      ({ id, name, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
  }

  /** Throws the API's ValidationError when there is none. */
  requireStack(nameOrId: string): Stack {
    const stack = this.stack(nameOrId);
    if (stack) return stack;
    throw validationError(`Stack with id ${nameOrId} does not exist`);
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
    const { template, parameters } = this.read(request);
    const stack = existing ?? this.reserve(request.name);
    Object.assign(stack, { template, parameters });
    this.prepare(stack, request);
    return this.start(stack, (cancel) =>
      createOperation(this.operation(stack, template, parameters, cancel)),
    );
  }

  /** A stack that a change set will create. */
  reserve(name: string): Stack {
    requireStackName(name);
    const { accountId, region } = this.options;
    const id = `arn:${partitionOf(region).partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
    const stack = new Stack(id, name, this.clock, this.options.onEvent);
    this.all.push(stack);
    return stack;
  }

  beginUpdate(request: StackRequest): Started {
    const stack = this.stack(request.name);
    if (!stack) throw validationError(`Stack [${request.name}] does not exist`);
    requireUpdatable(stack);
    const { template, parameters } = this.read(request);
    const operation = this.operation(stack, template, parameters, new AbortController().signal);
    requireSameTypes(stack, template);
    if (nothingToUpdate(operation, request.tags)) throw validationError('No updates are to be performed.');
    this.prepare(stack, request);
    stack.updated = this.clock.now();
    return this.start(stack, async (cancel) => {
      // What an earlier update without rollback has changed goes back with this one.
      const earlier = this.unfinished.get(stack) ?? [];
      const left = await updateOperation(this.operation(stack, template, parameters, cancel), earlier);
      this.unfinished.set(stack, left);
    });
  }

  beginDelete({ name, retainResources = [], force = false }: DeleteRequest): Started {
    const stack = this.requireStack(name);
    const under = this.running.get(stack);
    requireDeletable(stack, retainResources, under !== undefined);
    if (stack.status === 'DELETE_COMPLETE') return { stack, done: Promise.resolve(stack) };
    if (under && stack.status === 'DELETE_IN_PROGRESS') return { stack, done: under.done };
    // Deleting a stack that is being created cancels the creation first.
    under?.cancel.abort();
    return this.start(stack, async () => {
      if (under) await under.done;
      await deleteOperation(
        { world: this.world, stack, exports: this.exportRegistry },
        { retain: retainResources, force },
      );
      if (stack.status === 'DELETE_COMPLETE') stack.deleted = this.clock.now();
    });
  }

  /** `CancelUpdateStack`: turns the running update into a rollback. */
  cancelUpdate(name: string): void {
    const stack = this.requireStack(name);
    requireUpdating(stack);
    this.running.get(stack)?.cancel.abort();
  }

  beginContinueRollback(name: string, resourcesToSkip: readonly string[]): Started {
    const stack = this.requireStack(name);
    requireRollbackFrom(stack, ['UPDATE_ROLLBACK_FAILED']);
    return this.start(stack, () => this.rollBackUpdate(stack, resourcesToSkip));
  }

  /** `RollbackStack`: back from a failure that was kept by `disableRollback`. */
  beginRollback(name: string): Started {
    const stack = this.requireStack(name);
    requireRollbackFrom(stack, ['CREATE_FAILED', 'UPDATE_FAILED']);
    return this.start(stack, async () => {
      if (stack.status === 'UPDATE_FAILED') return this.rollBackUpdate(stack, []);
      stack.enter('ROLLBACK_IN_PROGRESS', 'User Initiated');
      await rollbackCreation({ world: this.world, stack });
    });
  }

  private async rollBackUpdate(stack: Stack, skip: readonly string[]): Promise<void> {
    stack.enter('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
    const changes = this.unfinished.get(stack) ?? [];
    this.unfinished.set(stack, await rollbackOperation({ world: this.world, stack }, changes, skip));
  }

  exports(): readonly ExportDescription[] {
    return this.all.flatMap((stack) =>
      [...exportsOf(stack.outputs)].map(([name, value]) => ({ name, value, exportingStackId: stack.id })),
    );
  }

  /** Names of stacks that use an export. */
  importers(name: string): readonly string[] {
    return this.exportRegistry.importers(name);
  }

  /** Parses and checks, as CreateStack would before it starts. */
  read(request: Pick<StackRequest, 'template' | 'templateName' | 'templateLimit' | 'parameters'>): {
    readonly template: Template;
    readonly parameters: ReadonlyMap<string, string>;
  } {
    const template = this.validate(request);
    return {
      template,
      parameters: parameterTexts(template, request.parameters ?? {}, (name) => this.ssm.get(name)),
    };
  }

  validate({
    template: body,
    templateName,
    templateLimit,
  }: Pick<StackRequest, 'template' | 'templateName' | 'templateLimit'>): Template {
    const template = parseTemplate(body, {
      ...(templateName === undefined ? {} : { source: templateName }),
      ...(templateLimit === undefined ? {} : { limit: templateLimit }),
    });
    checkTypes(template, this.options.types);
    return template;
  }

  /** Resolves when no operation is running. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  /** For change sets: what an update would look at. */
  operation(
    stack: Stack,
    template: Template,
    parameters: ReadonlyMap<string, string>,
    cancel: AbortSignal,
  ): Operation {
    const { accountId, region } = this.options;
    const scopeOptions: ScopeOptions = {
      stack,
      template,
      parameters,
      accountId,
      region,
      exported: (name) => this.exports().find((entry) => entry.name === name)?.value,
    };
    return {
      world: this.world,
      stack,
      template,
      parameters,
      scope: stackScope(scopeOptions),
      exports: this.exportRegistry,
      cancel,
    };
  }

  private prepare(stack: Stack, request: StackRequest): void {
    stack.tags = request.tags ?? stack.tags;
    stack.capabilities = request.capabilities ?? stack.capabilities;
    stack.disableRollback = request.disableRollback ?? false;
  }

  private start(stack: Stack, work: (cancel: AbortSignal) => Promise<void>): Started {
    const cancel = new AbortController();
    const done = work(cancel.signal)
      .then(() => stack)
      .finally(() => {
        if (this.running.get(stack)?.cancel === cancel) this.running.delete(stack);
      });
    this.running.set(stack, { cancel, done });
    return { stack, done };
  }

  private readonly exportRegistry: ExportRegistry = {
    importers: (name) => this.all.filter(({ imports }) => imports.has(name)).map((stack) => stack.name),
    exporter: (name, except) =>
      this.all.find((stack) => stack !== except && exportsOf(stack.outputs).has(name))?.name,
  };
}
