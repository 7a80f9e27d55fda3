/** Every stack of the local CloudFormation, and the exports that they share. */
import { randomUUID } from 'node:crypto';
import { type Clock } from '../../lambda/clock';
import { validationError } from '../api-error';
import { partitionOf } from '../template/template';
import { type ExportRegistry } from './export-checks';
import { exportsOf } from './outputs';
import { type EngineOptions, type ExportDescription } from './requests';
import { Stack } from './stack';
import { requireStackName } from './stack-rules';

type StackListOptions = Pick<EngineOptions, 'accountId' | 'region' | 'onEvent' | 'exports'> & {
  readonly clock: Clock;
};

export class StackList implements ExportRegistry {
  private readonly stacks: Stack[] = [];

  constructor(private readonly options: StackListOptions) {}

  /** Oldest first, deleted ones included. */
  get all(): readonly Stack[] {
    return this.stacks;
  }

  /** By name (not if deleted) or by id. */
  find(nameOrId: string): Stack | undefined {
    return this.stacks.find(
      ({ id, name, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
  }

  /** Throws the API's ValidationError when there is none. */
  require(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (stack) return stack;
    throw validationError(`Stack with id ${nameOrId} does not exist`);
  }

  /** A new stack in REVIEW_IN_PROGRESS. Throws the API's ValidationError for a name that no stack can have. */
  add(name: string): Stack {
    requireStackName(name);
    const { clock, onEvent } = this.options;
    const id = stackIdOf(this.options, name);
    const stack = new Stack(id, name, clock, onEvent);
    this.stacks.push(stack);
    return stack;
  }

  exports(): readonly ExportDescription[] {
    return this.stacks.flatMap((stack) =>
      [...exportsOf(stack.outputs)].map(([name, value]) => ({ name, value, exportingStackId: stack.id })),
    );
  }

  /** Value of an export, or undefined. */
  exported(name: string): string | undefined {
    const { exports = {} } = this.options;
    const found = this.exports().find((entry) => entry.name === name)?.value;
    return found ?? (Object.hasOwn(exports, name) ? exports[name] : undefined);
  }

  /** Outputs of a stack by their keys, or undefined when there is no such stack. */
  outputsOf(nameOrId: string): ReadonlyMap<string, string> | undefined {
    const outputs = this.find(nameOrId)?.outputs;
    return outputs && new Map(outputs.map(({ key, value }) => [key, value]));
  }

  importers(name: string): readonly string[] {
    return this.stacks.filter(({ imports }) => imports.has(name)).map((stack) => stack.name);
  }

  exporter(name: string, except: Stack): string | undefined {
    return this.stacks.find((stack) => stack !== except && exportsOf(stack.outputs).has(name))?.name;
  }
}

/** A new one. */
export function stackIdOf(
  { accountId, region }: { readonly accountId: string; readonly region: string },
  name: string,
): string {
  const { partition } = partitionOf(region);
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
}
