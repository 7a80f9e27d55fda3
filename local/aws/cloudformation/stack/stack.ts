/** What CloudFormation knows about one stack. */
import { randomUUID } from 'node:crypto';
import { type Clock } from '../../lambda/clock';
import { type Json, type JsonObject } from '../json';
import { type DeletionPolicy, type Template } from '../template/template';

export interface StackEvent {
  readonly eventId: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Empty until it is known. */
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** JSON of the resolved properties; absent for the stack itself. */
  readonly properties?: string;
}

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

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A physical resource that is to go once the whole operation has succeeded. */
export interface Leftover {
  readonly state: ResourceState;
  /** Why it is left: decides which policy can retain it. */
  readonly because: 'replaced' | 'removed' | 'rolled-back';
}

export class Stack {
  status = 'REVIEW_IN_PROGRESS';
  reason: string | undefined;
  template: Template | undefined;
  parameters: ReadonlyMap<string, string> = new Map();
  tags: Readonly<Record<string, string>> = {};
  capabilities: readonly string[] = [];
  disableRollback = false;
  readonly resources = new Map<string, ResourceState>();
  outputs: readonly StackOutput[] = [];
  /** Names of exports of other stacks that this one uses. */
  imports: ReadonlySet<string> = new Set();
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  /** Waits for the next operation that succeeds, after a failed update without rollback. */
  leftovers: Leftover[] = [];
  updated: number | undefined;
  deleted: number | undefined;
  readonly created: number;

  constructor(
    readonly id: string,
    readonly name: string,
    private readonly clock: Clock,
    private readonly onEvent: (event: StackEvent) => void = () => undefined,
  ) {
    this.created = clock.now();
  }

  get inProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS');
  }

  /** By name, as `outputs` in a template. */
  get outputValues(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.outputs.map(({ key, value }) => [key, value]));
  }

  /** Sets the status of the stack and lists the event. */
  enter(status: string, reason?: string): void {
    this.status = status;
    this.reason = reason;
    this.record({
      logicalId: this.name,
      physicalId: this.id,
      type: 'AWS::CloudFormation::Stack',
      status,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** Sets the status of a resource and lists the event. */
  note(
    resource: ResourceState,
    status: string,
    reason?: string,
    physicalId = resource.physicalId ?? '',
  ): void {
    resource.status = status;
    resource.reason = reason;
    resource.updated = this.clock.now();
    this.record({
      logicalId: resource.logicalId,
      physicalId,
      type: resource.type,
      status,
      ...(reason === undefined ? {} : { reason }),
      properties: JSON.stringify(resource.attempted ?? resource.properties),
    });
  }

  private record(event: Omit<StackEvent, 'eventId' | 'timestamp' | 'stackId' | 'stackName'>): void {
    const full = {
      eventId: randomUUID(),
      timestamp: this.clock.now(),
      stackId: this.id,
      stackName: this.name,
      ...event,
    };
    this.events.push(full);
    this.onEvent(full);
  }
}
