/** What CloudFormation knows about one stack. */
import { randomUUID } from 'node:crypto';
import { type Clock } from '../../lambda/clock';
import { type Template } from '../template/template';
import { type Change, type Leftover, type ResourceState } from './resource-state';

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

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What a request says of the whole stack; what it leaves out stays as it was. */
export interface StackSettings {
  readonly tags?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
  /** `--disable-rollback`: keep what succeeded, and go on from there next time. Default false. */
  readonly disableRollback?: boolean;
}

export class Stack {
  status = 'REVIEW_IN_PROGRESS';
  reason: string | undefined;
  template: Template | undefined;
  /** What they come to. */
  parameters: ReadonlyMap<string, string> = new Map();
  /** Of those of type AWS::SSM::Parameter::Value<…>: the parameter of SSM that was named. */
  ssmNames: ReadonlyMap<string, string> = new Map();
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
  /** What a failed update has changed and is still to be taken back. */
  unfinished: readonly Change[] = [];
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

  /** The parameters as they were given. */
  get given(): ReadonlyMap<string, string> {
    return new Map([...this.parameters, ...this.ssmNames]);
  }

  /** By name, as `outputs` in a template. */
  get outputValues(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.outputs.map(({ key, value }) => [key, value]));
  }

  applySettings({
    tags = this.tags,
    capabilities = this.capabilities,
    disableRollback = false,
  }: StackSettings): void {
    Object.assign(this, { tags, capabilities, disableRollback });
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
