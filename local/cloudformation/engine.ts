/** The local CloudFormation: stacks by name, one operation at a time on each. */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../lambda/clock';
import { validationError, CloudFormationError } from './api-error';
import { type Change } from './deployment';
import { checkTypes } from './check-types';
import { nothingToUpdate } from './no-updates';
import {
  createOperation,
  deleteOperation,
  type ExportRegistry,
  type Operation,
  rollbackOperation,
  updateOperation,
} from './operation';
import { exportsOf } from './outputs';
import { parameterTexts, type ParameterValues } from './parameters';
import { parseTemplate } from './parse-template';
import { type ResourceTypes } from './resource-type';
import { type ScopeOptions, stackScope } from './scope';
import { Stack, type StackEvent } from './stack';
import { type World } from './step';
import { partitionOf, type Template } from './template';

export interface EngineOptions {
  readonly accountId: string;
  readonly region: string;
  readonly types: ResourceTypes;
  readonly clock?: Clock;
  /** Values of SSM parameters that templates name. */
  readonly ssm?: ReadonlyMap<string, string>;
  /** Hears every stack event as it is listed. */
  readonly onEvent?: (event: StackEvent) => void;
}

export interface StackRequest {
  readonly name: string;
  /** YAML or JSON. */
  readonly template: string;
  /** File name for messages. */
  readonly templateName?: string;
  /** Bytes; default 51,200, `S3_LIMIT` for templates that come from S3. */
  readonly templateLimit?: number;
  readonly parameters?: ParameterValues;
  readonly tags?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
  /** `--disable-rollback`: keep what succeeded, and go on from there next time. */
  readonly disableRollback?: boolean;
}

export interface DeleteRequest {
  readonly name: string;
  /** Logical ids to leave behind; only after DELETE_FAILED. */
  readonly retainResources?: readonly string[];
  readonly force?: boolean;
}

/** An operation under way; `done` resolves, and never rejects, when the stack has come to rest. */
export interface Started {
  readonly stack: Stack;
  readonly done: Promise<Stack>;
}

export interface ExportDescription {
  readonly name: string;
  readonly value: string;
  readonly exportingStackId: string;
}

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
    if (existing && existing.status !== 'REVIEW_IN_PROGRESS')
      throw new CloudFormationError('AlreadyExistsException', `Stack [${request.name}] already exists`);
    const { template, parameters } = this.read(request);
    const stack = existing ?? this.reserve(request.name);
    this.prepare(stack, request, template, parameters);
    return this.start(stack, (cancel) =>
      createOperation(this.operation(stack, template, parameters, cancel)),
    );
  }

  /** A stack that a change set will create. */
  reserve(name: string): Stack {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
      throw validationError(
        `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
      );
    }
    const { accountId, region } = this.options;
    const id = `arn:${partitionOf(region).partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
    const stack = new Stack(id, name, this.clock, this.options.onEvent);
    this.all.push(stack);
    return stack;
  }

  beginUpdate(request: StackRequest): Started {
    const stack = this.stack(request.name);
    if (!stack) throw validationError(`Stack [${request.name}] does not exist`);
    const updatable =
      /^(CREATE_COMPLETE|CREATE_FAILED|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE)$/;
    if (!updatable.test(stack.status))
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    const { template, parameters } = this.read(request);
    const operation = this.operation(stack, template, parameters, new AbortController().signal);
    const retyped = [...template.resources].filter(
      ([logicalId, { type }]) => (stack.resources.get(logicalId)?.type ?? type) !== type,
    );
    if (retyped.length > 0) {
      const ids = retyped.map(([logicalId]) => logicalId).join(', ');
      throw validationError(
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${ids}]`,
      );
    }
    if (nothingToUpdate(operation, request.tags)) throw validationError('No updates are to be performed.');
    const former = { template: stack.template, parameters: stack.parameters };
    this.prepare(stack, request, template, parameters);
    stack.template = former.template;
    stack.parameters = former.parameters;
    stack.updated = this.clock.now();
    return this.start(stack, async (cancel) => {
      const left = await updateOperation(this.operation(stack, template, parameters, cancel));
      this.unfinished.set(stack, left);
    });
  }

  beginDelete({ name, retainResources = [], force = false }: DeleteRequest): Started {
    const stack = this.requireStack(name);
    if (retainResources.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw validationError(
        `Invalid operation on stack [${stack.id}]. You can only specify retain resources on a stack in the DELETE_FAILED state.`,
      );
    }
    const under = this.running.get(stack);
    if (stack.status === 'DELETE_COMPLETE') return { stack, done: Promise.resolve(stack) };
    if (under && stack.status === 'DELETE_IN_PROGRESS') return { stack, done: under.done };
    if (under && stack.status !== 'CREATE_IN_PROGRESS') {
      throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
    }
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
    if (stack.status !== 'UPDATE_IN_PROGRESS') {
      throw validationError(`CancelUpdateStack cannot be called from current stack status [${stack.status}]`);
    }
    this.running.get(stack)?.cancel.abort();
  }

  beginContinueRollback(name: string, resourcesToSkip: readonly string[]): Started {
    const stack = this.requireStack(name);
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    }
    return this.start(stack, async () => {
      stack.enter('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
      const changes = this.unfinished.get(stack) ?? [];
      this.unfinished.set(
        stack,
        await rollbackOperation({ world: this.world, stack }, changes, resourcesToSkip),
      );
    });
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

  private prepare(
    stack: Stack,
    request: StackRequest,
    template: Template,
    parameters: ReadonlyMap<string, string>,
  ): void {
    stack.template = template;
    stack.parameters = parameters;
    stack.tags = request.tags ?? stack.tags;
    stack.capabilities = request.capabilities ?? stack.capabilities;
    stack.disableRollback = request.disableRollback ?? false;
  }

  private start(stack: Stack, work: (cancel: AbortSignal) => Promise<void>): Started {
    const cancel = new AbortController();
    const finished = work(cancel.signal);
    const done = finished.then(() => {
      if (this.running.get(stack)?.cancel === cancel) this.running.delete(stack);
      return stack;
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
