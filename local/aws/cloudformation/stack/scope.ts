/** The scope in which a template of a given stack is resolved. */
import { type Json, type JsonObject } from '../json';
import { type DynamicReference, fillIn } from '../template/dynamic-references';
import { parameterValue } from '../template/parameters';
import { evaluateCondition, type Scope } from '../template/resolve';
import { isCustom, ResourceFailure } from '../resources/resource-type';
import { type Stack } from './stack';
import { partitionOf, type Template } from '../template/template';
import { TemplateError } from '../template-error';

export interface ScopeOptions {
  readonly stack: Pick<Stack, 'id' | 'name' | 'resources'>;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, string>;
  readonly accountId: string;
  readonly region: string;
  /** Value of an export, or undefined. */
  readonly exported: (name: string) => string | undefined;
  /** Value of an SSM parameter, or undefined. */
  readonly ssm: (name: string, version: number | undefined) => string | undefined;
  /** Outputs of another stack by their keys, or undefined when there is no such stack. */
  readonly outputsOf: (stack: string) => ReadonlyMap<string, string> | undefined;
}

export interface StackScope extends Scope {
  /** `value` with its `ssm` references filled in. */
  fillIn(value: Json): Json;
  /** Exports used so far. */
  readonly imported: ReadonlySet<string>;
}

export function stackScope(options: ScopeOptions): StackScope {
  const { stack, template, parameters, accountId, region } = options;
  const { partition, urlSuffix } = partitionOf(region);
  const imported = new Set<string>();
  const conditions = new Map<string, boolean>();
  const pseudo: Readonly<Record<string, Json>> = {
    'AWS::AccountId': accountId,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': urlSuffix,
  };
  const scope: StackScope = {
    source: template.source,
    mappings: template.mappings,
    region,
    imported,
    fillIn: (value) => fillIn(value, (reference) => dynamicValue(options, reference)),
    condition: (name) => {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const expression = template.conditions.get(name);
      if (expression === undefined)
        throw new TemplateError(template.source, `there is no condition "${name}"`);
      const value = evaluateCondition(expression, scope, `condition ${name}`);
      conditions.set(name, value);
      return value;
    },
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const parameter = template.parameters.get(name);
      if (parameter) return parameterValue(parameter, parameters.get(name) ?? '');
      return stack.resources.get(name)?.physicalId;
    },
    attribute: (logicalId, attribute) => attributeOf(options, logicalId, attribute),
    importValue: (name) => {
      const value = options.exported(name);
      if (value === undefined) throw new ResourceFailure(`No export named ${name} found.`);
      imported.add(name);
      return value;
    },
    stackOutput: (name, output) => {
      const outputs = options.outputsOf(name);
      if (!outputs) throw new ResourceFailure(`Stack with id ${name} does not exist`);
      const value = outputs.get(output);
      if (value === undefined) throw new ResourceFailure(`Stack ${name} has no output named ${output}`);
      return value;
    },
  };
  return scope;
}

function dynamicValue({ ssm }: ScopeOptions, { service, key, version, whole }: DynamicReference): string {
  // Of a stand-in, which nobody asks for the secret.
  if (service !== 'ssm') return whole;
  const value = ssm(key, version);
  if (value !== undefined) return value;
  throw new ResourceFailure(`there is no SSM parameter for ${whole} here: give it with --ssm ${key}=VALUE`);
}

function attributeOf({ stack, template, region }: ScopeOptions, logicalId: string, attribute: string): Json {
  const resource = stack.resources.get(logicalId);
  if (!resource)
    throw new TemplateError(
      template.source,
      `"${logicalId}.${attribute}" is asked for, and the condition of ${logicalId} leaves it out of the stack`,
    );
  const value = readAttribute(resource.attributes, attribute);
  if (value !== undefined) return value;
  if (isCustom(resource.type)) {
    const bucket = `cloudformation-custom-resource-storage-${region.replaceAll('-', '')}`;
    throw new ResourceFailure(
      `CustomResource attribute error: Vendor response doesn't contain ${attribute} key in object ` +
        `${stack.id}|${logicalId}|${resource.lastRequestId ?? ''} in S3 bucket ${bucket}`,
    );
  }
  throw new ResourceFailure(
    `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

/** `A.B` is the key "A.B", or B inside A. */
function readAttribute(attributes: Readonly<JsonObject>, path: string): Json | undefined {
  if (Object.hasOwn(attributes, path)) return attributes[path];
  return path
    .split('.')
    .reduce<Json | undefined>(
      (value, key) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
          ? value[key]
          : undefined,
      attributes,
    );
}
