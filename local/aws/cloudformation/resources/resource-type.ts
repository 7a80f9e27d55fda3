/** What the local CloudFormation asks of a resource type. */
import { canonicalJson, type Json, type JsonObject } from '../json';
import { type TypeSchema } from './registry/shape';

export interface ResourceContext {
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** Of this request; a retried deployment repeats it. */
  readonly requestId: string;
  /** Aborted when CloudFormation no longer waits; types that cannot stop may go on. */
  readonly signal: AbortSignal;
  /** Whether a failed update is taken back. */
  readonly isRollback?: boolean;
}

export interface Provisioned {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

export interface ResourceType {
  /** True: nothing but a name and attributes, which the events say. */
  readonly standIn?: true;
  /** What the registry says of the type; absent for custom resources and the few types that it does not describe. */
  readonly schema?: TypeSchema;
  /** Of functions: why it cannot run on this machine, after its name; `properties` as far as they are known. */
  obstacle?(properties: JsonObject): string | undefined;
  /** Names for `Fn::GetAtt` that have a value here; absent: known only when the resource exists. */
  readonly attributes?: readonly string[];
  /** Properties whose change makes a new physical resource. */
  readonly replacedBy?: readonly string[];
  /** The property that fixes the physical name: replacement under the same name is refused. */
  readonly nameProperty?: string;
  create(properties: JsonObject, context: ResourceContext): Promise<Provisioned> | Provisioned;
  /** Absent: nothing to do. */
  update?(
    properties: JsonObject,
    context: ResourceContext,
    current: {
      readonly physicalId: string;
      readonly properties: JsonObject;
      readonly attributes: Readonly<Record<string, Json>>;
    },
  ): Promise<Provisioned> | Provisioned;
  /** Absent: nothing to do. */
  delete?(properties: JsonObject, context: ResourceContext, physicalId: string): Promise<void> | void;
}

/** A request that failed; `message` becomes the reason of the stack event. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';

  constructor(
    reason: string,
    /** What CloudFormation takes for the physical id from now on; absent: as before, or none. */
    readonly physicalId?: string,
    /** True when nothing was asked of the resource, so that there is nothing to take back. */
    readonly untouched = false,
  ) {
    super(reason);
  }
}

/** The handler of a type, or undefined when the type is not known at all. */
export type ResourceTypes = (type: string) => ResourceType | undefined;

/** Provided by a function of the stack author, and not by AWS. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** Names of the properties that differ. */
export function changedProperties(left: JsonObject, right: JsonObject): string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => canonicalJson(left[name]) !== canonicalJson(right[name]),
  );
}
