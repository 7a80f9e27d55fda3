/** What CloudFormation knows about one resource of a stack. */
import { type Json, type JsonObject } from '../json';
import { type DeletionPolicy, type TemplateResource } from '../template/template';

export interface ResourceState {
  readonly logicalId: string;
  readonly type: string;
  /** Undefined while a first create has not come that far. */
  physicalId: string | undefined;
  status: string;
  reason: string | undefined;
  updated: number;
  /** Resolved, as last deployed. */
  properties: JsonObject;
  attributes: Readonly<Record<string, Json>>;
  /** Logical ids that must be there first; deletes go the other way. */
  dependsOn: readonly string[];
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: DeletionPolicy;
  metadata: Json | undefined;
  /** Of the last request that failed: a retried deployment sends it again (aws/aws-cdk#35957). */
  failedRequestId: string | undefined;
  lastRequestId: string | undefined;
  /** What a failed update tried to set; the old properties of the update that takes it back. */
  attempted: JsonObject | undefined;
}

/** A physical resource that is to go once the whole operation has succeeded. */
export interface Leftover {
  readonly state: ResourceState;
  /** Why it is left: decides which policy can retain it. */
  readonly because: 'replaced' | 'removed' | 'rolled-back';
}

/** What one deployment did to a resource; `before` is absent for a new one. */
export interface Change {
  readonly logicalId: string;
  readonly before?: ResourceState;
}

type Declared = Pick<ResourceState, 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy' | 'metadata'>;

/** What the template says of a resource beside its properties. */
export function declaredOf(definition: TemplateResource, dependsOn: readonly string[]): Declared {
  const { deletionPolicy, updateReplacePolicy, metadata } = definition;
  return { dependsOn, deletionPolicy, updateReplacePolicy, metadata };
}

/** A resource before its first request. */
export function newResourceState(
  logicalId: string,
  definition: TemplateResource,
  properties: JsonObject,
  dependsOn: readonly string[],
): ResourceState {
  return {
    logicalId,
    type: definition.type,
    physicalId: undefined,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    updated: 0,
    properties,
    attributes: {},
    failedRequestId: undefined,
    lastRequestId: undefined,
    attempted: undefined,
    ...declaredOf(definition, dependsOn),
  };
}
