/** From a request to what an operation works with: read, checked, and with the scope in which its template is resolved. */
import { S3_LIMIT } from '../template/parse-template';
import { withOptions } from '../template/parameters';
import { missingExports } from './export-checks';
import { missingSubs } from './missing-sub';
import { nestedName, type NestedStacks } from './nested-stack';
import { type Operation } from './operation';
import { preflight } from './preflight';
import { type ReadRequest, RequestReader } from './request-reader';
import { type EngineOptions, type StackRequest } from './requests';
import { type ScopeOptions, type StackScope, stackScope } from './scope';
import { type Stack } from './stack';
import { type StackList, stackIdOf } from './stack-list';
import { type World } from './step';

interface PreparationOptions extends EngineOptions {
  readonly world: World;
  readonly stacks: StackList;
  readonly readTemplate: NestedStacks['readTemplate'];
}

export class Preparation {
  readonly reader: RequestReader;

  constructor(private readonly options: PreparationOptions) {
    this.reader = new RequestReader(options);
  }

  /** The request, once nothing in it is known to be impossible here. Throws TemplateError. */
  read(request: StackRequest, isNested = false): ReadRequest {
    const { types, ssm, stacks, readTemplate, onNote } = this.options;
    const read = this.reader.request(request, isNested);
    // What is there already may be another by the time that it counts.
    // Nor has a new stack its id, of which templates take parts.
    const id = stacks.find(request.name)?.id ?? stackIdOf(this.options, request.name);
    const stack = { id, name: request.name, resources: new Map() };
    const hasSsm = (name: string, version?: number): boolean => ssm?.find(name, version) !== undefined;
    const scope = this.scopeOf(stack, read);
    this.reader.check(read.template, (condition) => condition !== undefined && scope.condition(condition));
    preflight({
      ...read,
      scope,
      types,
      hasSsm,
      readTemplate,
      hasExport: (name) => stacks.exported(name) !== undefined,
      // A stack beside a nested one may make it.
      hasFunction: isNested ? undefined : this.options.hasFunction,
      checkNested: (logicalId, url, text, parameters) =>
        void this.read(
          {
            name: `${request.name}-${logicalId}`,
            template: text,
            templateName: nestedName(url),
            templateLimit: S3_LIMIT,
            parameters,
          },
          true,
        ),
    });
    for (const remark of [...read.template.remarks, ...missingSubs(read.template)]) onNote?.(remark);
    const missing = missingExports(
      { template: read.template, scope },
      (name) => stacks.exported(name) !== undefined,
    );
    if (missing.length > 0)
      onNote?.(`no stack here exports ${missing.join(', ')}: ${withOptions('--export', missing)}`);
    return read;
  }

  /** What an operation on this stack works with; without `cancel` for one that is only looked at, as a change set. */
  operation(stack: Stack, read: ReadRequest, cancel = new AbortController().signal): Operation {
    const { world, stacks } = this.options;
    return { world, stack, ...read, scope: this.scopeOf(stack, read), exports: stacks, cancel };
  }

  private scopeOf(stack: ScopeOptions['stack'], read: ReadRequest): StackScope {
    const { accountId, region, ssm, stacks } = this.options;
    return stackScope({
      stack,
      ...read,
      accountId,
      region,
      ssm: (name, version) => ssm?.find(name, version)?.value,
      exported: (name) => stacks.exported(name),
      outputsOf: (name) => stacks.outputsOf(name),
    });
  }
}
